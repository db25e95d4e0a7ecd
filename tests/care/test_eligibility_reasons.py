"""What a result is explained with: facts, clauses word for word, papers to bring, who can supply what is missing."""

from __future__ import annotations

from typing import Any

import pytest

from bot.care import clauses, eligibility, policy_data
from bot.care.model import RESULTS
from tests.care.children import CASES, FACTS, MODEL, ON

VERBATIM = {entry["id"]: entry["quotes"] for entry in policy_data.read("clauses")["clauses"]}


def _reason(case: str, result: str, code: str) -> eligibility.Reason:
    reasons = eligibility.explain(FACTS[case], ON).reasons[result]
    return next(reason for reason in reasons if reason.code == code)


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["id"])
def test_every_quoted_phrase_is_verbatim_and_no_unverified_source_is_quoted(case: dict[str, Any]) -> None:
    explained = eligibility.explain(case["facts"], ON)
    quoted = [quote for reasons in explained.reasons.values() for reason in reasons for quote in reason.quotes]
    assert all(clauses.quotable(quote.id) for quote in quoted)
    assert all(list(quote.phrases) == VERBATIM.get(quote.id, []) for quote in quoted)
    assert all(quote.title == clauses.source(quote.id).title_zh for quote in quoted if not quote.phrases)
    plain = [reason for reasons in explained.as_dict().values() for reason in reasons]
    assert all(clauses.quotable(cite) for reason in plain for ground in reason["grounds"] for cite in ground["cites"])


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["id"])
def test_every_result_is_explained_by_rules_of_the_same_outcome(case: dict[str, Any]) -> None:
    explained = eligibility.explain(case["facts"], ON)
    made = explained.assessment
    assert made == eligibility.assess(case["facts"], ON)
    for result in RESULTS:
        reasons = explained.reasons[result]
        assert reasons[0].outcome == made.results[result]
        assert all(reason.grounds for reason in reasons)
        assert all(reason.quotes for reason in reasons)
    met = {reason.code for reasons in explained.reasons.values() for reason in reasons if reason.outcome == "eligible"}
    assert met == set(made.matched)


def test_what_is_met_names_the_facts_and_quotes_the_clause() -> None:
    reason = _reason("EC-001", "left_behind", "LB")
    assert ("父亲在家还是在外", "在外地打工", "told") in [(one.name, one.said, one.origin) for one in reason.grounds]
    assert "外出务工时限一般指连续6个月以上" in reason.quotes[1].phrases
    assert "离家日期" in reason.evidence


def test_what_is_not_met_names_the_fact_that_was_told_against_it_and_asks_for_no_papers() -> None:
    reason = _reason("EC-074", "left_behind", "LB")
    assert [(one.fact, one.said, one.origin, one.derived_from) for one in reason.grounds] == [
        ("child_age_years", "16岁", "derived", "child_birth_date")
    ]
    assert [quote.id for quote in reason.quotes] == ["JL-2.1.1"]
    assert reason.evidence == ()


def test_what_is_open_says_which_fact_is_missing_and_who_can_supply_it() -> None:
    reason = _reason("EC-052", "hardship_guardianship", "GUARD.1")
    assert [(one.fact, one.open) for one in reason.grounds] == [("mother_life_status", True)]
    assert "公安机关" in reason.grounds[0].suppliers
    assert reason.evidence
    closed = _reason("EC-001", "left_behind", "LB")
    assert not any(one.suppliers for one in closed.grounds)


def test_a_fact_nobody_asked_about_is_not_passed_off_as_told() -> None:
    reason = _reason("EC-001", "left_behind", "LB")
    assert ("child_lives_with_away_parent", "default") in [(one.fact, one.origin) for one in reason.grounds]


def test_every_rule_and_predicate_of_the_model_cites_what_exists_and_rules_can_be_quoted() -> None:
    for rule in MODEL.rules.values():
        assert any(clauses.quotable(cite) for cite in rule.cites), rule.code
    for cites in MODEL.cited.values():
        assert all(clauses.source(cite) for cite in cites)


def test_wrong_facts_are_all_named_at_once_with_what_is_allowed() -> None:
    wrong = {
        "father_live_status": "alive",
        "mother_life_status": "fine",
        "child_age_years": "nine",
        "father_away_months": -1,
        "father_departure_date": "2026-02-30",
        "child_birth_date": "2027-01-01",
    }
    with pytest.raises(eligibility.WrongFacts) as refused:
        eligibility.assess({**wrong, "child_age_years": "nine"}, ON)
    said = refused.value.problems
    assert set(said) == set(wrong)
    assert "father_life_status" in said["father_live_status"]
    assert "alive（健在）" in said["mother_life_status"]
    assert "孩子的年龄" in said["child_age_years"]
    assert "0 到 1200" in said["father_away_months"]
    assert "2026-03-01" in said["father_departure_date"]
    assert "2026-11-23" in said["child_birth_date"]


@pytest.mark.parametrize(
    ("fact", "right", "wrong"),
    [
        ("child_age_years", [0, 150, "unknown", None], [-1, 151, True, 9.0, "9"]),
        ("father_away_months", [0, 1200], [1201]),
        ("child_birth_date", ["2026-11-23", ON, "unknown"], ["2026-11-24", "1899-12-31", "23.11.2026", 20261123]),
        ("father_departure_date", ["2026-11-24", "2200-12-31"], ["2201-01-01", True]),
        ("household_assistance", ["none", None], ["None", "", ["dibao"], False]),
    ],
)
def test_both_sides_of_what_a_fact_may_be(fact: str, right: list[Any], wrong: list[Any]) -> None:
    for value in right:
        eligibility.assess({fact: value}, ON)
    for value in wrong:
        with pytest.raises(eligibility.WrongFacts):
            eligibility.assess({fact: value}, ON)


def test_never_asked_and_none_are_the_same_and_unknown_is_not() -> None:
    never = {**FACTS["EC-001"], "household_assistance": None}
    assert eligibility.assess(never, ON) == eligibility.assess(FACTS["EC-001"], ON)
    unknown = {**never, "household_assistance": "unknown"}
    assert eligibility.assess(unknown, ON).results["hardship"] == "needs_verification"


@pytest.mark.parametrize("given", ["child_hiv", "child_hlv"])
def test_what_is_confidential_is_not_named_in_an_error(given: str) -> None:
    with pytest.raises(eligibility.WrongFacts) as refused:
        eligibility.assess({given: "perhaps"}, ON)
    assert "hiv" not in str(refused.value.problems)
    assert "艾滋" not in str(refused.value.problems)
