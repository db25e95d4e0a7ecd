"""Every move of entrusted_care.yml, one by one: who may make it, on which grounds, with a reason where it is wanted."""

from __future__ import annotations

from typing import Any

import pytest

from bot.care import entrusted, policy_data

DATA = policy_data.read("entrusted_care")
ROWS = DATA["transitions"]
ACTORS = sorted({actor for row in ROWS for actor in row["actor"]} | {"sys_admin"})
FACTS = {fact["id"]: fact for fact in DATA["guard_facts"]}
BY_NAME = [pytest.param(row, id=f"{row['from_state']}-{row['event']}") for row in ROWS]


def _holds(guard: dict[str, Any]) -> dict[str, Any]:
    """Answers with which a guard holds; of alternatives the first, of a negation none."""
    if "fact" in guard:
        return {guard["fact"]: guard.get("T", [18])[0]}
    parts = guard["any"][:1] if "any" in guard else guard.get("all", [])
    return {name: value for part in parts for name, value in _holds(part).items()}


def _may_be_unknown(told: dict[str, Any]) -> list[str]:
    return [name for name in told if "unknown" in FACTS[name].get("values", [])]


def _move(row: dict[str, Any], actor: str, told: dict[str, Any], reason: str = "记下的原因") -> entrusted.Move:
    return entrusted.move(row["from_state"], row["event"], actor, {**told, "reason": reason})


@pytest.mark.parametrize("row", BY_NAME)
def test_whoever_is_named_may_make_a_move_whose_guard_holds_and_nobody_else(row: dict[str, Any]) -> None:
    told = _holds(row["guard_expr"])
    for actor in ACTORS:
        made = _move(row, actor, told)
        named = actor in row["actor"] or "anyone" in row["actor"]
        assert made.allowed is named, (actor, made)
        if named:
            assert made.to_state == (row["from_state"] if row["to_state"] == entrusted.SAME else row["to_state"])
        else:
            assert made.refusal == "actor_not_allowed", (actor, made)


@pytest.mark.parametrize("row", BY_NAME)
def test_what_is_unknown_lets_no_move_through(row: dict[str, Any]) -> None:
    told = _holds(row["guard_expr"])
    for name in _may_be_unknown(told):
        made = _move(row, row["actor"][0], {**told, name: "unknown"})
        assert (made.allowed, made.refusal) == (False, "guard_not_met"), name


@pytest.mark.parametrize("row", [one for one in BY_NAME if one.values[0]["reason_required"]])
def test_where_a_reason_is_asked_for_there_is_no_move_without_it(row: dict[str, Any]) -> None:
    made = _move(row, row["actor"][0], _holds(row["guard_expr"]), reason="")
    assert (made.allowed, made.refusal) == (False, "reason_missing")


@pytest.mark.parametrize("state", [one["id"] for one in DATA["states"] if one["id"] != entrusted.ENDED])
def test_home_again_ends_it_from_everywhere(state: str) -> None:
    (row,) = (one for one in ROWS if (one["from_state"], one["event"]) == (state, "parent_returned"))
    assert _move(row, row["actor"][0], _holds(row["guard_expr"])).to_state == entrusted.ENDED


def test_after_the_end_there_is_no_move() -> None:
    assert entrusted.events(entrusted.ENDED) == ()
