"""Telephone numbers to show, and to whom (reports.yml#hotlines, verified as sources.yml says)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from bot.care import clauses, policy_data

POLICE = "110"
# Kinds of danger (reading.danger) that call for a number beside 110, after what reports.yml says each is for.
FOR_KINDS = {
    "120": frozenset({"injury", "poisoning", "illness", "self_harm"}),
    "119": frozenset({"fire", "drowning"}),
    "12356": frozenset({"self_harm"}),
}


@dataclass(frozen=True)
class Hotline:
    """A number, its Chinese name, what it is for, and how sure we are that it is so (`status` of sources.yml)."""

    number: str
    name_zh: str
    use: str
    status: str

    @property
    def public(self) -> bool:
        """Whether citizens may be shown it; any other is printed for staff only (reports.yml#routing_note)."""
        return self.status == "VERIFIED"


@cache
def every() -> tuple[Hotline, ...]:
    """All hotlines, in the order of the file."""
    return tuple(
        Hotline(entry["number"], entry["zh"], entry["use"], clauses.source(entry["source"]).status)
        for entry in policy_data.read("reports")["hotlines"]
    )


def for_kinds(kinds: Iterable[str]) -> tuple[Hotline, ...]:
    """The numbers to show first to somebody who tells these kinds of danger: 110 always, then what else they call for.

    A kind that calls for no number of its own adds none. Only public numbers are given.
    """
    told = frozenset(kinds)
    return tuple(
        line
        for line in every()
        if line.public and (line.number == POLICE or told & FOR_KINDS.get(line.number, frozenset()))
    )
