"""For every day of a child exactly one office answers, under any order of events."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.care import responsibility
from bot.care.responsibility import Span, answers, begin, gaps, hand_over, split_open

FIRST = date(2026, 1, 1)
AREAS = ("220182101201", "220182101202", "220284104201", "220183100001")
days = st.integers(-30, 400).map(lambda number: FIRST + timedelta(days=number))
events = st.lists(st.tuples(st.sampled_from(AREAS), days), max_size=12)


@settings(max_examples=300)
@given(events)
def test_no_day_is_an_orphan_and_none_has_two_offices(moves: list[tuple[str, date]]) -> None:
    spans = begin(AREAS[0], FIRST)
    for area, day in moves:
        spans = hand_over(spans, area, day, "moved")
        assert gaps(spans) == ()
        assert answers(spans, max(day, FIRST)) == area
    for number in range(430):
        on = FIRST + timedelta(days=number)
        assert sum(span.since <= on and (span.until is None or on < span.until) for span in spans) == 1


@given(events, st.sampled_from(AREAS), days)
def test_days_before_a_hand_over_stay_as_they_were(moves: list[tuple[str, date]], area: str, day: date) -> None:
    spans = begin(AREAS[0], FIRST)
    for to, on in moves:
        spans = hand_over(spans, to, on, "moved")
    later = hand_over(spans, area, day, "moved")
    past = [FIRST + timedelta(days=number) for number in range((day - FIRST).days)]
    assert [answers(later, on) for on in past] == [answers(spans, on) for on in past]


def test_a_child_without_a_file_is_handed_to_nobody() -> None:
    with pytest.raises(ValueError, match="no file"):
        hand_over((), AREAS[0], FIRST, "moved")
    assert gaps(()) == ("empty",)


def test_what_is_wrong_with_a_history_is_named() -> None:
    a, b, day = AREAS[0], AREAS[1], timedelta(days=1)
    assert gaps((Span(a, FIRST, FIRST + day, ""),)) == ("closed_end",)
    assert gaps((Span(a, FIRST, FIRST + day, ""), Span(b, FIRST + 2 * day, None, ""))) == ("hole",)
    assert gaps((Span(a, FIRST, FIRST + 2 * day, ""), Span(b, FIRST + day, None, ""))) == ("overlap",)
    assert gaps((Span(a, FIRST, FIRST, ""), Span(b, FIRST, None, ""))) == ("backwards",)


def test_before_the_file_began_nobody_answers() -> None:
    assert responsibility.answers(begin(AREAS[0], FIRST), FIRST - timedelta(days=1)) is None


def test_two_counties_must_agree_while_they_differ_and_have_not() -> None:
    assert split_open(AREAS[0], AREAS[2], agreed=False)
    assert not split_open(AREAS[0], AREAS[2], agreed=True)
    assert not split_open(AREAS[0], AREAS[1], agreed=False)
    assert not split_open(AREAS[0], None, agreed=False)
