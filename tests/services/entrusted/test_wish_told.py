"""A mother going abroad tells whom her child is to stay with: everything in its own place, and how it stands the next
day."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import Person, person
from tests.services.entrusted.told_wishes import last, payload, told
from tests.services.registered import VILLAGE

MOTHER = (
    "我过十天要去韩国干活 想把孩子交给我朋友带 要啥手续不",
    "孩子爸半年前就去了 也在韩国",
    "我朋友叫朴美花 42岁 跟我一个村的",
    "儿子 6岁 上幼儿园大班 他挺乐意的",
    "公主岭市响水镇姜家店村",
    "我姓金 13944330022",
)


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


@pytest.fixture
def director(world: World) -> Person:
    return person(world, "child_director", VILLAGE, "王主任")


def test_each_thing_told_stands_in_its_own_line(world: World, director: Person) -> None:
    said = last(world, told(world, MOTHER))
    for line in (
        "打算托给：我朋友朴美花（42岁）",
        "去向：我过十天要去韩国干活",
        "另一位家长：孩子爸半年前就去了，也在韩国",
        "孩子：儿子6岁，上幼儿园大班",
        "孩子的想法：他挺乐意的",
        "称呼：姓金",
    ):
        assert f"{line}\n" in said


def test_a_whole_correction_of_three_things_is_taken(world: World, director: Person) -> None:
    talk = told(world, MOTHER, "那不行的话 换我大姨姐 金顺子 45 啥毛病没有", "我走的日子是12月8号")
    assert "去向：我12月8号要去韩国干活\n" in last(world, talk)
    world.say(talk, "改错了 孩子爸是半年前去的 12月8号是我走 我叫金红 照看的人叫金顺子 我大姨姐")
    said = last(world, talk)
    for line in ("打算托给：我大姨姐金顺子（45岁）", "去向：我12月8号要去韩国干活", "称呼：金红"):
        assert f"{line}\n" in said


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("就我朋友朴美花 不是亲戚 朋友行不行", "entrusted.wish.no_kin"),
        ("监护权是不是就归她了", "entrusted.wish.liable"),
        ("她就是爱打麻将 有时候输个千八百的", "entrusted.wish.d2.unknown"),
        ("她天天输钱 打得凶", "entrusted.wish.d2.yes"),
        ("还有啥没弄的", "entrusted.wish.left"),
    ],
)
def test_what_is_asked_and_told_of_the_friend_is_answered_and_no_line_changes(
    world: World, director: Person, said: str, key: str
) -> None:
    talk = told(world, MOTHER)
    assert world.say(talk, said)[0] == key
    world.say(talk, "念一遍")
    assert any("孩子：儿子6岁，上幼儿园大班\n" in one.text for one in world.said(talk)[-2:])


def test_the_next_day_it_is_said_who_has_it_and_no_code_is_asked_for(
    world: World, director: Person, hands: Hands
) -> None:
    talk = told(world, MOTHER, "交上去吧")
    hands.forward(hours=20)
    assert world.say(talk, "昨天我托朋友照顾孩子的事 办到哪了") == ["entrusted.wish.stands.open"]
    assert world.say(talk, "还有啥没弄的") == ["entrusted.wish.left"]
    assert "朴美花" in str(payload(world)["recap"])


def test_in_another_talk_it_is_said_that_nothing_of_it_is_seen_here(world: World) -> None:
    assert world.say(world.citizen(), "昨天我托大姨姐照顾孩子的事 办到哪了") == ["entrusted.wish.not_here"]


def test_a_wish_put_aside_goes_on_with_the_next_word_about_it(world: World, director: Person) -> None:
    talk = told(world, MOTHER, "先不交 我再寻思寻思")
    assert world.flow(talk) is None
    world.say(talk, "换我二嫂 周玉兰 50")
    assert "打算托给：我二嫂周玉兰（50岁）\n" in last(world, talk)


def test_cards_played_hard_are_a_vice_and_no_blow(world: World, director: Person) -> None:
    talk = told(world, MOTHER)
    assert world.say(talk, "朴美花不行了 她打麻将打得凶 天天输钱")[0] == "entrusted.wish.d2.yes"
    assert world.flow(talk) == "entrusted"


def test_the_other_parent_s_absence_is_why_a_carer_is_wanted_and_no_report(world: World, director: Person) -> None:
    talk = told(world, MOTHER, "孩子她爸跟我离了 不管")
    assert world.flow(talk) == "entrusted"
    assert "另一位家长：孩子她爸跟我离了，不管\n" in last(world, talk)
