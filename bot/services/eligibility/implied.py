"""What need not be asked because it follows from what was told: whoever works in a shipyard was not sent out of the
country, and who has a father of whom all is told is no foundling. Only what cannot be otherwise follows; what may be is
asked (unknown is never "no")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.care.model import PARENT_ZH
from bot.services.eligibility.state import LOCKED_UP

_KNOWN = ("alive", "dead", "declared_dead", "declared_missing", "whereabouts_unknown")
"""What can be told of a parent only by who knows which person that is."""
_IN_THE_COUNTRY = ("same_county", "cross_county", "core_urban_same_city")
_CAME_HOME = ("short_visit", "long_return")


def value(fact: str, facts: Mapping[str, Any], speaker: str | None) -> str | None:
    """The answer to a question that follows from what was told; None: it must be asked. `speaker`: who tells it."""
    parent, _, kind = fact.partition("_")
    if fact == "birth_parents_untraceable":
        return "no" if _parents_are_known(facts) else None
    if parent not in PARENT_ZH:
        return None
    if kind == "life_status" and speaker == parent:  # whoever writes is alive
        return "alive"
    if kind == "lost_contact":  # whoever writes to us himself is not lost, nor who was home on a visit and left again
        return "no" if speaker == parent or facts.get(f"{parent}_home_stays") in _CAME_HOME else None
    return "no" if kind == "deported" and (speaker == parent or _is_here(parent, facts)) else None


def _parents_are_known(facts: Mapping[str, Any]) -> bool:
    """Of a child that somebody took in without papers nobody can say whose the parents are that are told of."""
    taken_in = facts.get("informal_adoption", "no") != "no"
    return not taken_in and any(facts.get(f"{one}_life_status") in _KNOWN for one in PARENT_ZH)


def _is_here(parent: str, facts: Mapping[str, Any]) -> bool:
    at_home = facts.get(f"{parent}_away_status") == "at_home"
    held = facts.get(f"{parent}_custody") in LOCKED_UP
    return at_home or held or facts.get(f"{parent}_work_place") in _IN_THE_COUNTRY
