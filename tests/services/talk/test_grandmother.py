"""A grandmother tells other things than were asked: kept as told, asked again more simply, taken for no answer."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import answers_of, asked_for, asked_now, is_kept, last


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


BESIDE_THE_PLACE = [
    "俺跟你说那孩子可苦了他爷爷腿脚不好",
    "我今年七十三了眼睛花",
    "我也不会用这手机",
    "你说这可咋整啊孩子多可怜",
]
BESIDE_THE_CHILD = ["我也不会用这手机", "我今年七十三了眼睛花", "你说这可咋整啊多可怜"]


@pytest.mark.parametrize("said", BESIDE_THE_PLACE)
def test_what_is_told_beside_the_place_is_kept_and_the_place_is_asked_more_simply(world: World, said: str) -> None:
    talk = asked_for(world, "place")
    heard, asked = world.say(talk, said)
    assert heard in ("report.kept_beside", "report.asked", "chat.elder.again")
    assert asked == "report.place.again"
    told = answers_of(world, talk)
    assert told.words_of("place") == []
    assert is_kept(told.words, said)


def test_after_two_other_tellings_the_place_is_still_taken(world: World) -> None:
    talk = asked_for(world, "place")
    for said in BESIDE_THE_PLACE[:2]:
        world.say(talk, said)
        assert asked_now(world, talk) == "place"
    world.say(talk, "范家屯平洋村")
    assert answers_of(world, talk).area == "220184103200"


@pytest.mark.parametrize("said", BESIDE_THE_CHILD)
def test_what_is_told_beside_the_child_is_no_child(world: World, said: str) -> None:
    talk = asked_for(world, "child_ref")
    world.say(talk, said)
    told = answers_of(world, talk)
    assert told.words_of("child_ref") == []
    assert is_kept(told.words, said)
    assert asked_now(world, talk) == "child_ref"


@pytest.mark.parametrize("said", ["老王头家后院", "村东头第三家", "学校旁边那趟房", "俺家", "东山", "老李家"])
def test_a_place_in_peoples_own_words_stays_a_place(world: World, said: str) -> None:
    talk = asked_for(world, "place")
    world.say(talk, said)
    assert answers_of(world, talk).words_of("place") == [said]


@pytest.mark.parametrize("said", ["小宇", "老王家二小子", "我外甥女丫丫", "穿红棉袄的小丫头", "俺孙子", "九岁左右"])
def test_a_child_in_peoples_own_words_stays_a_child(world: World, said: str) -> None:
    talk = asked_for(world, "child_ref")
    world.say(talk, said)
    assert said in answers_of(world, talk).words_of("child_ref")


def test_a_question_back_is_not_who_somebody_is(world: World) -> None:
    talk = asked_for(world, "reporter_type")
    world.say(talk, "是老头还是啥的")
    assert answers_of(world, talk).words_of("reporter_type") == []
    assert asked_now(world, talk) == "reporter_type"
    assert "您" in last(world, talk)


def test_an_impatient_neighbour_who_tells_the_place_with_hurry_up_is_not_asked_for_it_again(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "隔壁打孩子呢快点来人")
    assert asked_now(world, talk) == "place"
    world.say(talk, "公主岭范家屯平洋村快点")
    assert answers_of(world, talk).area == "220184103200"
    assert asked_now(world, talk) != "place"


def test_a_joke_about_a_boss_is_no_beaten_child(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "你能帮我揍我老板吗")
    assert world.flow(talk) is None
    assert world.say(talk, "哈哈我要举报我家猫虐待儿童") == ["danger.animal"]
    world.say(talk, "我就是逗你玩")
    assert world.reports() == []
