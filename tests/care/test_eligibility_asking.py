"""Every public fact can be asked in words and with buttons; nothing else is ever asked."""

from __future__ import annotations

import re
import statistics
from typing import Any

import pytest

from bot.care import eligibility, policy_data, wording
from tests.care.children import FACTS, MODEL, ON
from tests.measuring import asking as measured

PUBLIC = [fact for fact in MODEL.facts.values() if fact.policy == "public"]
NOT_PUBLIC = [fact for fact in MODEL.facts.values() if fact.policy != "public"]
# Answers that leave nothing to be found: with them every question that can still matter is asked.
WELL = {"child_age_years": 9, "father_life_status": "alive", "mother_life_status": "alive"}
WELL |= {"father_away_status": "at_home", "mother_away_status": "at_home"}


def _asked(facts: dict[str, Any], goal: str | None = None) -> list[str]:
    """The facts asked for, one by one, of somebody who answers what is likely."""
    said: dict[str, Any] = {}
    while question := eligibility.next_question(said, ON, goal):
        said[question.fact] = facts.get(question.fact, MODEL.facts[question.fact].default)
    return list(said)


@pytest.mark.parametrize("fact", PUBLIC, ids=lambda fact: fact.id)
def test_every_public_fact_has_a_question_and_every_value_a_word(fact: Any) -> None:
    question = eligibility.question(fact.id, MODEL)
    offered = [choice.value for choice in question.choices]
    assert question.text.endswith(("？", "）"))
    assert "{" not in question.text + wording.name(fact) + "".join(choice.label for choice in question.choices)
    assert {*offered, "derive"} >= {*fact.values, "unknown"}
    assert "derive" not in offered
    assert all(wording.said(fact, value) not in fact.values for value in fact.values)
    assert not re.search("[A-Za-z]", "".join(choice.label for choice in question.choices))
    assert wording.suppliers(fact)


def test_facts_of_staff_and_system_have_names_but_are_never_asked() -> None:
    assert all(wording.name(fact) for fact in NOT_PUBLIC)
    hurt = {**FACTS["EC-057"], "lives_without_guardian": "unknown", "child_disability": "unknown"}
    asked = {fact for facts in (WELL, FACTS["EC-026"], hurt) for fact in _asked(facts)}
    assert asked.isdisjoint(fact.id for fact in NOT_PUBLIC)


def test_delicate_questions_offer_not_to_say_and_both_open_answers_mean_unknown() -> None:
    delicate = eligibility.question("mother_illness", MODEL)
    assert delicate.delicate
    assert [(choice.value, choice.label) for choice in delicate.choices[-2:]] == [
        ("unknown", "不清楚"),
        ("unknown", "不方便说"),
    ]
    plain = eligibility.question("mother_away_status", MODEL)
    assert not plain.delicate
    assert "不方便说" not in [choice.label for choice in plain.choices]


def test_months_and_ages_are_understood_in_words_and_offered_as_buttons() -> None:
    months = eligibility.question("father_away_months", MODEL)
    assert months.kind == "integer"
    assert ("半年以上", 6) in [(choice.label, choice.value) for choice in months.choices]
    for fact in ("father_away_months", "father_months_since_return", "child_age_years"):
        for choice in eligibility.question(fact, MODEL).choices:
            eligibility.assess({fact: choice.value}, ON)


def test_the_safety_screen_comes_first_and_age_next_whatever_is_likely() -> None:
    assert _asked(WELL)[:3] == ["lives_without_guardian", "guardian_not_performing", "child_age_years"]
    opening = eligibility.safety_question({}, ON)
    assert opening is not None
    assert opening.fact == "lives_without_guardian"
    assert eligibility.safety_question({"lives_without_guardian": "no", "guardian_not_performing": "no"}, ON) is None


BEFORE = (
    ("lives_without_guardian", "guardian_not_performing"),
    ("guardian_not_performing", "child_age_years"),
    ("{p}_life_status", "{p}_away_status"),
    ("{p}_away_status", "{p}_away_months"),
    ("{p}_away_months", "{p}_months_since_return"),
    ("{p}_home_stays", "{p}_months_since_return"),
    ("{p}_away_status", "{p}_custody"),
    ("{p}_custody", "{p}_custody_6m"),
    ("{p}_illness", "{p}_unable_to_support"),
    ("household_assistance", "family_poverty_hardship"),
    ("child_disability", "condition_difficulty"),
    ("child_illness", "condition_difficulty"),
    ("child_illness", "child_other_condition"),
)


def test_in_the_order_of_a_kind_official_whatever_the_family_is() -> None:
    """eligibility.md §3: safety, age, where the parents are, the household, the child; inside each matter the way in
    it is told. What brings most is brought forward: the parents' health and custody come after household and child."""
    general = {fact: wording.general(MODEL.facts[fact]) for fact in MODEL.askable}
    stages = {
        fact: at for at, stage in enumerate(policy_data.read("eligibility_asking")["order"]) for fact in stage["facts"]
    }
    for facts in list(FACTS.values())[::6]:
        asked = _asked({fact: value for fact, value in facts.items() if fact in MODEL.facts})
        for parent in ("father", "mother"):
            for first, then in BEFORE:
                one, other = (name.replace("{p}", parent) for name in (first, then))
                if one in asked and other in asked:
                    assert asked.index(one) < asked.index(other), (one, other)
        at = [stages[general[fact]] for fact in asked]
        assert at[:3] == sorted(at[:3])
        assert asked[:2] == ["lives_without_guardian", "guardian_not_performing"]


def test_careful_matters_are_asked_one_at_a_time_and_may_be_kept_to_oneself() -> None:
    """One question for several facts only where they are one matter: the kinds of disability of one parent."""
    for entry in policy_data.read("eligibility_asking")["screens"]:
        assert all("_disab_" in fact for fact in entry["facts"])
    screen = _first_with_screen({}, "father_disab_physical").screen
    assert screen is not None
    assert {choice.label for choice in screen.choices} >= {"都没有", "不清楚", "不方便说"}


def test_about_how_many_are_left_is_known_and_shrinks() -> None:
    assert eligibility.questions_left({}, ON) > eligibility.questions_left(WELL, ON) > 0
    assert eligibility.questions_left({"child_age_years": 18}, ON) == 0


def test_an_adult_is_asked_nothing_more() -> None:
    assert eligibility.next_question({"child_age_years": 18}, ON) is None
    assert eligibility.next_question({"child_age_years": 16}, ON, "left_behind") is None
    assert eligibility.next_question({"child_age_years": 16}, ON) is not None


def test_one_goal_is_asked_for_alone() -> None:
    assert set(_asked(WELL, "left_behind")) <= set(WELL)
    assert "household_assistance" in _asked(WELL, "hardship_family")
    with pytest.raises(KeyError, match="rich"):
        eligibility.next_question({}, ON, "rich")


@pytest.mark.parametrize("parent", ["father", "mother"])
def test_a_dead_parent_and_one_at_home_are_not_asked_what_cannot_be(parent: str) -> None:
    dead = _asked({**WELL, f"{parent}_life_status": "dead"})
    assert {fact for fact in dead if fact.startswith(parent)} == {f"{parent}_life_status"}
    home = set(_asked(WELL))
    assert home.isdisjoint({f"{parent}_{fact}" for fact in ("custody", "lost_contact", "deported", "work_place")})


def test_one_well_parent_is_enough_to_ask_the_other_nothing_of_illness() -> None:
    found = _asked(WELL)
    sick = [parent for parent in ("father", "mother") if f"{parent}_illness" in found]
    assert len(sick) == 1


def test_a_group_that_is_met_is_asked_no_further() -> None:
    found = _asked({**WELL, "household_assistance": "dibao"}, "hardship_family")
    assert found[-1] == "household_assistance"
    assert "family_poverty_hardship" not in found


def _first_with_screen(said: dict[str, Any], fact: str) -> eligibility.Question:
    while question := eligibility.next_question(said, ON):
        if question.screen and fact in question.screen.facts:
            return question
        said[question.fact] = WELL.get(question.fact, MODEL.facts[question.fact].default)
    raise AssertionError(f"no screen asks for {fact}")


def test_one_tap_says_that_a_parent_has_no_disability_at_all() -> None:
    said: dict[str, Any] = {}
    screen = _first_with_screen(said, "father_disab_physical").screen
    assert screen is not None
    assert screen.text == "孩子的父亲有没有下面的残疾？"
    none, *kinds, unknown, rather_not = screen.choices
    assert none.facts == dict.fromkeys(screen.facts, "none")
    assert [kind.follow for kind in kinds] == list(screen.facts)
    assert unknown.facts == rather_not.facts == dict.fromkeys(screen.facts, "unknown")
    said |= none.facts
    assert not {question for question in _asked({**WELL, **said}) if "mother_disab" in question}


def test_after_one_disability_the_others_are_asked_for_together_again() -> None:
    said: dict[str, Any] = {}
    _first_with_screen(said, "father_disab_physical")
    said["father_disab_physical"] = "g3"
    screen = _first_with_screen(said, "father_disab_visual").screen
    assert screen is not None
    assert screen.text == "孩子的父亲另外还有没有下面的残疾？"
    assert "father_disab_physical" not in screen.facts


def test_every_askable_fact_has_its_turn_and_the_data_names_no_other() -> None:
    data = policy_data.read("eligibility_asking")
    general = {wording.general(MODEL.facts[fact]) for fact in MODEL.askable}
    turns = [fact for stage in data["order"] for fact in stage["facts"]]
    assert (len(turns), set(turns)) == (len(set(turns)), general)
    known = {wording.general(fact) for fact in MODEL.facts.values()}
    assert {*data["likely"], *data["supply"]} <= known
    assert {fact for screen in data["screens"] for fact in screen["facts"]} <= general
    assert set(policy_data.read("eligibility_words")["names"]) == known


def test_a_check_asks_hardly_more_than_the_least_and_far_less_than_everything() -> None:
    """The figures of `make eval` on every ninth worked case."""
    counted = [measured.count(case) for case in list(measured.cases())[::9]]
    assert statistics.median(one.facts - one.least for one in counted) <= 2
    assert statistics.median(one.questions - one.least for one in counted) <= 2
    assert sum(one.questions for one in counted) <= 0.6 * sum(one.every for one in counted)


def test_not_met_is_only_said_when_nothing_open_could_change_it() -> None:
    open_still = eligibility.assess(FACTS["EC-134"], ON)
    assert open_still.unfinished("left_behind") == ()
    assert "household_assistance" in open_still.unfinished("hardship_family")
    assert set(open_still.unfinished("hardship")) > set(open_still.unfinished("hardship_self")) > set()
    assert eligibility.assess(FACTS["EC-001"], ON).unfinished("left_behind") == ()
