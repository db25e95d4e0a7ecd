"""Which visits belong into the one message of a morning, the most urgent first, and when a late one goes up. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.care import calendar, visits

SOON = 7
"""Days ahead shown to whoever asks what is to be done (PROPOSED, ours)."""


@dataclass(frozen=True)
class Owed:
    """A visit that is owed: its tier and due date, the day chosen for it, until when the family is away."""

    tier: str
    due: date
    planned_for: date | None = None
    paused_until: date | None = None


def covers_until(on: date) -> date:
    """The last day a morning speaks for: no message comes before the next workday."""
    return calendar.add_workdays(on, 1).day - timedelta(days=1)


def is_paused(owed: Owed, on: date) -> bool:
    """Whether the family is away on a day; the day it is back counts again."""
    return owed.paused_until is not None and on < owed.paused_until


def belongs(owed: Owed, on: date, until: date) -> bool:
    """Whether a morning that speaks for the days `on`…`until` names this visit.

    A day chosen by the director is what counts until it comes; else a reminder day or being late does (visits.md §7).
    A family that comes back in these days is named too.
    """
    if is_paused(owed, until):
        return False
    if owed.planned_for is not None and owed.planned_for >= on:
        return owed.planned_for <= until
    if owed.due < on:
        return True
    return any(on <= owed.due - timedelta(days=before) <= until for before in visits.reminded_before(owed.tier))


def due_days_named(on: date, until: date) -> tuple[date, ...]:
    """The due days, from `on` on, of which a morning that speaks for `on`…`until` may remind, whatever the tier."""
    ahead = {before for tier in visits.STRICTNESS for before in visits.reminded_before(tier)}
    spoken_for = (on + timedelta(days=after) for after in range((until - on).days + 1))
    return tuple(sorted({day + timedelta(days=before) for day in spoken_for for before in ahead}))


def asks_reason(owed: Owed, on: date, until: date) -> bool:
    """Whether a morning that speaks for the days `on`…`until` asks why this visit is late: on the first morning that it
    is, then once in visit.overdue.ask_reason_every days; what would be asked on a free day is asked after it."""
    if owed.due >= on or not belongs(owed, on, until):
        return False
    before = on - timedelta(days=1)
    while before > owed.due and not calendar.is_workday(before)[0]:
        before -= timedelta(days=1)
    late = range((before - owed.due).days + 1, (on - owed.due).days + 1)
    return any((days - 1) % visits.reason_asked_every() == 0 for days in late)


def is_near(owed: Owed, on: date) -> bool:
    """Whether somebody who asks is shown this visit though no morning names it today."""
    day = owed.planned_for if owed.planned_for is not None and owed.planned_for >= on else owed.due
    return not is_paused(owed, on) and day <= on + timedelta(days=SOON)


def urgency(owed: Owed, on: date) -> tuple[int, date, int]:
    """To sort by: what is late first, then by day; at the same day the stricter tier first."""
    return (0 if owed.due < on else 1, owed.due, -visits.STRICTNESS[owed.tier])


def goes_up(owed: Owed, on: date) -> dict[str, date]:
    """The roles a late visit has gone up to by a day, and since when. While a family is away nothing goes up; what
    it was late before counts anew from its return."""
    if is_paused(owed, on):
        return {}
    late_from = max(owed.due, owed.paused_until) if owed.paused_until is not None else owed.due
    return {role: day for role, day in visits.ladder(late_from, owed.tier).items() if day <= on}
