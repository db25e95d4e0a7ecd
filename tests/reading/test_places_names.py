"""Every county and township of the shipped data is found by its name, and villages by what people call them."""

from __future__ import annotations

import random

import pytest

from bot.reading.where import places
from bot.reading.where.gazetteer import forms, load

SEED = 20


def _codes(length: int) -> list[str]:
    return sorted(code for code in load().areas if len(code) == length)


def _read(text: str) -> str | None:
    best = places.find(text).best
    return best.code if best else None


def _told(code: str) -> str:
    return "".join(area.name for area in places.path(code))


def test_the_data_has_every_division_of_the_2023_edition() -> None:
    assert [len(_codes(length)) for length in (2, 4, 6, 9, 12)] == [1, 9, 69, 1075, 11860]


def test_every_division_lies_in_one_of_the_data() -> None:
    assert [code for code in load().areas if len(places.path(code)) != {2: 0, 4: 1, 6: 2, 9: 3, 12: 4}[len(code)]] == []


def test_every_county_is_found_behind_its_prefecture() -> None:
    assert [code for code in _codes(6) if _read(_told(code)) != code] == []


def test_every_county_is_found_by_its_full_name_alone() -> None:
    assert [code for code in _codes(6) if _read(places.path(code)[-1].name) != code] == []


def test_every_township_is_found_behind_its_county() -> None:
    wrong = []
    for code in _codes(9):
        _, county, township = places.path(code)
        if _read(county.name + township.name) != code:
            wrong.append(code)
    assert wrong == []


def _sample() -> list[str]:
    return random.Random(SEED).sample(_codes(12), 500)


def _alike(code: str) -> set[str]:
    """Villages of the same township that people call by the same name."""
    own = places.path(code)[-1].spoken
    return {other.code for other in places.children(code[:9]) if other.spoken.rstrip("村") == own.rstrip("村")}


def test_sampled_villages_are_found_by_their_full_path() -> None:
    assert [code for code in _sample() if _read(_told(code)) not in _alike(code)] == []


def test_sampled_villages_are_found_as_people_call_them() -> None:
    assert [code for code in _sample() if _read(places.full_name(code)) not in _alike(code)] == []


def test_sampled_villages_told_without_any_suffix_are_found_or_left_open() -> None:
    exact, misread = 0, []
    for code in _sample():
        best = places.find("".join(_stem(step) for step in (code[:6], code[:9], code))).best
        exact += best is not None and best.code in _alike(code)
        if best and best.code not in _alike(code) and not code.startswith(best.code):
            misread.append(code)
    assert exact >= 465
    # A few names truly read two ways: 工农村后 is 村后 of 工农 or 工农村.
    assert len(misread) <= 2


def _stem(code: str) -> str:
    """The name without its kind, or whole where there is no shorter one."""
    area = load().areas[code]
    stems = [form for form in forms(area)[2] if not form.endswith("屯")]
    return min(stems, key=len, default=area.name)


@pytest.mark.parametrize(
    "text",
    ["响水姜家店的 你认识老孙家不", "响水姜家店", "响水姜家店屯", "姜家店 响水镇", "响水 姜家店", "公主岭响水姜家店"],
)
def test_two_bare_names_side_by_side_mean_the_village_that_lies_in_the_township(text: str) -> None:
    found = places.find(text).best
    assert found is not None
    assert found.code == "220184104201", "姜家店 alone is a township of another county"
