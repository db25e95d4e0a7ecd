"""Chinese time: quiet hours, hours that count only outside them, and workdays with 调休. All in Asia/Shanghai."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import chinese_calendar

from bot.care import parameters

ZONE = ZoneInfo("Asia/Shanghai")
SATURDAY = 5


@cache
def quiet() -> tuple[time, time]:
    """When the quiet hours begin and end (message.quiet_hours, PROPOSED)."""
    begin, end = parameters.value("message.quiet_hours").value
    return time.fromisoformat(begin), time.fromisoformat(end)


def local(moment: datetime) -> datetime:
    """An aware moment in Asia/Shanghai. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(ZONE)


def is_quiet(moment: datetime) -> bool:
    """Whether the moment lies in the quiet hours."""
    begin, end = quiet()
    at = local(moment).time()
    return at >= begin or at < end


def next_allowed(moment: datetime) -> datetime:
    """The moment itself, or the end of the quiet hours it lies in."""
    if not is_quiet(moment):
        return moment
    here = local(moment)
    begin, end = quiet()
    day = here.date() + timedelta(days=1) if here.time() >= begin else here.date()
    return datetime.combine(day, end, ZONE)


def add_open_hours(start: datetime, hours: float) -> datetime:
    """The moment when `hours` outside quiet hours have passed since `start`."""
    at = local(next_allowed(start))
    left = timedelta(hours=hours)
    begin, _ = quiet()
    while True:
        closing = datetime.combine(at.date(), begin, ZONE)
        if at + left <= closing:
            return at + left
        left -= closing - at
        at = local(next_allowed(closing))


def is_workday(day: date) -> tuple[bool, bool]:
    """Whether a day is a workday with 调休, and whether that year's arrangement was known (else Mon-Fri)."""
    try:
        return bool(chinese_calendar.is_workday(day)), True
    except NotImplementedError:
        return day.weekday() < SATURDAY, False


def add_workdays(day: date, count: int) -> date:
    """The `count`-th workday after `day`."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)[0]
    return day


def end_of(day: date) -> datetime:
    """The last moment of a day."""
    return datetime.combine(day, time(23, 59, 59), ZONE)


def spoken(moment: datetime) -> str:
    """A moment as people say it: 11月23日 14:05."""
    here = local(moment)
    return f"{here.month}月{here.day}日 {here:%H:%M}"
