"""`make eval` ends with status 1 when a figure got worse beyond noise, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.measuring import accepting, drawing
from tests.measuring.accepting import Figure


@pytest.mark.parametrize(
    ("figure", "goal", "read"),
    [
        ("198/200 = 0.990 (0.964-0.997)", ">= 0.99", Figure(0.99, 200, True)),
        ("0.927", ">= 0.93", Figure(0.927, 0, True)),
        ("0.021", "<= 0.05", Figure(0.021, 0, False)),
        ("0.833", "", None),
        ("17 ms", "<= 25", None),
        ("24/26", ">= 0.9", None),
    ],
)
def test_shares_with_a_goal_are_compared_and_nothing_else(figure: str, goal: str, read: Figure | None) -> None:
    assert accepting.read(figure, goal) == read


@pytest.mark.parametrize(
    ("figure", "is_worse"),
    [
        (Figure(0.92, 0, True), False),
        (Figure(0.90, 0, True), True),
        (Figure(0.99, 0, True), False),
        (Figure(0.89, 100, True), False),
        (Figure(0.86, 100, True), True),
        (Figure(0.95, 0, False), True),
    ],
)
def test_what_noise_explains_is_not_worse(figure: Figure, is_worse: bool) -> None:
    assert bool(accepting.worse({"macro-F1": figure}, {"macro-F1": 0.93})) is is_worse


def test_a_figure_that_is_not_measured_any_more_is_named() -> None:
    assert accepting.worse({}, {"macro-F1": 0.93}) == ["macro-F1: was 0.930, is not measured any more"]


def test_the_range_of_a_share_holds_it_and_narrows_with_more_cases() -> None:
    few, many = accepting.wilson(9, 10), accepting.wilson(900, 1000)
    assert few[0] < many[0] < 0.9 < many[1] < few[1] < 1.0
    assert accepting.wilson(10, 10)[1] == 1.0
    assert accepting.wilson(0, 0) == (0.0, 1.0)


def test_the_pictures_are_drawn(tmp_path: Path) -> None:
    drawing.confusion(["greet", "deny"], [[9, 1], [2, 8]], tmp_path / "in" / "confusion.png")
    drawing.curve([(1, 0.4), (2, 0.5)], tmp_path / "curve.png")
    drawing.reliability([(0.5, 0.4, 10), (0.95, 0.97, 90)], tmp_path / "reliability.png")
    sizes = {file.name: Image.open(file).size for file in tmp_path.rglob("*.png")}
    assert set(sizes) == {"confusion.png", "curve.png", "reliability.png"}
    assert min(min(size) for size in sizes.values()) > 200
