"""Which office answers for which duty of a child on which day: exactly one, every day, whatever happens in which order.

Pure: a history is a list of spans of one child and one duty. Sources: JL-3.8.l with jurisdiction in visits.md §11: the
residence county is never without a responsible worker; the old office keeps a child until the new one accepts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from types import MappingProxyType

VISIT, FILE, HUKOU = "visit", "file", "hukou"
DUTIES = (VISIT, FILE)


@dataclass(frozen=True)
class Span:
    """One office answers from `since` to the day before `until`; None: until something changes."""

    area: str
    since: date
    until: date | None
    why: str


def begin(area: str, on: date) -> tuple[Span, ...]:
    """The history of a new file: the place where the child lives answers from the day of filing."""
    return (Span(area, on, None, "lives_there"),)


def hand_over(spans: Sequence[Span], area: str, on: date, why: str) -> tuple[Span, ...]:
    """The history after an office accepted from a day on; that day and all later ones are the new office's.

    A day before the file began counts as its first day; what was written for later days is replaced. Handing over to
    whoever answers already changes nothing. Raises ValueError for an empty history: a child without one has no file.
    """
    if not spans:
        raise ValueError("no file was begun for this child")
    day = max(on, spans[0].since)
    if answers(spans, day) == area and spans[-1].since <= day:
        return tuple(spans)
    kept = [span for span in spans if span.since < day]
    if kept:
        kept[-1] = replace(kept[-1], until=day)
    if kept and kept[-1].area == area:
        return (*kept[:-1], replace(kept[-1], until=None))
    return (*kept, Span(area, day, None, why))


def answers(spans: Sequence[Span], on: date) -> str | None:
    """Who answers on a day; None before the file began."""
    return next((span.area for span in spans if span.since <= on and (span.until is None or on < span.until)), None)


def gaps(spans: Sequence[Span]) -> tuple[str, ...]:
    """What is wrong with a history, in codes: empty, closed_end, backwards, hole, overlap; empty when all is well."""
    if not spans:
        return ("empty",)
    wrong = ["closed_end"] if spans[-1].until is not None else []
    wrong += ["backwards" for span in spans if span.until is not None and span.until <= span.since]
    for earlier, later in pairwise(spans):
        if earlier.until is None or earlier.until > later.since:
            wrong.append("overlap")
        elif earlier.until < later.since:
            wrong.append("hole")
    return tuple(wrong)


RESIDENCE, REGISTERED = "residence", "hukou"
SPLIT: Mapping[str, str] = MappingProxyType(
    {
        "visits": RESIDENCE,
        "emergencies": RESIDENCE,
        "contact": RESIDENCE,
        "plan": RESIDENCE,
        "benefits": REGISTERED,
        "certificates": REGISTERED,
        "parents": REGISTERED,
    }
)
"""Which county does what while the two have not agreed otherwise (visits.md §11, PROPOSED; the plan does not say)."""
NEGOTIABLE = ("contact", "plan", "benefits", "certificates", "parents")
"""What the two may agree on; visits and emergencies stay where the child is, whatever the agreement."""


def split(agreed: Mapping[str, str] | None) -> dict[str, str]:
    """For each duty the one county that has it, by what was agreed, else as proposed.

    Raises ValueError for a duty that is not negotiable or a county that is neither of the two.
    """
    for duty, side in (agreed or {}).items():
        if duty not in NEGOTIABLE or side not in (RESIDENCE, REGISTERED):
            raise ValueError(f"{duty}: {side}; allowed: {', '.join(NEGOTIABLE)} with {RESIDENCE} or {REGISTERED}")
    return {**SPLIT, **(agreed or {})}


def split_open(lives_in: str, registered_in: str | None, agreed: bool) -> bool:
    """Whether two counties still have to agree who does what (JL-3.8.l): they differ and have not agreed."""
    return registered_in is not None and lives_in[:6] != registered_in[:6] and not agreed
