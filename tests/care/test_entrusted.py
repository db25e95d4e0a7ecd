"""委托照护: every worked move, two arrangements at once, and what no order of events may reach."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.care import clauses, entrusted, policy_data
from bot.care.entrusted import Arrangement

CASES = yaml.safe_load((Path(__file__).parent / "entrusted_cases.yml").read_text(encoding="utf-8"))
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


TOLD = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(entry["values"]) for name, entry in FACTS.items() if "values" in entry}
).flatmap(lambda told: st.sampled_from([told, {**told, "reason": "记下的原因"}]))


class Story(RuleBasedStateMachine):
    """Any people do any moves in any order: no agreement without the child heard or the reason why not recorded."""

    @initialize(state=st.sampled_from(["none", "screening", "assessed", "assessed", "agreement_signed"]))
    def begin(self, state: str) -> None:
        self.state, self.heard = state, False

    @rule(data=st.data(), told=TOLD, actor=st.sampled_from(ACTORS))
    def somebody_does_something(self, data: st.DataObject, told: dict[str, Any], actor: str) -> None:
        leads_on = entrusted.events(self.state)
        if not leads_on:
            return
        event = data.draw(st.sampled_from(leads_on))
        made = entrusted.move(self.state, event, actor, told)
        if not made.allowed:
            return
        opinion = told.get("child_opinion", "unknown")
        if event == "child_opinion_recorded":
            self.heard = opinion != "unknown" and (
                told.get("heard_in_private") == "yes" or told.get("not_able_reason") == "yes"
            )
        elif event == "agreement_concluded":
            assert self.heard, "an agreement without the child heard"
            assert (
                opinion in ("agrees", "unclear")
                or told.get("not_able_reason") == "yes"
                or (told.get("override_recorded") == "yes")
            ), "an agreement against the child without an override"
        before, self.state = self.state, str(made.to_state)
        if self.state == "active" and not entrusted.in_force(before):
            raise AssertionError(f"care began out of {before}")
        if self.state in ("candidate_proposed", "assessed", "screening"):
            self.heard = False

    @invariant()
    def whoever_cares_was_notified_or_protects(self) -> None:
        assert entrusted.state_label(self.state)


TestStory = Story.TestCase
TestStory.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
