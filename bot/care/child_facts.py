"""What was told about a child, checked and completed for the rules (eligibility.yml#facts, #derived_facts)."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import Any

from bot.care import wording
from bot.care.circuit import PARENTS
from bot.care.model import BIRTH_DATE, CHILD_AGE, PROTECTED_FACT, UNKNOWN, Fact, Model

LONG_RETURN = "long_return"
# What is taken for a slip of the pen rather than for an age, a time away or a day.
MOST = {CHILD_AGE: 150}
MOST_MONTHS = 1200
YEARS = range(1900, 2201)
LONGEST_SHOWN = 40
CONFIDENTIAL = "confidential"
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


def counted_from(fact: str) -> str:
    """The day an age or a number of months is counted from."""
    return BIRTH_DATE if fact == CHILD_AGE else COUNTED[fact]


def turning_days(model: Model, told: Mapping[str, Any], on: date) -> list[date]:
    """Days after `on` on which the calendar alone may change a result, earliest first (#recheck_rule).

    They are those on which an age or a number of months reaches a bound some condition of the model compares it with.
    """
    days = []
    if isinstance(birth := told.get(BIRTH_DATE), date):
        days += [counts_as(birth, bound) for bound in model.bounds[CHILD_AGE]]
    for months, day in COUNTED.items():
        parent = months.partition("_")[0]
        used = day.endswith("departure_date") or told.get(f"{parent}_home_stays") == LONG_RETURN
        if used and isinstance(since := told.get(day), date):
            days += [plus_months(since, bound) for bound in model.bounds[months]]
    return sorted({day for day in days if day > on})


class WrongFacts(ValueError):
    """Facts that cannot be read. `problems`: one Chinese sentence for each, by the id that was given."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("".join(problems.values()))
        self.problems = dict(problems)


def checked(model: Model, facts: Mapping[str, object], on: date) -> dict[str, Any]:
    """The told facts, days as dates; None means never asked.

    Raises WrongFacts naming every wrong one and what is allowed; what only readers of child_hiv may see is not named.
    """
    told, problems = dict[str, Any](), dict[str, str]()
    for given, value in facts.items():
        fact = model.facts.get(given)
        if fact is None:
            problems[str(given)] = _no_such_fact(model, str(given))
        elif value is not None:
            told[given] = _day(value) if fact.kind == "date" else value
            if wrong := _wrong(fact, told[given], on):
                problems |= _problem(fact, wrong, value, on)
    if problems:
        raise WrongFacts(problems)
    return told


def _problem(fact: Fact, wrong: str, value: object, on: date) -> dict[str, str]:
    if fact.id == PROTECTED_FACT:
        return {CONFIDENTIAL: wording.wrong(CONFIDENTIAL)}
    return {
        fact.id: wording.wrong(
            wrong,
            fact=fact.id,
            name=wording.name(fact),
            value=str(value)[:LONGEST_SHOWN],
            allowed="、".join(f"{code}（{wording.said(fact, code)}）" for code in fact.values),
            most=MOST.get(fact.id, MOST_MONTHS),
            on=on,
        )
    }


def _wrong(fact: Fact, value: object, on: date) -> str:
    """Which sentence of eligibility_words.yml#wrong fits a value; "" for a right one."""
    if fact.kind == "enum":
        return "" if value in fact.values else "not_allowed"
    if value == UNKNOWN:
        return ""
    if fact.kind == "integer":
        whole = isinstance(value, int) and not isinstance(value, bool)
        return "" if whole and value in range(MOST.get(fact.id, MOST_MONTHS) + 1) else "not_a_number"
    if not isinstance(value, date) or value.year not in YEARS:
        return "not_a_day"
    return "in_the_future" if fact.id == BIRTH_DATE and value > on else ""


def _day(value: object) -> object:
    """A day from ISO text or a moment; anything else as it is."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        with suppress(ValueError):
            return date.fromisoformat(value)
    return value


def _no_such_fact(model: Model, given: str) -> str:
    shown = given[:LONGEST_SHOWN]
    near = get_close_matches(given, model.facts, 1)
    if not near or near[0] == PROTECTED_FACT:
        return wording.wrong("no_such_fact", fact=shown)
    return wording.wrong("did_you_mean", fact=shown, near=near[0], name=wording.name(model.facts[near[0]]))
