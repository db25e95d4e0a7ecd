"""Hands that slip, cats on keyboards, jokers: what is no word is no yes and no answer, and costs nobody his place."""

from __future__ import annotations

import pytest

from bot.reading.talk import rubbish
from tests.builders import World
from tests.services.checking import check_of
from tests.services.talking import PLACE, answers_of, asked_for, asked_now, begun, filed

pytestmark = pytest.mark.words

RUBBISH = ["asdfgh", "jkl;jkl", "qwerty", "zzxxcc", "asdasd", "sdfjkl", "aaaa", "阿斯蒂芬", "啊手动阀啊手动阀"]
WORDS = ["ok", "no", "were you here", "help", "his father", "bzd", "nihao", "gongzhuling", "wo ba da wo", "sos", "pls"]
WORDS += ["property", "power", "6HQTR-NF8BR", "ASD", "shuangcheng", "strengths", "haha", "12", "平洋村"]


@pytest.mark.parametrize("said", RUBBISH)
def test_rubbish_is_no_word(said: str) -> None:
    assert rubbish.is_rubbish(said)


@pytest.mark.parametrize("said", WORDS)
def test_what_somebody_may_mean_is_left_alone(said: str) -> None:
    assert not rubbish.is_rubbish(said)


def test_asdfgh_by_itself_is_not_understood_and_gets_the_offers(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, "asdfgh") == ["chat.unclear"]
    assert world.said(talk)[-1].choices
    assert world.say(talk, "jkl;jkl") == ["chat.unclear_again"]


@pytest.mark.parametrize("field", ["danger_now", "place", "child_ref", "follow_up", "confirm"])
def test_asdfgh_in_a_report_brings_the_question_again_however_often(world: World, field: str) -> None:
    talk = begun(world) if field == "danger_now" else asked_for(world, field)
    before = answers_of(world, talk)
    for said in ("asdfgh", "qwerty", "zzxxcc", "jkl;jkl"):
        keys = world.say(talk, said)
        assert keys[0].startswith("chat.no_words")
        assert keys[1].startswith(f"report.{field}")
        assert not keys[1].endswith("english")
        assert asked_now(world, talk) == field
    after = answers_of(world, talk)
    assert (after.words, after.facts, after.given) == (before.words, before.facts, before.given)
    assert not filed(world, talk)


def test_after_rubbish_the_place_is_taken_all_the_same(world: World) -> None:
    talk = asked_for(world, "place")
    world.say(talk, "asdfgh")
    world.say(talk, PLACE)
    assert asked_now(world, talk) != "place"


def test_asdfgh_in_a_check_of_eligibility_brings_the_question_again(world: World) -> None:
    talk = world.citizen()
    world.tap(talk, "flow:eligibility")
    asked = check_of(world, talk).fact
    keys = world.say(talk, "asdfgh")
    assert (keys[0], keys[-1]) == ("chat.no_words", "eligibility.question.still")
    check = check_of(world, talk)
    assert (check.fact, check.facts) == (asked, {})
    assert f"eligibility.{asked}=no" in [one.value for one in world.said(talk)[-1].choices]
