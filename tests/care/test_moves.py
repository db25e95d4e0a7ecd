"""Every state with every event and every actor, against a table worked out by hand (moves.yml)."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from bot import shipped
from bot.care import policy_data, reports, roles
from bot.care.reports import Move

TABLE = shipped.content(Path(__file__).parent / "moves.yml")
STATES = sorted(state["code"] for state in policy_data.read("reports")["statuses"])
EVENTS = sorted({row["event"] for row in TABLE["moves"]})
EVERYBODY = sorted({*roles.ids(), "system"})
PAIRS = {(state, row["event"]): row for row in TABLE["moves"] for state in row["from"]}
REASON = {"reason": "情况已核实"}


def _may(row: dict[str, Any]) -> set[str]:
    found = {actor for name in row["actors"] for actor in TABLE["actors"].get(name, [name])}
    return set(EVERYBODY) if "anyone" in found else found


def _made(state: str, row: dict[str, Any], actor: str, told: dict[str, str]) -> Move:
    return reports.move(state, row["event"], actor, {**(REASON if row.get("reason") else {}), **told})


def test_the_table_is_whole() -> None:
    assert len(PAIRS) == sum(len(row["from"]) for row in TABLE["moves"]) == 76
    assert {state for state, _ in PAIRS} == set(STATES)
    assert {actor for row in TABLE["moves"] for actor in _may(row)} <= set(EVERYBODY)


@pytest.mark.parametrize("event", EVENTS)
def test_a_move_that_is_not_in_the_table_does_not_exist(event: str) -> None:
    for state, actor in product(STATES, EVERYBODY):
        refused = reports.move(state, event, actor, {"severity": "S0", **REASON}).refusal == "no_such_move"
        assert refused == ((state, event) not in PAIRS), (state, actor)


@pytest.mark.parametrize(("state", "event"), PAIRS, ids=lambda part: str(part))
def test_a_move_leads_where_the_table_says_for_whom_and_when_it_says(state: str, event: str) -> None:
    row = PAIRS[state, event]
    to = state if row["to"] == "same" else row["to"]
    for actor in EVERYBODY:
        for told in row["met"]:
            made = _made(state, row, actor, told)
            if actor in _may(row):
                assert (made.allowed, made.to_state, set(made.notify)) == (True, to, set(row["notify"])), (actor, told)
            else:
                assert (made.allowed, made.refusal) == (False, "actor_not_allowed"), (actor, told)
    for actor in _may(row):
        for told in row["unmet"]:
            assert _made(state, row, actor, told).refusal == "guard_not_met", (actor, told)
        told = row["met"][0]
        if row.get("reason"):
            assert reports.move(state, event, actor, told).refusal == "reason_missing", actor
            assert reports.move(state, event, actor, {**told, "reason": "  "}).refusal == "reason_missing", actor
        barred = _made(state, row, actor, {**told, "actor_conflicted": "yes"})
        assert barred.allowed == (event in ("raise_emergency", "add_information")), actor
        assert barred.refusal in (None, "conflict_of_interest"), actor
