"""What a question supposes to be otherwise, read against what was told: of the right people, and never more."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.reading.families import supposing

ON = date(2026, 11, 23)
BOTH_AWAY: dict[str, Any] = {
    f"{who}_{fact}": value
    for who in ("father", "mother")
    for fact, value in (("away_status", "away_for_work"), ("away_months", 24), ("work_place", "cross_county"))
}
HOME = {"father_away_status": "at_home", "mother_away_status": "at_home"}


@pytest.mark.parametrize(
    ("asked", "supposed"),
    [
        ("如果我们把孩子接到身边呢", {"child_lives_with_away_parent": "yes"}),
        ("要是孩子跟我们一起去大连住呢", {"child_lives_with_away_parent": "yes"}),
        ("what if she lives with us in Shanghai", {"child_lives_with_away_parent": "yes"}),
        ("要是他爸回来了呢", {"father_away_status": "at_home"}),
        ("如果都不打工了呢", HOME),
        ("what if we go back home", HOME),
        ("要是我只干了三个月呢", {"father_away_months": 3}),
        ("如果他爸再待两个月呢", {"father_away_months": 26}),
        ("如果爸爸回来三个月再走呢", {"father_home_stays": "long_return", "father_months_since_return": 3}),
        ("要是在本县打工呢", {"father_work_place": "same_county", "mother_work_place": "same_county"}),
        ("要是我们离婚了呢", {"single_parent_family": "yes"}),
        ("如果奶奶不管了呢", {"guardian_not_performing": "struggling"}),
        ("如果他妈失联了呢", {"mother_lost_contact": "unknown", "mother_life_status": "whereabouts_unknown"}),
        ("如果孩子满16了呢", {"child_age_years": 16}),
        ("如果我们办了低保呢", {"household_assistance": "dibao"}),
        ("假如他爸死了呢", {"father_life_status": "dead"}),
    ],
)
def test_a_supposition_is_read(asked: str, supposed: dict[str, Any]) -> None:
    found = supposing.read(asked, ON, None, None, BOTH_AWAY)
    assert found.items() >= supposed.items(), found


@pytest.mark.parametrize("asked", ["如果明天下雨呢", "要是他爸过年回来看看呢", "what if"])
def test_what_changes_nothing_supposes_nobody_home(asked: str) -> None:
    assert not any(value == "at_home" for value in supposing.read(asked, ON, None, None, BOTH_AWAY).values())


def test_i_am_whoever_speaks() -> None:
    assert supposing.read("如果我回老家不走了呢", ON, "mother", None, BOTH_AWAY) == {"mother_away_status": "at_home"}
