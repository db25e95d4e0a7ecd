"""What holds for every child, not only for the worked ones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.care import child_facts, eligibility, evaluation
from bot.care.model import RESULTS
from tests.care.children import FACTS, MODEL, ON, any_value, partly_known, told, whole

DEFINITE = {"eligible", "not_eligible"}
PLACES = [MODEL.groups[group] for group in RESULTS.values()]


@settings(max_examples=200)
@given(partly_known())
def test_what_is_not_known_never_gives_a_result_that_knowing_it_would_contradict(pair: tuple[dict, dict]) -> None:
    child, said = pair
    now, then = eligibility.assess(said, ON).results, eligibility.assess(child, ON).results
    assert {result: now[result] for result in RESULTS if now[result] in DEFINITE and now[result] != then[result]} == {}


@settings(max_examples=150)
@given(told() | st.sampled_from(list(FACTS.values())), st.data())
def test_one_more_fact_turns_eligible_into_not_eligible_only_through_itself(
    facts: dict[str, Any], data: st.DataObject
) -> None:
    untold = sorted(set(MODEL.facts) - set(facts) - {"assessment_date"})
    if not untold:
        return
    added = data.draw(st.sampled_from(untold))
    more = {**facts, added: data.draw(any_value(MODEL.facts[added]))}
    before, after = eligibility.assess(facts, ON), eligibility.explain(more, ON)
    for result, reasons in after.reasons.items():
        if (before.results[result], after.assessment.results[result]) == ("eligible", "not_eligible"):
            named = {
                name for reason in reasons for ground in reason.grounds for name in (ground.fact, ground.derived_from)
            }
            assert added in named


def test_every_fact_that_turns_a_worked_case_from_eligible_to_not_eligible_is_named_in_the_reason() -> None:
    turned = set()
    for case, facts in list(FACTS.items())[::6]:
        met = [result for result, found in eligibility.assess(facts, ON).results.items() if found == "eligible"]
        untold = [fact for fact in MODEL.facts.values() if met and fact.id not in (*facts, "assessment_date")]
        for fact in untold:
            for value in fact.values or NUMBERS[fact.kind]:
                more = {**facts, fact.id: value}
                now = eligibility.assess(more, ON).results
                if not (gone := [result for result in met if now[result] == "not_eligible"]):
                    continue
                reasons = eligibility.explain(more, ON).reasons
                for result in gone:
                    grounds = [ground for reason in reasons[result] for ground in reason.grounds]
                    assert fact.id in {name for one in grounds for name in (one.fact, one.derived_from)}, (case, more)
                    turned.add((fact.id, result))
    assert len(turned) > ENOUGH_TURNED, turned


NUMBERS = {"integer": (0, 5, 6, 15, 16, 17, 18), "date": ("2008-11-22", "2010-11-22", "2026-05-23", "2026-05-24")}
ENOUGH_TURNED = 10


@settings(max_examples=30)
@given(whole(), st.data())
def test_when_asking_ends_no_open_answer_would_change_a_result(child: dict[str, Any], data: st.DataObject) -> None:
    said: dict[str, Any] = {}
    while asked := eligibility.next_question(said, ON):
        assert asked.fact in eligibility.assess(said, ON).unasked
        said[asked.fact] = data.draw(any_value(MODEL.facts[asked.fact]))
    ended = eligibility.assess(said, ON)
    for fact in evaluation.evaluate(MODEL, said, ON).open_facts:
        said[fact] = data.draw(any_value(MODEL.facts[fact]))
    assert eligibility.assess(said, ON).results == ended.results


@settings(max_examples=100)
@given(told())
def test_no_answer_outside_the_unasked_list_changes_a_result(facts: dict[str, Any]) -> None:
    found = evaluation.evaluate(MODEL, facts, ON)
    listed = eligibility.assess(facts, ON).unasked
    for fact in set(found.open_facts) - set(listed):
        for value in MODEL.facts[fact].values or (5, 6, 15, 16, 18):
            assert eligibility.assess({**facts, fact: value}, ON).results == eligibility.assess(facts, ON).results


@settings(max_examples=100)
@given(told(days=True), st.data())
def test_a_fact_taken_back_leaves_what_never_telling_it_would_have_left(
    facts: dict[str, Any], data: st.DataObject
) -> None:
    public = sorted(fact for fact in facts if fact in MODEL.askable and not _has_a_day(facts, fact))
    if not public:
        return
    fact = data.draw(st.sampled_from(public))
    taken_back = evaluation.without(evaluation.evaluate(MODEL, facts, ON), fact)
    never = evaluation.evaluate(MODEL, {other: facts[other] for other in facts if other != fact}, ON)
    assert (taken_back.truths, taken_back.low, taken_back.high) == (never.truths, never.low, never.high)
    assert set(taken_back.open_facts) == set(never.open_facts)


def _has_a_day(facts: dict[str, Any], fact: str) -> bool:
    return any(named == fact and way in facts for way, named in MODEL.alternatives.items())


@settings(max_examples=100)
@given(told(days=True))
def test_the_day_to_look_again_is_the_first_on_which_the_calendar_changes_something(facts: dict[str, Any]) -> None:
    made = eligibility.assess(facts, ON)

    def alike(day: date) -> bool:
        other = eligibility.assess(facts, day)
        return (other.results, other.matched, other.pending) == (made.results, made.matched, made.pending)

    if made.recheck_on:
        assert not alike(made.recheck_on)
    turning = [
        day for day in child_facts.turning_days(MODEL, facts, ON) if not made.recheck_on or day < made.recheck_on
    ]
    ahead = [ON + timedelta(days=days) for days in (1, 29, 90, 183)]
    between = [day for day in ahead if not made.recheck_on or day < made.recheck_on]
    assert all(alike(day) for day in [*turning, *between])


@pytest.mark.parametrize("protected", [False, True])
@given(whole(), st.sampled_from(["yes", "unknown"]))
def test_only_readers_of_child_hiv_can_tell_it_from_another_own_hardship(
    protected: bool, child: dict[str, Any], infected: str
) -> None:
    child |= {"child_hiv": infected, "official_other_self_hardship": "no"}
    other = {**child, "child_hiv": "no", "official_other_self_hardship": "yes" if infected == "yes" else "not_decided"}
    other |= {"child_other_condition": "yes"} if infected == "unknown" else {}
    one, two = (eligibility.explain(facts, ON, protected=protected) for facts in (child, other))
    alike = one.as_dict() == two.as_dict() and one.assessment.matched == two.assessment.matched
    if child["child_age_years"] < 18:
        assert alike == protected
    assert ("SELF.3" in str(one.as_dict()) + str(one.assessment)) != protected


anything = st.recursive(st.none() | st.booleans() | st.floats() | st.text() | st.dates(), st.lists, max_leaves=3)


@given(st.dictionaries(st.sampled_from(sorted(MODEL.facts)) | st.text() | st.integers(), anything, max_size=8))
def test_whatever_is_told_is_assessed_or_refused_with_a_sentence_for_each_wrong_fact(facts: dict[Any, Any]) -> None:
    try:
        sentences = ["。"] * len(eligibility.assess(facts, ON).results)
    except eligibility.WrongFacts as wrong:
        sentences = list(wrong.problems.values())
    assert sentences
    assert all(sentence.endswith(("。", "？")) for sentence in sentences)
