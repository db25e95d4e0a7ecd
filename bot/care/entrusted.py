"""委托照护: moves of an arrangement from state to state, and two arrangements of one child at once. Pure.

Everything is `policy/entrusted_care.yml` (WBF-21, WBF-22, WBF-23, JL-3.4.b, JL-3.5.a-i). Entrusting care does not
transfer guardianship; nobody passes who was not found free of the four disqualifications: unknown is not no.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from bot.care import calendar, guarding, parameters, policy_data

OPEN_TO_THE_CONFLICTED = ("emergency",)
ENDED, PROTECTED, SAME = "ended", "state_protection", "same"


@dataclass(frozen=True)
class Move:
    """Whether a move is allowed: where it leads and what is then to be done, or the refusal's code.

    `refusal`: no_such_move (without a guard text, there being no such row), actor_not_allowed, conflict_of_interest,
    reason_missing or guard_not_met. `deadline`: the parameter that says until when the next step is due. `source`: ids
    of clauses and articles.
    """

    allowed: bool
    to_state: str | None = None
    refusal: str | None = None
    guard_text: str | None = None
    actions: tuple[str, ...] = ()
    deadline: str | None = None
    source: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The keys under `expect` in entrusted_cases.yml."""
        if self.allowed:
            return {"allowed": True, "to_state": self.to_state}
        return {"allowed": False, "refusal": self.refusal}


@dataclass(frozen=True)
class Arrangement:
    """One arrangement of a child: its id, its state, and the id of the one it is to replace (None: none)."""

    id: str
    state: str
    replaces: str | None = None


@dataclass(frozen=True)
class Together:
    """The arrangements of one child: whether they may stand side by side, and the id of the one in force, if one is."""

    valid: bool
    in_force: str | None

    def as_dict(self) -> dict[str, Any]:
        """The keys under `expect` of the coexistence cases."""
        return {"valid": self.valid, "in_force": self.in_force}


def move(state: str, event: str, actor: str, told: Mapping[str, Any]) -> Move:
    """Whether `actor` (a role id or "system") may make the move `event` in `state`.

    `told` uses the ids of entrusted_care.yml#guard_facts; an absent one takes its default, and a guard holds only when
    it is known to. Raises ValueError naming a key of `told` and the values allowed for it.
    """
    known = _known(told)
    row = _rows().get((state, event))
    if row is None:
        return Move(False, refusal="no_such_move")
    refused = guarding.refusal(
        row["actor"],
        actor,
        known,
        row["guard_expr"],
        reason_required=row["reason_required"],
        conflicted_may=event in OPEN_TO_THE_CONFLICTED,
    )
    if refused is not None:
        return Move(False, refusal=refused, guard_text=row["guard"])
    return Move(
        True,
        to_state=state if row["to_state"] == SAME else row["to_state"],
        actions=tuple(row["actions"]),
        deadline=row["deadline_param"],
        source=tuple(row["source"]),
    )


def events(state: str) -> tuple[str, ...]:
    """The events that lead on from a state, in the policy's order."""
    return tuple(event for from_state, event in _rows() if from_state == state)


@dataclass(frozen=True)
class Offer:
    """A move somebody may try: its event, the facts its guard looks at, and whether a reason must be given."""

    event: str
    facts: tuple[str, ...]
    reason_required: bool


def offers(state: str, held: Iterable[str]) -> tuple[Offer, ...]:
    """The moves the holders of these roles may try in a state; whether one is allowed is for `move` to say."""
    posts = frozenset(held)
    return tuple(
        Offer(event, tuple(dict.fromkeys(_facts(row["guard_expr"]))), bool(row["reason_required"]))
        for (from_state, event), row in _rows().items()
        if from_state == state and (posts & set(row["actor"]) or "anyone" in row["actor"])
    )


def _facts(guard: Mapping[str, Any]) -> list[str]:
    """The facts a guard looks at, in the order it names them."""
    if "fact" in guard:
        return [str(guard["fact"])]
    parts = [*guard.get("all", ()), *guard.get("any", ()), *([guard["not"]] if "not" in guard else [])]
    return [name for part in parts for name in _facts(part)]


def values(fact: str) -> tuple[str, ...]:
    """The values a fact may have, without repeats; empty for a number or text. Raises KeyError for an unknown fact."""
    known = {entry["id"]: entry for entry in policy_data.read("entrusted_care")["guard_facts"]}
    return tuple(dict.fromkeys(known[fact].get("values", ())))


def state_label(state: str) -> str:
    """The Chinese name of a state."""
    return str(_states()[state]["label_zh"])


def states() -> tuple[str, ...]:
    """All states, in the policy's order."""
    return tuple(_states())


def in_force(state: str) -> bool:
    """Whether somebody cares for the child under an arrangement in this state."""
    return bool(_states()[state]["care_in_force"])


def next_review(started: date, after: date) -> date:
    """The first day after `after` on which an agreement in force since `started` is gone through together again.

    Source: entrusted.agreement_review.every, PROPOSED: the plan asks for 常态沟通 (JL-3.5.d) without a period.
    """
    every = int(parameters.number("entrusted.agreement_review.every"))
    return next(day for count in itertools.count(1) if (day := calendar.add_months(started, every * count)[0]) > after)


def together(arrangements: Iterable[Arrangement]) -> Together:
    """Whether the arrangements of one child may stand side by side (#coexistence, INTERPRETATION of JL-3.5.g)."""
    all_of_them = {one.id: one for one in arrangements}
    open_ones = [one for one in all_of_them.values() if one.state != ENDED]
    caring = [one.id for one in all_of_them.values() if in_force(one.state) and not _protected_with(one, all_of_them)]
    valid = len(caring) <= 1 and len(open_ones) <= 2 and all(_may_follow(one, all_of_them) for one in open_ones)
    return Together(valid, caring[0] if len(caring) == 1 else None)


def _protected_with(one: Arrangement, all_of_them: Mapping[str, Arrangement]) -> bool:
    """A successor that an emergency put under protection together with the arrangement it was to replace."""
    before = all_of_them.get(one.replaces or "")
    return before is not None and before.state == one.state == PROTECTED


def _may_follow(one: Arrangement, all_of_them: Mapping[str, Arrangement]) -> bool:
    """Whether a successor may be where it is: beside the one in force, or in force itself once that has ended."""
    before = all_of_them.get(one.replaces or "")
    if before is None:
        return True
    return in_force(one.state) if before.state == ENDED else in_force(before.state)


def _known(told: Mapping[str, Any]) -> dict[str, Any]:
    known: dict[str, Any] = {}
    for entry in policy_data.read("entrusted_care")["guard_facts"]:
        found = told.get(entry["id"], entry.get("default"))
        if found is not None:
            known[entry["id"]] = guarding.value_of(entry, found)
    age = known["child_age_years"]
    if age != "unknown" and (isinstance(age, bool) or not isinstance(age, int) or age < 0):
        raise ValueError(f"child_age_years is {age!r}; allowed: whole years from 0 on, unknown")
    if not isinstance(known.get("reason", ""), str):
        raise ValueError(f"reason is {known['reason']!r}; allowed: text")
    return known


@cache
def _rows() -> dict[tuple[str, str], dict[str, Any]]:
    """The one row of each state and event."""
    return {(row["from_state"], row["event"]): row for row in policy_data.read("entrusted_care")["transitions"]}


@cache
def _states() -> dict[str, dict[str, Any]]:
    return {state["id"]: state for state in policy_data.read("entrusted_care")["states"]}
