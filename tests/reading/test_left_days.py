"""The day somebody left by the moon's or the sun's calendar."""

from __future__ import annotations

from datetime import date

import pytest

from bot.reading.families import left_days

ON = date(2026, 11, 30)
AWAY = {"father_away_months": 9, "mother_away_months": 5}


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("诶不对 我说的六月是阴历 阳历七月十九", "2026-07-19"),
        ("我说的是农历六月初六", "2026-07-19"),
        ("不是阳历 是阴历六月初六", "2026-07-19"),
        ("六月那是农历 阳历是7月20号", "2026-07-20"),
    ],
)
def test_the_day_is_that_of_whoever_speaks(said: str, day: str) -> None:
    assert left_days.corrected(said, AWAY, ON, "mother") == {"mother_departure_date": day}


def test_the_day_is_that_of_whoever_is_named() -> None:
    assert left_days.corrected("他爸是阴历六月初六走的", AWAY, ON, "mother") == {"father_departure_date": "2026-07-19"}


@pytest.mark.parametrize("said", ["孩子阴历六月初六的生日", "我说的六月是阴历", "七月十九走的"])
def test_a_birthday_a_month_alone_and_a_day_without_its_calendar_are_no_such_day(said: str) -> None:
    assert left_days.corrected(said, AWAY, ON, "mother") == {}


def test_nobody_away_left_on_no_day() -> None:
    assert left_days.corrected("农历六月初六走的", {}, ON, None) == {}
