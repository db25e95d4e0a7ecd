"""委托照护: every worked move, two arrangements at once, and what no order of events may reach."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot import shipped
from bot.care import clauses, entrusted, policy_data
from bot.care.entrusted import Arrangement

CASES = shipped.content(Path(__file__).parent / "entrusted_cases.yml")
DATA = policy_data.read("entrusted_care")
FACTS = {entry["id"]: entry for entry in DATA["guard_facts"]}
STATES = [state["id"] for state in DATA["states"]]
ROWS = DATA["transitions"]
ACTORS = sorted({actor for row in ROWS for actor in row["actor"] if actor != "anyone"})


def test_the_case_file_holds_as_many_cases_as_it_says() -> None:
    meta = CASES["meta"]
    assert (len(CASES["cases"]), len(CASES["coexistence_cases"])) == (meta["count"], meta["coexistence_count"])
    assert len(ROWS) == DATA["meta"]["transitions"]


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: f"{case['id']} {case['vignette_zh']}")
def test_a_worked_move_is_allowed_or_refused_as_written(case: dict[str, Any]) -> None:
    made = entrusted.move(case["state"], case["event"], case["actor"], case["told"])
    assert made.as_dict() == case["expect"]


@pytest.mark.parametrize("case", CASES["coexistence_cases"], ids=lambda case: f"{case['id']} {case['vignette_zh']}")
def test_arrangements_of_one_child_stand_side_by_side_as_written(case: dict[str, Any]) -> None:
    assert entrusted.together(Arrangement(**one) for one in case["arrangements"]).as_dict() == case["expect"]


def test_an_emergency_puts_both_under_protection_and_the_old_one_stays_the_one_in_force() -> None:
    both = [Arrangement("A", "state_protection"), Arrangement("B", "state_protection", "A")]
    assert entrusted.together(both).as_dict() == {"valid": True, "in_force": "A"}


@pytest.mark.parametrize("state", [state for state in STATES if state != "ended"])
@pytest.mark.parametrize("actor", ["child", "citizen", "entrusted_carer", "system"])
def test_an_emergency_is_possible_from_everywhere_for_anybody_even_the_conflicted(state: str, actor: str) -> None:
    made = entrusted.move(state, "emergency", actor, {"emergency_sign": "yes", "actor_conflicted": "yes"})
    assert (made.allowed, made.to_state) == (True, "state_protection")


@pytest.mark.parametrize("bar", ["d1", "d2", "d3", "d4", "full_capacity", "care_ability"])
def test_whoever_is_not_known_to_be_fit_does_not_pass(bar: str) -> None:
    clean = {f"d{number}": "no" for number in (1, 2, 3, 4)}
    fit = {**clean, "full_capacity": "yes", "care_ability": "yes", "four_factors_recorded": "yes"}
    assert entrusted.move("screening", "passed", "child_director", fit).allowed
    assert not entrusted.move("screening", "passed", "child_director", {**fit, bar: "unknown"}).allowed


def test_a_wrong_value_is_named_with_what_is_allowed() -> None:
    with pytest.raises(ValueError, match="d1 is 'maybe'; allowed: yes, no, unknown"):
        entrusted.move("screening", "passed", "child_director", {"d1": "maybe"})


def test_what_a_move_rests_on_exists() -> None:
    for cited in {source for row in ROWS for source in row["source"]}:
        assert clauses.clause(cited) if cited.startswith("JL-") else clauses.source(cited)


ONWARD = (
    *("absence_reported", "reason_confirmed", "candidate_named", "screening_started", "passed", "new_candidate"),
    *("child_opinion_recorded", "agreement_concluded", "written_notice_recorded", "care_started"),
)
HEARING = ("child_opinion_recorded", "child_objects")


def _told(guard: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any answers to what a guard asks, or a way for it to hold."""
    anything = st.fixed_dictionaries(
        {name: st.sampled_from(FACTS[name].get("values", [17, 18])) for name in _asked(guard)}
    )
    return st.one_of(anything, _fitting(guard))


def _asked(guard: dict[str, Any]) -> list[str]:
    if "fact" in guard:
        return [guard["fact"]]
    parts = [*guard.get("all", []), *guard.get("any", []), *([guard["not"]] if "not" in guard else [])]
    return [name for part in parts for name in _asked(part)]


def _fitting(guard: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Answers with which a guard holds: of alternatives any, for a negation none."""
    if "fact" in guard:
        return st.sampled_from(guard.get("T", [18])).map(lambda value: {guard["fact"]: value})
    if "any" in guard:
        return st.one_of([_fitting(part) for part in guard["any"]])
    parts = st.tuples(*(_fitting(part) for part in guard.get("all", [])))
    return parts.map(lambda found: {name: value for part in found for name, value in part.items()})


class Story(RuleBasedStateMachine):
    """Any people do any moves in any order: no agreement without the child heard or the reason why not recorded.

    What the child said, and whether the supervisor overrode it, stands on file and is nobody's to tell again: the
    machine judges what it is told, so whoever calls it must read these from what was recorded.
    """

    signed = 0

    @initialize(state=st.sampled_from(["none", "screening", "assessed"]))
    def begin(self, state: str) -> None:
        self.state, self.noticed = state, False
        self._choose_anew()

    def _choose_anew(self) -> None:
        self.opinion, self.heard, self.overridden = "unknown", False, False

    @rule(data=st.data())
    def somebody_goes_on(self, data: st.DataObject) -> None:
        self._somebody(data, [row for row in ROWS if row["from_state"] == self.state and row["event"] in ONWARD])

    @rule(data=st.data())
    def somebody_does_anything(self, data: st.DataObject) -> None:
        self._somebody(data, [row for row in ROWS if row["from_state"] == self.state])

    def _somebody(self, data: st.DataObject, rows: list[dict[str, Any]]) -> None:
        if rows:
            row = data.draw(st.sampled_from(rows))
            actor = data.draw(st.sampled_from(row["actor"]) | st.sampled_from(ACTORS))
            told = data.draw(_told(row["guard_expr"]))
            reason = data.draw(st.sampled_from(["记下的原因", ""]))
            self._try(row["event"], "citizen" if actor == "anyone" else actor, {**told, "reason": reason})

    def _try(self, event: str, actor: str, told: dict[str, Any]) -> None:
        told = {**told, "override_recorded": "yes" if self.overridden else "no"}
        if event not in HEARING:
            told["child_opinion"] = self.opinion
        made = entrusted.move(self.state, event, actor, told)
        if made.allowed:
            self._done(event, told)
            self.state = str(made.to_state)
            if self.state == "candidate_proposed":
                self._choose_anew()

    def _done(self, event: str, told: dict[str, Any]) -> None:
        if event in HEARING:
            self.opinion, self.overridden, self.noticed = told.get("child_opinion", "unknown"), False, False
        if event == "child_opinion_recorded":
            asked = self.opinion in ("agrees", "objects", "unclear") and told.get("heard_in_private") == "yes"
            self.heard = asked or (self.opinion == "not_able" and told.get("not_able_reason") == "yes")
        elif event == "objection_overridden":
            self.overridden = True
        elif event == "agreement_concluded":
            assert self.heard, "an agreement without the child heard"
            assert self.opinion != "objects" or self.overridden, "an agreement against the child without an override"
            Story.signed += 1
        elif event == "written_notice_recorded":
            self.noticed = True

    @invariant()
    def whoever_cares_was_notified_or_protects(self) -> None:
        if entrusted.in_force(self.state):
            assert self.noticed or self.state == entrusted.PROTECTED, f"care in {self.state} without the notice"


def test_no_order_of_moves_leads_to_an_agreement_without_the_child_heard() -> None:
    Story.signed = 0
    run_state_machine_as_test(Story, settings=settings(max_examples=100, stateful_step_count=30, deadline=None))
    assert Story.signed > 0, "no story came to an agreement: nothing was shown"
