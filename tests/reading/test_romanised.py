"""Places as foreigners and pinyin keyboards write them."""

from __future__ import annotations

import pytest

from bot.reading.where import places

TOLD = {
    "gongzhuling, fanjiatun": "公主岭市范家屯镇",
    "Fanjiatun town, Gongzhuling": "公主岭市范家屯镇",
    "It is in Pingyang village in Fanjiatun": "公主岭市范家屯镇平洋村",
    "Gongzhuling city, fan jia tun zhen, Pingyang cun": "公主岭市范家屯镇平洋村",
    "xiang shui zhen jiang jia dian cun, gongzhuling": "公主岭市响水镇姜家店村",
    "No.1 Primary School in Dehui": "德惠市",
    "Changchun, Chaoyang district": "长春市朝阳区",
    "Hunchun shi": "珲春市",
    "Jilin city": "吉林市",
    "孩子在gongzhuling的fanjiatun": "公主岭市范家屯镇",
    "nongan xian helong": "长春市宽城区合隆镇",
}
NO_PLACE = [
    "Hello, I am a foreign teacher. One of my students is being beaten by his father.",
    "he is about 9, called Xiaoming",
    "I live in Jilin",
    "the child is hungry and alone, help",
    "since last month",
    "pingyang village",
]


@pytest.mark.parametrize(("said", "place"), TOLD.items())
def test_a_place_in_pinyin_is_found(said: str, place: str) -> None:
    best = places.find(said).best
    assert best is not None
    assert places.full_name(best.code) == place


@pytest.mark.parametrize("said", NO_PLACE)
def test_english_is_no_place_and_a_village_alone_is_not_guessed(said: str) -> None:
    reading = places.find(said)
    assert (reading.best, reading.candidates) == (None, ())


def test_a_village_in_pinyin_is_found_in_the_town_that_is_known() -> None:
    best = places.find("pingyang village", within=places.find("范家屯镇").best.code).best  # type: ignore[union-attr]
    assert best is not None
    assert best.name == "平洋村委会"


def test_the_words_that_were_the_place_are_known() -> None:
    assert places.find("gongzhuling, fanjiatun").spans == ((0, 11), (13, 22))
