"""Plans and what-ifs in the talk about 委托照护: answered plainly, nothing reported; who may do it is said."""

from __future__ import annotations

import pytest

from tests.builders import World

BEGINS = "年后我要去大连打工 孩子想放我弟那 得办啥手续不"


def _begun(world: World) -> str:
    talk = world.citizen()
    assert world.say(talk, BEGINS)[0] == "entrusted.about.wish"
    return talk


def _read_back(world: World, talk: str) -> str:
    world.say(talk, "七岁 一年级 集安清河镇的")
    world.say(talk, "先不留电话")
    return world.said(talk)[-1].text


@pytest.mark.parametrize(
    "plan",
    [
        "我刚走那几天 让他自己在家待两天行不 我姐晚两天到",
        "头几天没人 我把她锁屋里行不 就白天",
        "中间有两晚上没人 能不能让他自己睡家里",
    ],
)
def test_a_child_left_alone_as_a_plan_is_answered_and_reported_to_nobody(world: World, plan: str) -> None:
    talk = _begun(world)
    assert world.say(talk, plan)[0] == "entrusted.plan.alone"
    assert world.say(talk, "还没呢 年后的事 孩子现在跟我在一块儿")[0] == "entrusted.plan.not_so"
    assert world.say(talk, "你咋还要报上去 我要办手续")[0] == "entrusted.plan.nothing_sent"
    assert world.reports() == []
    assert world.flow(talk) == "entrusted"


def test_a_child_that_is_locked_in_now_is_an_emergency_in_this_talk_too(world: World) -> None:
    talk = _begun(world)
    assert "entrusted.plan.alone" not in world.say(talk, "孩子现在自己锁屋里出不来了 一直哭")
    assert world.flow(talk) == "report"


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ("我弟天天喝大酒", "entrusted.wish.d2.yes"),
        ("我弟去年玩牌还让派出所拘了几天 算赌博不", "entrusted.wish.d2.yes"),
        ("他早先吸过 后来戒了", "entrusted.wish.d2.unknown"),
        ("学校那边口头说了行不", "entrusted.wish.written"),
        ("协议上哪整 有样本没", "entrusted.wish.papers"),
        ("这事上哪办去", "entrusted.wish.where_to"),
        ("签了以后孩子磕了碰了算谁的", "entrusted.wish.liable"),
        ("不办手续直接走能咋的", "entrusted.wish.without"),
    ],
)
def test_what_is_told_of_the_person_or_asked_of_the_way_is_answered_plainly(world: World, told: str, key: str) -> None:
    talk = _begun(world)
    assert world.say(talk, told)[0] == key
    assert world.reports() == []


def test_another_person_takes_the_place_of_the_first_with_nothing_of_him(world: World) -> None:
    talk = _begun(world)
    world.say(talk, "我弟二十八")
    world.say(talk, "那我姐行不行 45了 身体好 家里一个上初中的闺女")
    assert "打算托给：我弟（28岁）" in _read_back(world, talk)
    world.say(talk, "那就我姐吧")
    told = world.said(talk)[-1].text
    assert "打算托给：我姐（45岁）" in told
    assert "去向：年后我要去大连打工\n" in told
    assert "孩子：七岁，一年级\n" in told


def test_who_was_told_that_this_person_may_not_is_asked_for_another_before_anything_is_handed_on(world: World) -> None:
    talk = _begun(world)
    world.say(talk, "七岁 一年级 集安清河镇的")
    said = world.say(talk, "先不留电话 我弟天天喝大酒")
    assert said == ["entrusted.wish.d2.yes", "entrusted.wish.carer.other"]


def test_a_sister_of_seventeen_is_no_grown_up_unless_she_lives_by_her_work(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我要去韩国打工两年 孩子想托给我妈 得办啥手续")
    assert world.say(talk, "小子十四 让他姐看着行不 他姐十七")[0] == "entrusted.wish.minor"
    assert world.say(talk, "她要是上班挣钱呢")[0] == "entrusted.wish.minor.earns"


def test_who_leaves_it_for_now_hears_that_nothing_went_anywhere(world: World) -> None:
    talk = _begun(world)
    assert world.say(talk, "我寻思寻思 跟家里商量商量") == ["entrusted.wish.later"]
    assert world.flow(talk) is None
