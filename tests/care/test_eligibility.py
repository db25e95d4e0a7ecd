from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.care import eligibility, model, policy_data
from tests.care.children import CASES, FACTS, ON

SETS = ("matched", "pending", "unasked")
BOTH_AWAY = FACTS["EC-001"]


def _day(case: dict[str, Any]) -> date:
    return date.fromisoformat(case["facts"].get("assessment_date", CASES["meta"]["assessment_date_default"]))


def _comparable(found: dict[str, Any]) -> dict[str, Any]:
    """Lists are compared as sets (the file's own rule)."""
    plain = {key: set(value) if key in SETS else value for key, value in found.items()}
    if "unasked_by" in plain:
        plain["unasked_by"] = {result: set(facts) for result, facts in plain["unasked_by"].items()}
    return plain


def _result(result: str, on: date = ON, **facts: object) -> str:
    return eligibility.assess({**BOTH_AWAY, **facts}, on).results[result]


def test_the_case_file_holds_as_many_cases_as_it_says_for_the_model_in_force() -> None:
    assert len(CASES["cases"]) == CASES["meta"]["count"]
    assert CASES["meta"]["for_model"].split()[-1] == model.in_force(date(2026, 11, 23)).version


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: f"{case['id']} {case['vignette_zh']}")
def test_a_worked_case_is_assessed_as_written(case: dict[str, Any]) -> None:
    found = eligibility.assess(case["facts"], _day(case)).as_dict()
    expect = {"benefit_flags": {"REF_ORPHAN": "not_eligible"}, **case["expect"]}
    cited = {*found["citations"], *(cite for entry in found["considered_not_met"] for cite in entry["cites"])}
    assert set(expect.pop("must_cite")) <= cited
    assert _comparable({key: found[key] for key in expect}) == _comparable(expect)
    assert list(found) == list(policy_data.read("eligibility")["output_schema"])


@pytest.mark.parametrize(
    ("age", "left_behind", "hardship"),
    [
        (15, "eligible", "eligible"),
        (16, "not_eligible", "eligible"),
        (17, "not_eligible", "eligible"),
        (18, "not_eligible", "not_eligible"),
        ("unknown", "needs_verification", "needs_verification"),
    ],
)
def test_the_age_ends_left_behind_at_16_and_hardship_at_18(age: object, left_behind: str, hardship: str) -> None:
    facts = {"child_age_years": age, "household_assistance": "dibao"}
    assert (_result("left_behind", **facts), _result("hardship", **facts)) == (left_behind, hardship)


@pytest.mark.parametrize(("years", "result"), [(16, "left_behind"), (18, "hardship_family")])
@pytest.mark.parametrize("birthday", [(6, 15), (2, 28), (12, 31), (1, 1)])
def test_a_birthday_still_counts_as_a_year_less_and_the_day_after_does_not(
    years: int, result: str, birthday: tuple[int, int]
) -> None:
    born, turns = date(2008, *birthday), date(2008 + years, *birthday)
    facts = {"child_birth_date": born, "household_assistance": "dibao"}
    assert _result(result, turns, **facts) == "eligible"
    assert _result(result, turns + timedelta(days=1), **facts) == "not_eligible"


def test_who_is_born_on_29_february_has_a_birthday_on_the_28th_in_common_years() -> None:
    assert _result("left_behind", date(2028, 2, 28), child_birth_date=date(2012, 2, 29)) == "eligible"
    assert _result("left_behind", date(2028, 3, 1), child_birth_date=date(2012, 2, 29)) == "not_eligible"
    poor = {"child_birth_date": "2012-02-29", "household_assistance": "dibao"}
    assert _result("hardship", date(2030, 2, 28), **poor) == "eligible"
    assert _result("hardship", date(2030, 3, 1), **poor) == "not_eligible"


@pytest.mark.parametrize(
    ("months", "expected"), [(5, "not_eligible"), (6, "eligible"), ("unknown", "needs_verification")]
)
def test_six_months_away_count_and_five_do_not(months: object, expected: str) -> None:
    assert _result("left_behind", father_away_months=months) == expected
    again = {"father_home_stays": "long_return", "father_away_months": 30, "father_months_since_return": months}
    assert _result("left_behind", **again) == expected


@pytest.mark.parametrize(
    ("left", "counts"),
    [
        ((2026, 6, 1), (2026, 12, 1)),
        ((2026, 8, 31), (2027, 2, 28)),
        ((2026, 3, 31), (2026, 9, 30)),
        ((2027, 8, 31), (2028, 2, 29)),
        ((2026, 12, 30), (2027, 6, 30)),
    ],
)
@pytest.mark.parametrize("again", [False, True])
def test_six_months_are_full_on_the_corresponding_day_or_the_end_of_the_month(
    left: tuple[int, int, int], counts: tuple[int, int, int], again: bool
) -> None:
    day, full = date(*left), date(*counts)
    facts = {"father_departure_date": day}
    if again:
        facts = {"father_home_stays": "long_return", "father_return_date": day, "father_departure_date": "2020-01-01"}
    assert _result("left_behind", full - timedelta(days=1), **facts) == "not_eligible"
    assert _result("left_behind", full, **facts) == "eligible"
    assert eligibility.recheck_on({**BOTH_AWAY, **facts}, full - timedelta(days=1)) == full


def test_a_known_day_overrides_a_told_number_and_a_day_to_come_is_no_time_away() -> None:
    assert _result("left_behind", father_away_months=30, father_departure_date="2026-11-01") == "not_eligible"
    assert _result("left_behind", father_away_months=30, father_departure_date="unknown") == "eligible"
    assert _result("left_behind", father_departure_date="2027-01-01") == "not_eligible"


def test_of_a_told_number_of_months_only_about_how_long_can_be_said() -> None:
    facts = {**BOTH_AWAY, "father_away_months": 4}
    assert eligibility.recheck_on(facts, ON) is None
    assert eligibility.recheck_in_months(facts, ON) == 2
    assert eligibility.recheck_in_months(BOTH_AWAY, ON) is None


def test_one_fact_otherwise_shows_what_a_result_hangs_on() -> None:
    changes = {(one.fact, one.value): one.results for one in eligibility.what_would_change(BOTH_AWAY, ON)}
    assert changes["father_away_months", 5] == {"left_behind": ("eligible", "not_eligible")}
    assert ("father_away_months", 6) not in changes
    assert changes["household_assistance", "dibao"]["hardship"] == ("not_eligible", "eligible")
    assert {fact for fact, _ in changes}.isdisjoint({"child_hiv", "harm_type", "rescued_from_trafficking"})
    only = eligibility.what_would_change(BOTH_AWAY, ON, "left_behind")
    assert {result for one in only for result in one.results} == {"left_behind"}


def test_what_cannot_be_true_together_is_asked_about_and_still_assessed() -> None:
    facts = {"father_life_status": "dead", "father_away_status": "away_for_work", "father_custody": "imprisoned"}
    found = eligibility.contradictions(facts, ON)
    assert [one.facts for one in found] == [
        ("father_life_status", "father_away_status"),
        ("father_life_status", "father_custody"),
    ]
    assert all("父亲" in one.text for one in found)
    again = {"mother_home_stays": "long_return", "mother_away_months": 3, "mother_months_since_return": 4}
    assert [one.facts for one in eligibility.contradictions(again, ON)] == [
        ("mother_away_months", "mother_months_since_return")
    ]
    assert eligibility.contradictions({**again, "mother_months_since_return": 3}, ON) == ()
    assert eligibility.assess(facts, ON).results["left_behind"] != "eligible"
