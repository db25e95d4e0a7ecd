from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import shipped
from bot.care import calendar, contact, weeks

CASES = shipped.content(Path(__file__).parent / "contact_cases.yml")
WEEK = {"prompted_at": "2026-11-26T19:00", "repeats": 0, "answer": "none", "delivered": "yes"}


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=calendar.ZONE)


def _next(now: str, **history: Any) -> contact.Step:
    return contact.next_step({"parent": "P1", "children": ["C1"], **history}, _at(now))


def _comparable(expect: dict[str, Any]) -> dict[str, Any]:
    """The key as a set, moments as text (the file's own rule)."""
    due = expect["due"]
    return {
        **expect,
        "key": set(expect["key"]) if expect["key"] else None,
        "due": due.isoformat()[:16] if isinstance(due, datetime | date) else due,
    }


def test_the_case_file_holds_as_many_cases_as_it_says() -> None:
    assert len(CASES["cases"]) == CASES["meta"]["count"]


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: f"{case['id']} {case['vignette_zh']}")
def test_a_worked_case_has_the_next_step_written_for_it(case: dict[str, Any]) -> None:
    history = {key: value for key, value in case["history"].items() if key != "now"}
    step = contact.next_step(history, _at(str(case["history"]["now"])[:16].replace(" ", "T")))
    assert _comparable(step.as_dict()) == _comparable(case["expect"])


def test_a_parent_abroad_is_asked_in_the_evening_there() -> None:
    step = _next("2026-11-23T10:00", chosen={"weekday": 4, "time": "19:00", "zone": "Asia/Tokyo"})
    assert step.due == _at("2026-11-26T18:00")


def test_a_sunday_evening_west_of_china_is_still_inside_the_week() -> None:
    step = _next("2026-11-23T00:30", chosen={"weekday": 7, "time": "19:00", "zone": "America/New_York"})
    assert step.due == _at("2026-11-23T08:00")


def test_what_would_fall_into_the_night_of_the_parents_place_waits_for_the_morning_there() -> None:
    step = _next("2026-11-27T09:00", chosen={"zone": "Europe/Rome"})
    assert step.due == _at("2026-11-27T15:00")


@pytest.mark.parametrize("history", [{"open_task": "child_director"}, {"open_task": "child_supervisor"}])
def test_a_task_that_is_open_is_not_opened_twice(history: dict[str, Any]) -> None:
    step = _next("2026-11-23T10:00", said=["no_contact_by_child_or_carer"], past_weeks=["none"] * 3, **history)
    assert step.step == "softer_prompt"


def test_a_reminder_asked_for_a_night_at_the_weeks_end_is_not_sent_in_the_next_week() -> None:
    asked = {**WEEK, "answer": "not_contacted", "remind_at": "2026-11-29T22:00"}
    assert _next("2026-11-28T09:00", this_week=asked).reason == "week_over"


def test_a_called_parent_who_did_nothing_is_told_to_the_supervisor_even_if_he_replied() -> None:
    notice = {"sent_at": "2026-11-23T18:00", "replied": "yes", "director_called": "yes", "acted": "no"}
    assert _next("2026-11-25T10:00", abnormality=notice).step == "tell_supervisor"


def test_a_parent_under_a_protection_order_who_tells_of_danger_is_heard() -> None:
    assert _next("2026-11-25T23:10", prompt_allowed="no", said=["urgent_words"]).step == "emergency_p1"


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("stopped", True),
        ("past_weeks", ["missed"]),
        ("past_weeks", "none"),
        ("moods", ["bad"]),
        ("children", []),
        ("chosen", {"weekday": 0}),
        ("chosen", {"time": "25:00"}),
        ("chosen", {"zone": "Mars/Base"}),
        ("this_week", {"answer": "maybe"}),
        ("abnormality", {"sent_at": "yesterday"}),
    ],
)
def test_a_wrong_value_is_named_and_never_taken_for_silence(key: str, wrong: Any) -> None:
    with pytest.raises(ValueError, match=key):
        _next("2026-11-23T10:00", **{key: wrong})


HISTORIES = st.fixed_dictionaries(
    {},
    optional={
        "past_weeks": st.lists(st.sampled_from(["contacted", "none"]), max_size=6),
        "stopped": st.sampled_from(["yes", "no"]),
        "prompt_allowed": st.sampled_from(["yes", "no"]),
        "open_task": st.sampled_from(["none", "child_director", "child_supervisor"]),
        "dialogue_open": st.sampled_from(["yes", "no"]),
        "moods": st.lists(st.sampled_from(["good", "so_so", "low", "unsure"]), max_size=4),
        "chosen": st.fixed_dictionaries(
            {
                "weekday": st.integers(1, 7),
                "time": st.sampled_from(["00:00", "07:59", "12:30", "20:59", "23:30"]),
                "zone": st.sampled_from(["Asia/Shanghai", "Asia/Seoul", "America/Los_Angeles", "Pacific/Kiritimati"]),
            }
        ),
        "this_week": st.fixed_dictionaries(
            {
                "prompted_at": st.just("2026-11-24T09:00"),
                "repeats": st.integers(0, 2),
                "answer": st.sampled_from(["none", "contacted", "not_contacted", "half_done"]),
                "delivered": st.sampled_from(["yes", "failed", "blocked"]),
            },
            optional={"remind_at": st.just("2026-11-28T23:00")},
        ),
    },
)
NOW = st.integers(0, 7 * 24 * 60 - 1).map(lambda minutes: _at("2026-11-23T00:00") + timedelta(minutes=minutes))


@given(HISTORIES, NOW)
def test_nothing_is_sent_to_a_parent_in_his_night_in_the_past_or_after_the_week(
    history: dict[str, Any], now: datetime
) -> None:
    step = contact.next_step({"parent": "P1", "children": ["C1"], **history}, now)
    if step.actor != "system":
        return
    assert isinstance(step.due, datetime)
    zone = history.get("chosen", {}).get("zone", "Asia/Shanghai")
    assert not calendar.is_quiet(
        step.due, contact.read({"parent": "P", "children": ["C"], "chosen": {"zone": zone}}).zone
    )
    assert step.due >= now
    assert step.due < weeks.end(now) or step.step == "ask_talk_with_director"


@given(HISTORIES, NOW)
def test_who_must_not_be_asked_or_has_stopped_is_sent_no_weekly_question(
    history: dict[str, Any], now: datetime
) -> None:
    for kept in ({"prompt_allowed": "no"}, {"stopped": "yes"}):
        step = contact.next_step({"parent": "P1", "children": ["C1"], **history, **kept}, now)
        assert not any(key.startswith("contact:") for key in step.keys)
