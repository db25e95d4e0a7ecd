from __future__ import annotations

import pytest

from bot.care import hotlines


@pytest.mark.parametrize(
    ("kinds", "numbers"),
    [
        ((), ["110"]),
        (("violence",), ["110"]),
        (("poisoning",), ["110", "120"]),
        (("illness", "violence"), ["110", "120"]),
        (("fire",), ["110", "119"]),
        (("drowning", "injury"), ["110", "120", "119"]),
        (("self_harm",), ["110", "120", "12356"]),
        (("no such kind",), ["110"]),
    ],
)
def test_the_police_come_first_and_then_what_the_danger_calls_for(kinds: tuple[str, ...], numbers: list[str]) -> None:
    assert [line.number for line in hotlines.for_kinds(kinds)] == numbers


def test_a_number_that_is_not_verified_is_not_for_the_public() -> None:
    assert {line.number for line in hotlines.every() if line.public} == {"110", "120", "119", "12356"}
    assert {line.number: line.status for line in hotlines.every()}["12309"] == "UNVERIFIED"


def test_a_number_not_verified_is_not_shown_even_for_a_kind_that_calls_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(hotlines.FOR_KINDS, "12309", frozenset({"fire"}))
    assert [line.number for line in hotlines.for_kinds(["fire"])] == ["110", "119"]
