"""Moves of a report from state to state (reports.yml#transitions, #move_order). Every refusal has its code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.care import facts, guarding, policy_data

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
    refused = guarding.refusal(
        row["actors"],
        actor,
        known,
        row["guard"],
        reason_required=row["reason_required"],
        conflicted_may=event in OPEN_TO_THE_CONFLICTED,
    )
    if refused is not None:
        return Move(False, refusal=refused, guard_text=row["guard_text"])
    to_state = state if row["to_state"] == "same" else row["to_state"]
    return Move(True, to_state=to_state, notify=tuple(row["notify"]))


@cache
def _rows() -> dict[tuple[str, str], dict[str, Any]]:
    """The one row of each state and event."""
    return {
        (state, row["event"]): row for row in policy_data.read("reports")["transitions"] for state in row["from_states"]
    }
