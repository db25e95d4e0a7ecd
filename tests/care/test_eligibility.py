from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.care import eligibility, model

CASES = yaml.safe_load((Path(__file__).parent / "eligibility_cases.yml").read_text(encoding="utf-8"))
SETS = ("matched", "pending", "unasked")


def _day(case: dict[str, Any]) -> date:
    return date.fromisoformat(case["facts"].get("assessment_date", CASES["meta"]["assessment_date_default"]))


def _comparable(found: dict[str, Any]) -> dict[str, Any]:
    """Lists are compared as sets (the file's own rule)."""
    plain = {key: set(value) if key in SETS else value for key, value in found.items()}
    if "unasked_by" in plain:
        plain["unasked_by"] = {result: set(facts) for result, facts in plain["unasked_by"].items()}
    return plain


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
