"""A child hides from somebody with a knife and writes: no word of ours may send it out or make it loud."""

from __future__ import annotations

import pytest

from tests.builders import World

PLACE = "公主岭市响水镇姜家店村 大队部后面第二家"


@pytest.fixture
def hidden(world: World) -> str:
    """The talk of a child that told of it and is hiding."""
    child = world.citizen()
    for words in ("我害怕", "我爸拿刀了"):
        world.say(child, words)
    return child


def test_it_is_spoken_to_as_a_child(world: World, hidden: str) -> None:
    assert "你在哪儿" in world.said(hidden)[-1].text


def test_who_can_be_heard_is_told_to_be_quiet(world: World, hidden: str) -> None:
    assert world.say(hidden, "不能打 他能听见")[0] == "after.overheard.child"


def test_the_place_is_said_back_and_nobody_is_sent_to_the_neighbours(world: World, hidden: str) -> None:
    assert world.say(hidden, PLACE) == ["report.stay.address.child"]
    assert PLACE in world.said(hidden)[-1].text


@pytest.mark.parametrize("words", ["他出来了 在院子里喊我", "我爸在砸门", "他在敲门", "他上楼了"])
def test_who_comes_near_is_no_good_news(words: str, world: World, hidden: str) -> None:
    world.say(hidden, PLACE)
    assert world.say(hidden, words)[-1] in ("after.near.child", "danger.child.again", "danger.go_on.again")


@pytest.mark.parametrize("words", ["我妈在屋里 胳膊淌血了", "我妈好像不动了"])
def test_a_child_is_not_sent_to_who_was_hurt_while_he_is_there(words: str, world: World, hidden: str) -> None:
    world.say(hidden, PLACE)
    assert world.say(hidden, words)[-1] == "after.kin_hurt.child"
    assert world.report().severity == "S0"


def test_whoever_asks_when_we_come_hears_who_was_told_and_a_call_alarms_again(world: World, hidden: str) -> None:
    world.say(hidden, PLACE)
    assert world.say(hidden, "啥时候来人啊")[0].startswith("beside.coming.")
    assert world.say(hidden, "你们快来")[0] == "danger.child.again"


def test_a_child_that_was_pulled_back_into_the_house_is_told_again_to_the_police(world: World) -> None:
    neighbour = world.citizen()
    for words in ("前院那家又打孩子呢 打得嗷嗷的", "德惠市朱城子镇双山村"):
        world.say(neighbour, words)
    assert world.say(neighbour, "孩子跑出来了 在我家呢") == ["after.outside.violence"]
    assert world.say(neighbour, "孩子好像让他拽回屋了") == ["after.pulled_back"]
