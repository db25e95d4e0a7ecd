"""The one figure that is put into a rule with a bound."""

from __future__ import annotations

import pytest

from bot.reading.policy import figures


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ("那才走五个月呢", 5),
        ("走了八个月了", 8),
        ("出来半年了", 6),
        ("过年回来住一个月算断了吗", None),
        ("在家待了俩月", None),
    ],
)
def test_how_long_somebody_is_away_and_not_how_long_he_was_home_again(said: str, months: float | None) -> None:
    assert figures.months_away(said) == months


@pytest.mark.parametrize(
    ("said", "years"), [("都十七了呢", 17), ("他17", 17), ("十五岁半的呢", 15), ("快十六了", 15.9)]
)
def test_how_old_somebody_is_said_to_be(said: str, years: float) -> None:
    assert figures.years(said) == years
