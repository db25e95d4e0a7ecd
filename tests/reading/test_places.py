"""Places as people tell them in chat: certain, one of several, all over the province, elsewhere, or none at all."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import shipped
from bot.reading.where import places
from bot.reading.where.gazetteer import load

HERE = Path(__file__).parent
SPOKEN: dict[str, Any] = shipped.content(HERE / "places_spoken.yml")
NO_PLACE = (HERE / "places_none.txt").read_text(encoding="utf-8").splitlines()


@cache
def _code(name: str) -> str:
    return next(code for code in load().areas if places.full_name(code) == name)


def _name(area: places.Area | None) -> str | None:
    return places.full_name(area.code) if area else None


@pytest.mark.parametrize(("said", "name"), SPOKEN["certain"].items())
def test_a_place_told_is_read(said: str, name: str) -> None:
    reading = places.find(said)
    assert (_name(reading.best), reading.candidates, reading.outside) == (name, (), None)


@pytest.mark.parametrize(("known", "said", "name"), SPOKEN["known"])
def test_a_place_is_narrowed_by_what_is_known(known: str, said: str, name: str) -> None:
    reading = places.find(said, within=_code(known))
    assert (_name(reading.best), reading.candidates) == (name, ())


@pytest.mark.parametrize(("said", "names"), SPOKEN["which"].items())
def test_an_ambiguous_place_is_asked_about(said: str, names: list[str]) -> None:
    assert [_name(area) for area in places.find(said).candidates] == names


@pytest.mark.parametrize("said", SPOKEN["many"])
def test_a_village_name_all_over_the_province_tells_nothing(said: str) -> None:
    reading = places.find(said)
    assert (reading.best, reading.candidates, reading.level, reading.too_many) == (None, (), "none", True)


@pytest.mark.parametrize(("said", "name"), SPOKEN["outside"].items())
def test_a_place_outside_the_province_is_named(said: str, name: str) -> None:
    reading = places.find(said)
    assert (reading.outside, reading.best) == (name, None)


@pytest.mark.parametrize("said", NO_PLACE)
def test_no_place_is_read_where_none_is_told(said: str) -> None:
    assert places.find(said) == places.PlaceReading()


@pytest.mark.parametrize(
    ("said", "level"),
    [("松原", "prefecture"), ("敦化", "county"), ("范家屯", "township"), ("陈家店村", "village"), ("不知道", "none")],
)
def test_the_level_is_that_of_the_finest_certain_place(said: str, level: str) -> None:
    assert places.find(said).level == level


def test_spans_point_into_what_was_written() -> None:
    written = "我家在公主岭 市，範家屯鎮！"
    assert [written[start:end] for start, end in places.find(written).spans] == ["公主岭 市", "範家屯鎮"]


def test_an_ambiguous_place_keeps_the_finest_common_division() -> None:
    reading = places.find("榆树和平")
    assert (_name(reading.best), reading.level) == ("榆树市", "county")


def test_places_elsewhere_are_left_alone_while_a_place_is_known() -> None:
    assert places.find("昨天带去长春看病了", within=_code("榆树市")).best is None


def test_an_unknown_code_narrows_nothing() -> None:
    assert _name(places.find("敦化", within="999999").best) == "敦化市"


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    filler = "没事。" * places.LONGEST_READ
    assert places.find(filler + "公主岭范家屯").best is None
    assert _name(places.find("公主岭范家屯。" + filler).best) == "公主岭市范家屯镇"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.sampled_from([None, "22", "2201", "220184", "220184103", "", "x"]))
def test_any_text_at_all_is_read_without_an_error(said: str, within: str | None) -> None:
    reading = places.find(f"公主岭{said}", within=within)
    assert len(reading.candidates) <= places.MOST_CANDIDATES


def test_a_division_knows_its_path_its_name_and_what_lies_below() -> None:
    village = _code("公主岭市范家屯镇平洋村")
    assert [area.level for area in places.path(village)] == ["prefecture", "county", "township", "village"]
    assert places.get(village) in places.children(village[:9])
    assert (places.full_name("22"), places.full_name("220104")) == ("吉林省", "长春市朝阳区")
    assert (places.get("1"), places.path("1"), places.children(village)) == (None, (), ())


@pytest.mark.parametrize("text", ["德惠市大青咀镇 前大房村", "德惠市前大房村", "德惠市万福镇大房村"])
def test_a_village_behind_a_township_nobody_knows_is_asked_back(text: str) -> None:
    found = places.find(text)
    assert _name(found.best) == "德惠市"
    assert [_name(one) for one in found.candidates] == ["德惠市朱城子镇大房村"]


@pytest.mark.parametrize(
    "text", ["德惠市大房村", "德惠市朱城子镇大房村", "德惠市朱城子镇前大房村", "在德惠市那个镇大房村"]
)
def test_a_village_is_certain_where_no_other_township_is_told(text: str) -> None:
    assert _name(places.find(text).best) == "德惠市朱城子镇大房村"


@pytest.mark.parametrize(
    ("text", "school"),
    [("镇赉三中 初一", "三中"), ("镇赉县镇赉三中", "镇赉三中"), ("新站镇中心小学", "中心小学"), ("农安县十中", "十中")],
)
def test_a_school_is_a_spot_by_its_short_name_too(text: str, school: str) -> None:
    assert places.spots(text) == (school,)
    assert places.names_a_school(text)


@pytest.mark.parametrize("text", ["镇赉县 家里就一小块地", "昨天初三中午", "公主岭市响水镇张屯"])
def test_what_only_looks_like_a_school_is_none(text: str) -> None:
    assert not places.names_a_school(text)
