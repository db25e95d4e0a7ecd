"""The week of the contact duty: Monday to Sunday in Asia/Shanghai, whatever place a parent lives in.

Source: parameters.yml contact.week (INTERPRETATION of WBF-23 “每周”), contact.prompt.weekday_time.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.care import calendar, parameters

DAYS = 7
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def monday(moment: datetime) -> date:
    """The Monday the week of a moment began with."""
    day = calendar.local(moment).date()
    return day - timedelta(days=day.weekday())


def named(moment: datetime) -> str:
    """The ISO week of a moment as the natural keys write it: 2026-W48."""
    year, week, _ = calendar.local(moment).isocalendar()
    return f"{year}-W{week:02d}"


def begin(moment: datetime) -> datetime:
    """The first moment of the week a moment lies in."""
    return datetime.combine(monday(moment), time(), calendar.ZONE)


def end(moment: datetime) -> datetime:
    """The first moment of the week after."""
    return begin(moment) + timedelta(days=DAYS)


@cache
def usual() -> tuple[int, time]:
    """The weekday (1-7) and hour a prompt comes at when a parent has chosen none (PROPOSED)."""
    day, clock = parameters.value("contact.prompt.weekday_time").value.split()
    return NAMES.index(day) + 1, time.fromisoformat(clock)


def at(week_of: datetime, weekday: int, clock: time, zone: ZoneInfo = calendar.ZONE) -> datetime:
    """The moment of the week of `week_of` at which a clock in `zone` shows this weekday and hour.

    A Sunday evening west of China is a Monday morning there: of two such moments the one inside the week is meant.
    """
    found = datetime.combine(monday(week_of) + timedelta(days=weekday - 1), clock, zone)
    if found >= end(week_of):
        return found - timedelta(days=DAYS)
    return found + timedelta(days=DAYS) if found < begin(week_of) else found
