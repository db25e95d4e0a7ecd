"""Chinese time: quiet hours, hours that count only outside them, and workdays with 调休. In Asia/Shanghai, but for a
receiver who lives elsewhere: quiet hours are those of his place.

Moments are aware datetimes in any zone; a naive one raises ValueError.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import chinese_calendar

from bot.care import parameters, policy_data

ZONE = ZoneInfo("Asia/Shanghai")
SATURDAY = 5


class Workday(NamedTuple):
    """A day found by counting workdays. `known`: the 调休 of every year counted through was known, else Mon-Fri."""

    day: date
    known: bool


@cache
def quiet() -> tuple[time, time]:
    """When the quiet hours begin and end (message.quiet_hours, PROPOSED). Equal times: there are none."""
    begin, end = parameters.value("message.quiet_hours").value
    return time.fromisoformat(begin), time.fromisoformat(end)


def local(moment: datetime) -> datetime:
    """An aware moment in Asia/Shanghai. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(ZONE)


def is_quiet(moment: datetime, zone: ZoneInfo = ZONE) -> bool:
    """Whether the moment lies in the quiet hours of the receiver's place; their first minute does, their end not."""
    begin, end = quiet()
    at = local(moment).astimezone(zone).time()
    return begin <= at < end if begin <= end else at >= begin or at < end


def next_allowed(moment: datetime, zone: ZoneInfo = ZONE) -> datetime:
    """The moment itself, or the end of the quiet hours it lies in at the receiver's place."""
    return _next_at(quiet()[1], local(moment).astimezone(zone)) if is_quiet(moment, zone) else moment


def add_open_hours(start: datetime, hours: float) -> datetime:
    """The moment when `hours` outside quiet hours have passed since `start`; it may be the minute they begin."""
    at = local(next_allowed(start))
    left = timedelta(hours=hours)
    while True:
        closing = _next_at(quiet()[0], at)
        if at + left <= closing:
            return at + left
        left -= closing - at
        at = local(next_allowed(closing))


def _next_at(clock: time, after: datetime) -> datetime:
    """The first moment later than `after` at which the clock shows `clock`."""
    today = datetime.combine(after.date(), clock, after.tzinfo)
    return today if today > after else today + timedelta(days=1)


def is_workday(day: date) -> tuple[bool, bool]:
    """Whether a day is a workday with 调休, and whether that year's arrangement was known (else Mon-Fri).

    What is written in workdays.yml goes before the shipped calendar: a new year is announced sooner than it is shipped.
    """
    written, announced = _written()
    if day in written:
        return written[day], True
    if day.year in announced:
        return day.weekday() < SATURDAY, True
    shipped = _shipped(day)
    return (shipped, True) if shipped is not None else (day.weekday() < SATURDAY, False)


@cache
def _shipped(day: date) -> bool | None:
    """What the shipped calendar says of a day; None: its year is not in it yet."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


@cache
def _written() -> tuple[dict[date, bool], frozenset[int]]:
    """The days of workdays.yml (True: a workday) and the years it holds completely. Raises ValueError for a slip."""
    table = policy_data.read("workdays")
    for day, kind in table["days"].items():
        if not isinstance(day, date) or kind not in ("work", "rest"):
            raise ValueError(f"workdays.yml: {day}: {kind}; allowed: a date with work or rest")
    return {day: kind == "work" for day, kind in table["days"].items()}, frozenset(table["announced"])


def add_workdays(day: date, count: int) -> Workday:
    """The `count`-th workday after `day`; `day` itself for 0. Raises ValueError for a negative count."""
    if count < 0:
        raise ValueError("workdays are counted forward")
    known = True
    while count > 0:
        day += timedelta(days=1)
        works, sure = is_workday(day)
        known = known and sure
        count -= works
    return Workday(day, known)


def add_months(day: date, count: int) -> tuple[date, bool]:
    """The same day `count` months later, else that month's last day (MFD-202); and whether it had to be the last."""
    years, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month + 1
    last = monthrange(year, month)[1]
    return date(year, month, min(day.day, last)), day.day > last


def end_of(day: date) -> datetime:
    """The last moment of a day."""
    return datetime.combine(day, time(23, 59, 59), ZONE)


def spoken(moment: datetime) -> str:
    """A moment as people say it: 11月23日 14:05."""
    here = local(moment)
    return f"{here.month}月{here.day}日 {here:%H:%M}"
