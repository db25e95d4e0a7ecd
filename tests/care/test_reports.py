from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.care import reports

CASES = yaml.safe_load((Path(__file__).parent / "reports_cases.yml").read_text())
LISTS = ("categories", "route_primary", "route_cc", "alert", "gaps", "notify")


def _comparable(expect: dict[str, Any]) -> dict[str, Any]:
    """Lists are compared as sets, deadlines as texts (the file's own rule)."""
    found = {key: set(value) if key in LISTS else value for key, value in expect.items()}
    if "deadlines" in found:
        found["deadlines"] = {name: _text(value) for name, value in found["deadlines"].items()}
    return found


def _text(value: object) -> str:
    return value.isoformat()[:16] if isinstance(value, datetime | date) else str(value)


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: f"{case['id']} {case['vignette_zh']}")
def test_a_worked_case_is_triaged_as_written(case: dict[str, Any]) -> None:
    told = dict(case["told"])
    told["received_at"] = _text(told["received_at"])
    assert _comparable(reports.triage(told).as_dict()) == _comparable(case["expect"])


@pytest.mark.parametrize("case", CASES["transition_cases"], ids=lambda case: f"{case['id']} {case['event']}")
def test_a_worked_move_is_allowed_or_refused_as_written(case: dict[str, Any]) -> None:
    made = reports.move(case["state"], case["event"], case["actor"], case["told"])
    assert _comparable(made.as_dict()) == _comparable(case["expect"])


SIGNS = st.lists(st.sampled_from(sorted(reports.sign_ids())), max_size=5, unique=True)
TOLD = st.fixed_dictionaries(
    {"signs": SIGNS},
    optional={
        "danger_now": st.sampled_from(["yes", "no", "unknown"]),
        "injured_now": st.sampled_from(["yes", "no", "unknown"]),
        "other_adult_cares": st.sampled_from(["yes", "no", "unknown"]),
        "reporter_type": st.sampled_from(reports.allowed_values("reporter_type")),
        "suspect_relation": st.sampled_from(reports.allowed_values("suspect_relation")),
        "unit": st.sampled_from(reports.allowed_values("unit")),
        "child_sex": st.sampled_from(["female", "male", "unknown"]),
        "child_age_years": st.one_of(st.just("unknown"), st.integers(0, 17)),
        "place_known": st.sampled_from(["village", "township", "county", "prefecture", "none"]),
        "conflicted": st.lists(
            st.sampled_from(["child_director", "child_supervisor", "county_caseworker", "duty_officer"]), unique=True
        ),
        "received_at": st.just("2026-11-23T10:00"),
    },
)


@given(TOLD, st.sampled_from(sorted(reports.sign_ids())))
def test_one_more_sign_never_makes_a_report_less_urgent(told: dict[str, Any], sign: str) -> None:
    more = {**told, "signs": sorted({*told["signs"], sign})}
    assert reports.triage(more).severity <= reports.triage(told).severity


@given(TOLD)
def test_not_knowing_who_else_cares_never_makes_a_report_less_urgent(told: dict[str, Any]) -> None:
    unknown = {**told, "other_adult_cares": "unknown"}
    assert reports.triage(unknown).severity <= reports.triage(told).severity


@given(TOLD)
def test_nobody_conflicted_is_routed_to_alerted_or_named(told: dict[str, Any]) -> None:
    triage = reports.triage(told)
    for role in told.get("conflicted", ()):
        assert role not in {*triage.route_primary, *triage.route_cc, *triage.alert, *triage.gaps}
        assert f"ack_{role}" not in triage.deadlines


def test_a_wrong_value_is_named_with_the_values_allowed() -> None:
    with pytest.raises(ValueError, match="danger_now is 'maybe'; allowed: yes, no, unknown"):
        reports.triage({"danger_now": "maybe"})
    with pytest.raises(ValueError, match="unknown ids: ghosts"):
        reports.triage({"signs": ["ghosts"]})
