from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care import alerting, calendar, reports
from tests.care.telling import CHAIN, TELLINGS

AT_TEN = datetime(2026, 11, 23, 10, 0, tzinfo=calendar.ZONE)
EVERYBODY_AT_ONCE = ["child_director", "child_supervisor", "duty_officer", "county_caseworker"]


def _plan(**told: Any) -> list[tuple[str, str, float, str]]:
    """Kind, role, minutes after receipt, reason."""
    triage = reports.triage({"received_at": AT_TEN, **told})
    return [
        (step.kind, step.role, (step.at - AT_TEN) / timedelta(minutes=1), step.reason)
        for step in alerting.plan(triage, AT_TEN)
    ]


def test_an_s0_is_told_to_all_levels_at_once_and_goes_up_within_a_quarter_of_an_hour() -> None:
    assert _plan(signs=["beaten_now"]) == [
        *(("alert", role, 0, "parallel") for role in EVERYBODY_AT_ONCE),
        ("repeat", alerting.EVERYBODY, 2, "no_ack"),
        ("escalate", "prefecture_duty", 10, "to_prefecture_without_ack"),
        ("escalate", "province_duty", 15, "to_province_without_ack"),
    ]


def test_an_s1_goes_up_after_one_hour_and_two() -> None:
    assert _plan(signs=["beaten"])[4:] == [
        ("repeat", alerting.EVERYBODY, 10, "no_ack"),
        ("escalate", "prefecture_duty", 60, "to_prefecture_without_ack"),
        ("escalate", "province_duty", 120, "to_province_without_ack"),
    ]


def test_a_conflicted_duty_officer_above_never_joins() -> None:
    told = {role for _, role, _, _ in _plan(signs=["beaten"], conflicted=["prefecture_duty"])}
    assert told == {*EVERYBODY_AT_ONCE, "province_duty", alerting.EVERYBODY}


def test_who_was_alerted_at_once_does_not_join_again() -> None:
    steps = _plan(signs=["beaten"], bound=["prefecture_duty", "province_duty"])
    assert [role for _, role, _, _ in steps if role != alerting.EVERYBODY] == ["prefecture_duty", "province_duty"]


def test_somebody_bound_only_later_may_still_join_when_the_moment_comes() -> None:
    steps = _plan(signs=["beaten_now"], bound=["child_director", "duty_officer"])
    assert [role for kind, role, _, _ in steps if kind == "escalate"] == ["prefecture_duty", "province_duty"]


def test_a_ladder_climbs_in_open_hours_for_s2() -> None:
    hour = 60
    assert _plan(signs=["out_of_school"]) == [
        ("alert", "child_director", 0, "ladder"),
        ("escalate", "child_supervisor", 4 * hour, "ack_child_director"),
        ("escalate", "county_caseworker", 8 * hour, "ack_child_supervisor"),
    ]


def test_a_ladder_skips_who_is_not_bound_or_is_conflicted() -> None:
    assert [role for _, role, _, _ in _plan(signs=["out_of_school"], conflicted=["child_supervisor"])] == [
        "child_director",
        "county_caseworker",
    ]
    assert _plan(signs=["out_of_school"], bound=["prefecture_duty"]) == [("alert", "prefecture_duty", 0, "ladder")]


def test_a_question_of_policy_is_told_to_nobody() -> None:
    assert _plan(signs=["policy_question"]) == []


@pytest.mark.parametrize(("severity", "minutes"), [("S0", 2), ("S1", 10)])
def test_an_alert_is_repeated_at_its_own_pace(severity: str, minutes: int) -> None:
    assert alerting.next_repeat(severity, AT_TEN) == AT_TEN + timedelta(minutes=minutes)


@pytest.mark.parametrize("severity", ["S2", "S3", "S4"])
def test_what_climbs_a_ladder_is_not_repeated(severity: str) -> None:
    assert alerting.next_repeat(severity, AT_TEN) is None


def test_the_deadlines_say_by_when_whom_must_have_acted() -> None:
    triage = reports.triage({"signs": ["beaten_now"], "received_at": AT_TEN})
    assert alerting.deadlines(triage) == (
        alerting.Step(alerting.EVERYBODY, "deadline", AT_TEN + timedelta(minutes=5), "human_takeover"),
    )
    ladder = alerting.deadlines(reports.triage({"signs": ["psych_concern"], "received_at": AT_TEN}))
    assert [(step.reason, step.role, f"{step.at:%m-%d %H:%M}") for step in ladder] == [
        ("ack_child_director", "child_director", "11-24 23:59"),
        ("ack_child_supervisor", "child_supervisor", "11-25 23:59"),
        ("ack_county_caseworker", "county_caseworker", "11-26 23:59"),
        ("first_action", "child_director", "11-26 23:59"),
    ]


@given(TELLINGS)
def test_the_plan_agrees_with_the_deadlines_and_with_whom_triage_reaches(told: dict[str, Any]) -> None:
    triage = reports.triage(told)
    steps = alerting.plan(triage, AT_TEN)
    assert [step.at for step in steps] == sorted(step.at for step in steps)
    assert tuple(step.role for step in steps if step.kind == "alert") == triage.alert
    for step in steps:
        if step.kind == "escalate":
            due = triage.deadlines[step.reason]
            assert step.at == (due if isinstance(due, datetime) else calendar.end_of(due))
    told_roles = [step.role for step in steps if step.kind != "repeat"]
    assert len(told_roles) == len(set(told_roles))


@given(TELLINGS, st.sets(st.sampled_from(CHAIN)))
def test_nobody_conflicted_is_in_the_plan(told: dict[str, Any], conflicted: set[str]) -> None:
    steps = alerting.plan(reports.triage({**told, "conflicted": sorted(conflicted)}), AT_TEN)
    assert not conflicted & {step.role for step in steps}


@pytest.mark.parametrize(
    ("received", "answer"),
    [
        ("2026-09-30T10:00+08:00", "2026-10-13"),
        ("2026-09-29T17:30+00:00", "2026-10-13"),
        ("2026-10-09T10:00+08:00", "2026-10-15"),
        ("2026-10-10T10:00+08:00", "2026-10-16"),
    ],
)
def test_five_workdays_to_answer_an_s4_skip_the_holiday_and_count_the_worked_saturday(
    received: str, answer: str
) -> None:
    """2026: the seven days of 国庆 are free, Saturday the 10th of October is worked; days are those of Jilin."""
    triage = reports.triage({"received_at": datetime.fromisoformat(received), "signs": []})
    assert (triage.severity, str(triage.deadlines["answer"])) == ("S4", answer)
