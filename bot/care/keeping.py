"""How long a report is kept once it has ended (parameters.yml#retention.report; PROPOSED)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from bot.care import calendar, parameters

UNFOUNDED = "not_confirmed"
# "until the child is 18 + 3 years"
_AGE_AND_YEARS = re.compile(r"is (\d+) \+ (\d+) years")


def kept_until(ended: datetime, received: datetime, close_reason: str | None, age: int | None) -> datetime:
    """The moment from which a report that ended need not be kept any longer.

    `age`: the child's, in years, when it was received; None counts as a newborn, since unknown never shortens
    (INTERPRETATION), and so does a child who has only just had its birthday. Only what was checked and not confirmed
    counts as unfounded (PIPL-19, PIPL-47).
    """
    if close_reason == UNFOUNDED:
        return ended + timedelta(days=parameters.number("retention.report.unfounded"))
    grown, after = _grown_and_after()
    day = calendar.local(received).date()
    last = calendar.end_of(day.replace(year=day.year + max(grown - (age or 0), 0) + after, day=min(day.day, 28)))
    return max(last, ended)


def _grown_and_after() -> tuple[int, int]:
    written = str(parameters.value("retention.report.handled").value)
    found = _AGE_AND_YEARS.search(written)
    if found is None:
        raise ValueError(f"retention.report.handled cannot be read: {written}")
    return int(found[1]), int(found[2])
