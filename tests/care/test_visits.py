from __future__ import annotations

import calendar as months
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import shipped
from bot.care import parameters, visits

CASES = shipped.content(Path(__file__).parent / "visits_cases.yml")
DAYS = st.dates(date(2024, 1, 1), date(2034, 12, 31))


def _child(start: date, level: str, tags: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    return {
        "history": [{"on": start, "level": level, "tags": list(tags)}],
        "visits": [{"date": start, "kind": "home_visit"}],
        **more,
    }


def _comparable(expect: dict[str, Any]) -> dict[str, Any]:
    """`why_steps` as sets (the file's own rule)."""
    return {**expect, "why_steps": set(expect["why_steps"])}


def test_the_case_file_holds_as_many_cases_as_it_says() -> None:
    assert len(CASES["cases"]) == CASES["meta"]["count"]


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: f"{case['id']} {case['vignette_zh']}")
def test_a_worked_case_is_planned_as_written(case: dict[str, Any]) -> None:
    planned = visits.plan(case["child"], case["child"]["on"])
    assert _comparable(planned.as_dict()) == _comparable(case["expect"])


def _oracle(start: date, tier: str) -> date:
    """Counted day by day, without any arithmetic on months: walk to the wanted month, then to the wanted day."""
    if tier == "key_focus":
        return next(day for day in _walk(start) if (day - start).days == 15)
    wanted = {"good": 3, "average": 1, "unassessed": 1}[tier]
    turns, previous = 0, start
    for day in _walk(start):
        turns += day.month != previous.month
        previous = day
        if turns == wanted and (day.day == start.day or day.day == months.monthrange(day.year, day.month)[1]):
            return day
    raise AssertionError


def _walk(start: date) -> Any:
    day = start
    while True:
        day += timedelta(days=1)
        yield day


@pytest.mark.parametrize(
    ("tier", "level", "tags"),
    [
        ("good", "good", ()),
        ("average", "average", ()),
        ("unassessed", "unassessed", ()),
        ("key_focus", "good", ("kf_ill",)),
    ],
)
def test_ten_years_of_start_days_agree_with_counting_day_by_day(tier: str, level: str, tags: tuple[str, ...]) -> None:
    start = date(2024, 1, 1)
    while start < date(2034, 1, 1):
        planned = visits.plan(_child(start, level, tags), start)
        assert (planned.tier, planned.due) == (tier, _oracle(start, tier)), start
        start += timedelta(days=1)


HISTORY = st.lists(
    st.fixed_dictionaries(
        {
            "on": st.dates(date(2026, 1, 1), date(2026, 12, 31)),
            "level": st.sampled_from(["good", "average", "unassessed"]),
            "tags": st.sampled_from([[], ["kf_poor"]]),
        }
    ),
    min_size=1,
    max_size=6,
)
SEEN = st.lists(
    st.fixed_dictionaries(
        {
            "date": st.dates(date(2026, 1, 1), date(2026, 12, 31)),
            "kind": st.sampled_from(["home_visit", "attempted", "phone"]),
        }
    ),
    max_size=6,
)


@given(HISTORY, SEEN, DAYS)
def test_no_child_in_service_is_ever_without_a_day_and_none_is_later_than_the_laxest_interval(
    history: list[dict[str, Any]], seen: list[dict[str, Any]], on: date
) -> None:
    planned = visits.plan({"history": history, "visits": seen}, on)
    registered = min(entry["on"] for entry in history)
    homes = [one["date"] for one in seen if one["kind"] == "home_visit" and registered <= one["date"] <= on]
    start = max(homes, default=registered)
    assert planned.due is not None
    assert start < planned.due <= start + timedelta(days=92)
    assert planned.escalations["child_supervisor"] < planned.escalations["county_caseworker"]
    assert all(start < day <= planned.due for day in planned.reminders)


@given(HISTORY, SEEN, st.dates(date(2026, 1, 1), date(2026, 12, 30)))
def test_a_stricter_standing_never_moves_a_visit_later(
    history: list[dict[str, Any]], seen: list[dict[str, Any]], on: date
) -> None:
    child = {"history": [{**history[0], "on": date(2026, 1, 1)}, *history], "visits": seen}
    before = visits.plan(child, on).due
    stricter = {**child, "history": [*child["history"], {"on": on, "level": "average", "tags": ["kf_ill"]}]}
    assert before is not None
    homes = [one["date"] for one in seen if one["kind"] == "home_visit"]
    if on not in homes:  # on the day of a visit a level belongs to the interval that starts with it
        assert visits.plan(stricter, on).due <= before


@given(HISTORY, SEEN, DAYS, st.randoms())
def test_the_order_in_which_facts_were_written_down_changes_nothing(
    history: list[dict[str, Any]], seen: list[dict[str, Any]], on: date, chance: Any
) -> None:
    history = list({entry["on"]: entry for entry in history}.values())
    shuffled = {"history": chance.sample(history, len(history)), "visits": chance.sample(seen, len(seen))}
    assert visits.plan(shuffled, on) == visits.plan({"history": history, "visits": seen}, on)


def test_a_visit_before_the_child_was_on_file_does_not_stand_for_the_first_one() -> None:
    child = {
        "history": [{"on": "2026-07-01", "level": "good", "tags": []}],
        "visits": [{"date": "2026-06-30", "kind": "home_visit"}],
    }
    assert visits.plan(child, "2026-07-01").due == date(2026, 7, 8)


def test_staff_closing_hardship_does_not_end_the_visits_of_a_left_behind_child() -> None:
    child = _child(date(2026, 9, 1), "average", left_behind="eligible", hardship="eligible", closed="staff_closed")
    assert visits.plan(child, date(2026, 9, 2)).state == "scheduled"


def test_key_focus_is_visited_oftener_than_every_other_tier() -> None:
    assert parameters.number("visit.interval.key_focus") < 28 * parameters.number("visit.interval.average")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"history": []}, "history is empty"),
        ({"history": "good"}, "history is 'good'; allowed: a list"),
        ({"history": [{"on": "2026-07-01", "level": "fair"}]}, "level is 'fair'; allowed: good, average, unassessed"),
        ({"history": [{"on": "1 July", "level": "good"}]}, "history.on is '1 July'; allowed: a date"),
        ({"history": [{"on": "2026-07-01", "level": "good", "tags": "kf_ill"}]}, "tags is 'kf_ill'; allowed: a list"),
        ({"visits": [{"date": "2026-07-01", "kind": "video"}]}, "kind is 'video'; allowed: home_visit"),
        ({"left_behind": "maybe"}, "left_behind is 'maybe'; allowed: eligible"),
        ({"closed": "forgotten"}, "closed is 'forgotten'; allowed: staff_closed, parent_resumed"),
        ({"handover_recorded": True}, "handover_recorded is True; allowed: yes, no"),
        ({"birth_date": 2010}, "birth_date is 2010; allowed: a date"),
    ],
)
def test_a_wrong_value_is_named_with_the_values_allowed(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        visits.plan({**_child(date(2026, 7, 1), "good"), **wrong}, "2026-07-02")
