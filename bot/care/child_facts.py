"""What was told about a child, checked and completed for the rules (eligibility.yml#facts, #derived_facts)."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.care.circuit import PARENTS
from bot.care.model import BIRTH_DATE, CHILD_AGE, UNKNOWN

LONG_RETURN = "long_return"
TURNING_AGES = (16, 18)
TURNING_MONTHS = 6
# Each number of months and the day it is counted from.
COUNTED = {
    f"{parent}_{months}": f"{parent}_{day}"
    for parent in PARENTS
    for months, day in (("away_months", "departure_date"), ("months_since_return", "return_date"))
}


def counts_as(birth: date, age: int) -> date:
    """The first day a child counts as `age`: the day after the birthday (AMB-02); 29 February is 28 in common years."""
    return _clamped(birth.year + age, birth.month, birth.day) + timedelta(days=1)


def age_on(birth: date, on: date) -> int:
    """Completed years, counted from the day after the birthday (derived_facts.child_age_years, INTERPRETATION)."""
    years = on.year - birth.year
    return years - (on <= _clamped(on.year, birth.month, birth.day))


def months_between(since: date, on: date) -> int:
    """The largest n with `since` + n calendar months (month end clamped) not after `on`; 0 for a later `since`."""
    months = (on.year - since.year) * 12 + on.month - since.month
    return max(0, months - (plus_months(since, months) > on))


def plus_months(day: date, months: int) -> date:
    """The corresponding day `months` later, else the end of that month (MFD-202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return _clamped(year, month + 1, day.day)


def _clamped(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def derived(told: Mapping[str, Any], on: date) -> dict[str, int]:
    """Age and months counted from the days that are known; a known day overrides a told number."""
    found = {}
    if isinstance(birth := told.get(BIRTH_DATE), date):
        found[CHILD_AGE] = age_on(birth, on)
    for months, day in COUNTED.items():
        if isinstance(since := told.get(day), date):
            found[months] = months_between(since, on)
    return found


def turning_days(told: Mapping[str, Any], on: date) -> list[date]:
    """Days after `on` on which the calendar alone may change a result, earliest first (#recheck_rule)."""
    days = []
    if isinstance(birth := told.get(BIRTH_DATE), date):
        days += [counts_as(birth, age) for age in TURNING_AGES]
    for parent in PARENTS:
        returned = told.get(f"{parent}_home_stays") == LONG_RETURN
        for fact, used in ((f"{parent}_departure_date", True), (f"{parent}_return_date", returned)):
            if used and isinstance(since := told.get(fact), date):
                days.append(plus_months(since, TURNING_MONTHS))
    return sorted({day for day in days if day > on})


def parsed(told: Mapping[str, Any]) -> dict[str, Any]:
    """The told facts with days as dates."""
    return {
        fact: date.fromisoformat(value) if fact.endswith("_date") and value != UNKNOWN else value
        for fact, value in told.items()
    }
