"""In which order homes are named: the most urgent first."""

from __future__ import annotations

from datetime import date, timedelta

from bot.care.visit_days import Owed
from bot.services.visits import lists as visit_lists
from bot.services.visits.lists import Line

MONDAY = date(2026, 11, 23)


def _line(child: str, home: str, tier: str, days: int) -> Line:
    return Line(child, home, "220184104201", Owed(tier, MONDAY + timedelta(days=days)))


def test_homes_stand_by_what_is_late_longest_and_on_one_day_by_the_stricter_tier() -> None:
    lines = [
        _line("a", "soon", "key_focus", 3),
        _line("b", "today, good", "good", 0),
        _line("c", "today, focus", "key_focus", 0),
        _line("d", "late", "average", -2),
        _line("e", "late longest", "good", -9),
    ]
    for told in (lines, lines[::-1]):
        stops = visit_lists.by_household(told, MONDAY)
        assert [stop.household for stop in stops] == ["late longest", "late", "today, focus", "today, good", "soon"]


def test_a_home_stands_where_its_most_urgent_child_puts_it_and_names_that_child_first() -> None:
    lines = [_line("a", "two", "good", 5), _line("b", "one", "good", 1), _line("c", "two", "good", -1)]
    stops = visit_lists.by_household(lines, MONDAY)
    assert [(stop.household, [line.child for line in stop.lines]) for stop in stops] == [
        ("two", ["c", "a"]),
        ("one", ["b"]),
    ]
