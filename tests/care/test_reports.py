from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import shipped
from bot.care import catalogue, policy_data, reports, roles
from tests.care.telling import CHAIN, SIGN_IDS, TELLINGS

CASES = shipped.content(Path(__file__).parent / "reports_cases.yml")
LISTS = ("categories", "route_primary", "route_cc", "alert", "gaps", "notify")
RECEIVED = {"received_at": "2026-11-23T10:00"}
ROWS = policy_data.read("reports")["transitions"]


def _comparable(expect: dict[str, Any]) -> dict[str, Any]:
    """Lists are compared as sets, deadlines as texts (the file's own rule)."""
    found = {key: set(value) if key in LISTS else value for key, value in expect.items()}
    if "deadlines" in found:
        found["deadlines"] = {name: _text(value) for name, value in found["deadlines"].items()}
    return found


def _text(value: object) -> str:
    return value.isoformat()[:16] if isinstance(value, datetime | date) else str(value)


def test_the_case_file_holds_as_many_cases_as_it_says() -> None:
    meta = CASES["meta"]
    assert (len(CASES["cases"]), len(CASES["transition_cases"])) == (meta["count"], meta["transition_count"])


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: f"{case['id']} {case['vignette_zh']}")
def test_a_worked_case_is_triaged_as_written(case: dict[str, Any]) -> None:
    told = {**case["told"], "received_at": _text(case["told"]["received_at"])}
    assert _comparable(reports.triage(told).as_dict()) == _comparable(case["expect"])


@given(TELLINGS)
def test_the_severity_asked_for_alone_is_that_of_the_whole_however_often_it_is_asked(told: dict[str, Any]) -> None:
    assert reports.severity_of(told) == reports.severity_of({**told, "of_no_rule": {}}) == reports.triage(told).severity


@pytest.mark.parametrize("case", CASES["transition_cases"], ids=lambda case: f"{case['id']} {case['event']}")
def test_a_worked_move_is_allowed_or_refused_as_written(case: dict[str, Any]) -> None:
    made = reports.move(case["state"], case["event"], case["actor"], case["told"])
    assert _comparable(made.as_dict()) == _comparable(case["expect"])


@given(TELLINGS, st.sampled_from(SIGN_IDS))
def test_one_more_sign_never_makes_a_report_less_urgent(told: dict[str, Any], sign: str) -> None:
    more = {**told, "signs": sorted({*told.get("signs", ()), sign})}
    assert reports.triage(more).severity <= reports.triage(told).severity


GUARDIAN = {"guardian_not_performing", "guardian_lost_capacity"}  # S2 while another reliable adult cares (AMB-13)
HARMS = [sign["id"] for sign in policy_data.read("reports")["signs"] if sign["harm"] and sign["id"] not in GUARDIAN]


@pytest.mark.parametrize("others", [[], ["hardship"], ["policy_question", "out_of_school"]])
@pytest.mark.parametrize("age", [13, 14, 15, "unknown"])
@pytest.mark.parametrize("sex", ["female", "male", "unknown"])
def test_a_harm_is_at_least_s1_whatever_is_known_of_the_child_and_told_beside_it(
    sex: str, age: int | str, others: list[str]
) -> None:
    for harm in HARMS:
        triage = reports.triage({"signs": [harm, *others], "child_sex": sex, "child_age_years": age})
        assert triage.severity in ("S0", "S1"), harm
        assert "police" in triage.route_primary, harm


def test_a_sign_the_data_calls_s0_is_s0_even_if_no_rule_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    marked = {**catalogue.signs(), "hardship": {**catalogue.signs()["hardship"], "severity": "S0"}}
    monkeypatch.setattr(catalogue, "signs", lambda: marked)
    assert reports.triage({"signs": ["hardship"]}).severity == "S0"


@given(
    TELLINGS,
    st.sampled_from(["child_sex", "child_age_years", "other_adult_cares", "harm_tense", "suspect_relation", "unit"]),
)
def test_not_knowing_a_fact_never_makes_a_report_less_urgent(told: dict[str, Any], fact: str) -> None:
    assert reports.triage({**told, fact: "unknown"}).severity <= reports.triage(told).severity


@given(TELLINGS, st.sampled_from(["danger_now", "injured_now"]))
def test_not_knowing_of_danger_is_no_less_urgent_than_being_told_there_is_none(told: dict[str, Any], fact: str) -> None:
    unknown, denied = ({**told, fact: value} for value in ("unknown", "no"))
    assert reports.triage(unknown).severity <= reports.triage(denied).severity


@given(TELLINGS)
def test_nobody_conflicted_is_routed_to_alerted_or_named(told: dict[str, Any]) -> None:
    triage = reports.triage(told)
    reached = {*triage.route_primary, *triage.route_cc, *triage.alert, *triage.gaps, *triage.levels, *triage.joins}
    assert not set(told.get("conflicted", ())) & reached
    assert not {f"ack_{role}" for role in told.get("conflicted", ())} & set(triage.deadlines)


@pytest.mark.parametrize(
    ("conflicted", "absent"),
    [
        ("county_civil_affairs", {"county_civil_affairs", "county_caseworker", "duty_officer"}),
        ("county_caseworker", {"county_civil_affairs", "county_caseworker"}),
        ("school_focal", {"school"}),
        ("parent_guardian", {"guardian_if_safe"}),
    ],
)
def test_a_conflict_reaches_the_roles_behind_a_target_and_the_targets_of_a_role(
    conflicted: str, absent: set[str]
) -> None:
    triage = reports.triage({"signs": ["self_harm_words", "run_away"], "conflicted": [conflicted], **RECEIVED})
    assert not absent & {*triage.route_primary, *triage.route_cc, *triage.alert}


def test_one_conflicted_officer_does_not_silence_the_police() -> None:
    triage = reports.triage({"signs": ["beaten"], "conflicted": ["dept_focal"]})
    assert triage.route_primary == ("police",)


@given(TELLINGS)
def test_whatever_is_told_somebody_bound_and_not_conflicted_is_alerted(told: dict[str, Any]) -> None:
    told = {**told, "bound": list(CHAIN), "conflicted": []}
    triage = reports.triage(told)
    assert triage.alert or triage.mode == "answer"


def test_the_bot_answers_alone_only_what_is_a_question_about_the_policy() -> None:
    for sign in SIGN_IDS:
        assert (reports.triage({"signs": [sign]}).mode == "answer") == (sign == "policy_question")


def test_a_moment_keeps_the_zone_it_is_given_in() -> None:
    as_text = reports.triage({"signs": ["beaten"], "received_at": "2026-11-23T02:00+00:00"})
    as_moment = reports.triage({"signs": ["beaten"], "received_at": datetime(2026, 11, 23, 2, 0, tzinfo=UTC)})
    in_shanghai = reports.triage({"signs": ["beaten"], **RECEIVED})
    assert as_text.as_dict() == as_moment.as_dict() == in_shanghai.as_dict()


def test_without_a_moment_of_receipt_there_are_no_deadlines() -> None:
    assert reports.triage({"signs": ["beaten"]}).deadlines == {}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"danger_now": "maybe"}, "danger_now is 'maybe'; allowed: yes, no, unknown"),
        ({"danger_now": True}, "danger_now is True; allowed: yes, no, unknown"),
        ({"signs": ["ghosts"]}, "signs has unknown ids: ghosts; allowed: .*beaten_now"),
        ({"signs": "beaten"}, "signs is 'beaten'; allowed: a list of ids"),
        ({"conflicted": ["child_directer"]}, "conflicted has unknown ids: child_directer; allowed: .*child_director"),
        ({"bound": ["nobody"]}, "bound has unknown ids: nobody; allowed: .*duty_officer"),
        ({"child_age_years": -1}, "child_age_years is -1; allowed: whole years from 0 on, unknown"),
        ({"child_age_years": "ten"}, "child_age_years is 'ten'; allowed: whole years"),
        ({"received_at": "yesterday"}, "received_at is 'yesterday'; allowed: an aware datetime or ISO text"),
        ({"received_at": 5}, "received_at is 5; allowed: an aware datetime or ISO text"),
        ({"received_at": datetime(2026, 11, 23, 10)}, "received_at is .*; allowed: an aware datetime"),  # noqa: DTZ001
    ],
)
def test_a_wrong_value_is_named_with_the_values_allowed(told: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        reports.triage(told)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"severity": "s0"}, "severity is 's0'; allowed: S0, S1, S2, S3, S4"),
        ({"actor_conflicted": True}, "actor_conflicted is True; allowed: yes, no"),
        ({"receiver_is_holder": "Yes"}, "receiver_is_holder is 'Yes'; allowed: yes, no, unknown"),
        ({"reason": 7}, "reason is 7; allowed: text"),
    ],
)
def test_a_wrong_value_of_a_move_never_passes_a_guard_unseen(told: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        reports.move("routed", "transfer", "duty_officer", told)


def test_each_state_and_event_has_one_row() -> None:
    pairs = [(state, row["event"]) for row in ROWS for state in row["from_states"]]
    assert len(pairs) == len(set(pairs)) == 76


def test_anyone_is_every_role_and_the_system_but_nobody_else() -> None:
    told = {"severity": "S0"}
    for actor in (*roles.ids(), "system"):
        assert reports.move("closed", "raise_emergency", actor, told).allowed
    assert reports.move("closed", "raise_emergency", "ghost", told).refusal == "actor_not_allowed"


STATES = sorted(state["code"] for state in policy_data.read("reports")["statuses"])
EVENTS = sorted({row["event"] for row in ROWS})
MOVES = st.fixed_dictionaries(
    {},
    optional={
        entry["id"]: st.sampled_from(entry["values"])
        for entry in policy_data.read("reports")["move_facts"]
        if "values" in entry
    }
    | {"reason": st.sampled_from(["", "  ", "情况已核实"])},
)


@given(st.sampled_from(STATES), st.sampled_from(EVENTS), st.sampled_from(sorted(roles.ids())), MOVES)
def test_a_move_is_made_or_refused_with_a_code_and_its_guard(
    state: str, event: str, actor: str, told: dict[str, Any]
) -> None:
    made = reports.move(state, event, actor, told)
    codes = {check["refusal"] for check in policy_data.read("reports")["move_order"]}
    if made.allowed:
        assert made.to_state in STATES
        assert made.refusal is None
    else:
        assert made.refusal in codes
        assert (made.guard_text is None) == (made.refusal == "no_such_move")
        assert (made.to_state, made.notify) == (None, ())


@given(st.sampled_from(STATES), st.sampled_from(EVENTS), st.sampled_from(sorted(roles.ids())), MOVES)
def test_a_conflicted_person_may_only_call_for_help_and_add_what_he_knows(
    state: str, event: str, actor: str, told: dict[str, Any]
) -> None:
    made = reports.move(state, event, actor, {**told, "actor_conflicted": "yes"})
    assert not made.allowed or event in ("raise_emergency", "add_information")


def test_an_emergency_can_be_raised_from_every_state() -> None:
    for state in STATES:
        assert reports.move(state, "raise_emergency", "citizen", {"severity": "S0"}).to_state == "emergency_handoff"
