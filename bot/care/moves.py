"""Moves of a report from state to state (reports.yml#transitions, #move_order). Every refusal has its code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.care import facts, policy_data, roles
from bot.care.logic import Truth, evaluate

SYSTEM = "system"
# Nobody is kept from calling for help or from adding what he knows (#move_order).
OPEN_TO_THE_CONFLICTED = ("raise_emergency", "add_information")


@dataclass(frozen=True)
class Move:
    """Whether a move is allowed; where it leads and who hears of it, or the refusal code and the guard's text.

    `refusal`: no_such_move (without a guard text, there being no such row), actor_not_allowed, conflict_of_interest,
    reason_missing or guard_not_met.
    """

    allowed: bool
    to_state: str | None = None
    notify: tuple[str, ...] = ()
    refusal: str | None = None
    guard_text: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The keys under `expect` in reports_cases.yml."""
        if self.allowed:
            return {"allowed": True, "to_state": self.to_state, "notify": list(self.notify)}
        return {"allowed": False, "refusal": self.refusal}


def move(state: str, event: str, actor: str, told: Mapping[str, Any]) -> Move:
    """Whether `actor` (a role id or "system") may make the move `event` in `state`.

    `told` uses the ids of reports.yml#move_facts; an absent one is unknown, and a guard holds only when it is known
    to. The checks run in the file's order; the first that fails gives the refusal. Raises ValueError naming a key of
    `told` and the values allowed for it.
    """
    known = facts.of_move(told)
    row = _rows().get((state, event))
    if row is None:
        return Move(False, refusal="no_such_move")
    refusal = _refusal(row, actor, known)
    if refusal is not None:
        return Move(False, refusal=refusal, guard_text=row["guard_text"])
    to_state = state if row["to_state"] == "same" else row["to_state"]
    return Move(True, to_state=to_state, notify=tuple(row["notify"]))


def _refusal(row: Mapping[str, Any], actor: str, known: Mapping[str, Any]) -> str | None:
    anyone = "anyone" in row["actors"] and (actor == SYSTEM or actor in roles.ids())
    if not anyone and actor not in row["actors"]:
        return "actor_not_allowed"
    if known["actor_conflicted"] == "yes" and row["event"] not in OPEN_TO_THE_CONFLICTED:
        return "conflict_of_interest"
    if row["reason_required"] and not known.get("reason", "").strip():
        return "reason_missing"
    return None if evaluate(row["guard"], known) is Truth.T else "guard_not_met"


@cache
def _rows() -> dict[tuple[str, str], dict[str, Any]]:
    """The one row of each state and event."""
    return {
        (state, row["event"]): row for row in policy_data.read("reports")["transitions"] for state in row["from_states"]
    }
