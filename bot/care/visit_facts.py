"""What is known of a child for planning visits, checked: a typing error must not pass as "nothing known"."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

LEVELS = ("good", "average", "unassessed")
KINDS = ("home_visit", "attempted", "phone")
OUTCOMES = ("eligible", "not_eligible", "needs_verification")
CLOSINGS = ("staff_closed", "parent_resumed")
YES_NO = ("yes", "no")


@dataclass(frozen=True)
class Standing:
    """The guardianship level and the key-focus tags from a day on (JL-3.5.a, JL-3.8.g)."""

    on: date
    level: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Seen:
    """One visit, attempt or call."""

    on: date
    kind: str


@dataclass(frozen=True)
class Known:
    """A child as visits_cases.yml#meta describes it; both histories by date."""

    history: tuple[Standing, ...]
    visits: tuple[Seen, ...]
    left_behind: str
    hardship: str
    birth_date: date | None
    handover_recorded: bool
    closed: str | None
    confirmed_by_visit: bool

    @property
    def registered(self) -> date:
        """The day from which the child is on file."""
        return self.history[0].on


def read(child: Mapping[str, Any]) -> Known:
    """The facts of a child. Dates are dates or ISO texts.

    Raises ValueError naming the key and what is allowed; a key it does not know is left out.
    """
    history = tuple(sorted((_standing(entry) for entry in _list("history", child)), key=lambda entry: entry.on))
    if not history:
        raise ValueError("history is empty; allowed: at least the standing at registration")
    visits = tuple(sorted((_seen(entry) for entry in _list("visits", child)), key=lambda seen: seen.on))
    closed = child.get("closed")
    birth = child.get("birth_date")
    return Known(
        history,
        visits,
        left_behind=_one_of("left_behind", child.get("left_behind", "eligible"), OUTCOMES),
        hardship=_one_of("hardship", child.get("hardship", "not_eligible"), OUTCOMES),
        birth_date=None if birth is None else day("birth_date", birth),
        handover_recorded=_one_of("handover_recorded", child.get("handover_recorded", "no"), YES_NO) == "yes",
        closed=None if closed is None else _one_of("closed", closed, CLOSINGS),
        confirmed_by_visit=_one_of("confirmed_by_visit", child.get("confirmed_by_visit", "no"), YES_NO) == "yes",
    )


def day(key: str, found: object) -> date:
    """A date, or an ISO text of one. Raises ValueError naming the key."""
    if isinstance(found, str):
        try:
            return date.fromisoformat(found)
        except ValueError:
            pass
    elif isinstance(found, date) and not isinstance(found, datetime):
        return found
    raise ValueError(f"{key} is {found!r}; allowed: a date or its ISO text")


def _standing(entry: Mapping[str, Any]) -> Standing:
    tags = entry.get("tags", ())
    if isinstance(tags, str) or not isinstance(tags, Collection):
        raise ValueError(f"tags is {tags!r}; allowed: a list of tags")
    return Standing(day("history.on", entry.get("on")), _one_of("level", entry.get("level"), LEVELS), tuple(tags))


def _seen(entry: Mapping[str, Any]) -> Seen:
    return Seen(day("visits.date", entry.get("date")), _one_of("kind", entry.get("kind"), KINDS))


def _list(key: str, child: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = child.get(key, [])
    if not isinstance(found, list | tuple):
        raise ValueError(f"{key} is {found!r}; allowed: a list")
    return list(found)


def _one_of(key: str, found: object, allowed: tuple[str, ...]) -> str:
    if found not in allowed:
        raise ValueError(f"{key} is {found!r}; allowed: {', '.join(allowed)}")
    return str(found)
