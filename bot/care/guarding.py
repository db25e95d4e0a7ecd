"""The checks every move of a state machine passes, in the policy's order (#move_order of both machines)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from bot.care import roles
from bot.care.logic import Condition, Truth, evaluate

SYSTEM = "system"
ANYONE = "anyone"


def refusal(
    actors: Collection[str],
    actor: str,
    known: Mapping[str, Any],
    guard: Condition,
    *,
    reason_required: bool,
    conflicted_may: bool,
) -> str | None:
    """The code of the first check that fails, None when the move is allowed.

    actor_not_allowed, conflict_of_interest (unless even the conflicted may), reason_missing, guard_not_met: a guard
    holds only when it is known to.
    """
    anyone = ANYONE in actors and (actor == SYSTEM or actor in roles.ids())
    if not anyone and actor not in actors:
        return "actor_not_allowed"
    if known["actor_conflicted"] == "yes" and not conflicted_may:
        return "conflict_of_interest"
    if reason_required and not known.get("reason", "").strip():
        return "reason_missing"
    return None if evaluate(guard, known) is Truth.T else "guard_not_met"


def value_of(entry: Mapping[str, Any], found: Any) -> Any:
    """A told value, if it is one the policy knows. Raises ValueError naming the fact and the values allowed."""
    if "values" in entry and found not in entry["values"]:
        raise ValueError(f"{entry['id']} is {found!r}; allowed: {', '.join(dict.fromkeys(entry['values']))}")
    return found
