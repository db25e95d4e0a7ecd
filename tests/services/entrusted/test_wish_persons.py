"""The persons of a wish for 委托照护: another carer, the child's own wish, somebody who backs out the next day."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import Person, person
from tests.services.entrusted.told_wishes import last, payload, told
from tests.services.registered import VILLAGE

MOTHER = (
    "我下个月九号要去日本打工 两年 孩子咋整啊",
    "儿子七岁 上一年级 他爸早没了",
    "公主岭市响水镇姜家店村 想让我妈带 六十三了",
    "身体挺好 不喝酒不打牌 没啥前科",
    "电话13844556677",
)
SISTER = (*MOTHER, "那就换我妹 三十五 结婚了 有俩孩子")


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


@pytest.fixture
def director(world: World) -> Person:
    return person(world, "child_director", VILLAGE, "王主任")


def test_another_carer_takes_nothing_of_the_first_with_her_and_the_first_comes_back_whole(
    world: World, director: Person
) -> None:
    talk = told(world, SISTER)
    said = last(world, talk)
    assert "打算托给：我妹（35岁）\n照护人的情况（您说的）：结婚了，有俩孩子\n" in said
    assert "身体挺好" not in said
    world.say(talk, "那还是我妈吧 孩子劝好了 说愿意")
    said = last(world, talk)
    assert "打算托给：我妈（63岁）\n照护人的情况（您说的）：身体挺好，不喝酒不打牌，没啥前科\n" in said
    assert "孩子的想法：孩子劝好了 说愿意\n" in said


def test_what_the_child_wants_is_kept_clean_and_names_no_carer_yet(world: World, director: Person) -> None:
    talk = told(world, MOTHER)
    assert "entrusted.wish.child_prefers" in world.say(talk, "先等会 孩子说不想去姥姥家 想跟我妹")
    said = last(world, talk)
    assert "打算托给：我妈（63岁）\n" in said
    assert "孩子的想法：孩子说不想去姥姥家 想跟我妹\n" in said
    world.say(talk, "我妹三十五 没结婚")
    assert "打算托给：我妹（35岁）\n" in last(world, talk)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("上日本以后一周打一回电话 打给谁", "entrusted.wish.weekly"),
        ("这个还得问孩子啊 他才七岁", "entrusted.wish.hear"),
        ("那他算留守儿童不", "entrusted.wish.left_behind.day"),
    ],
)
def test_a_question_is_answered_and_changes_nothing(world: World, director: Person, said: str, key: str) -> None:
    talk = told(world, MOTHER)
    before = last(world, talk)
    assert world.say(talk, said)[0] == key
    world.say(talk, "念一遍")
    assert last(world, talk) == before


@pytest.mark.parametrize(
    "said", ["我昨天办那个委托 我妹反悔了 说带不了", "我妹变卦了 不带了", "昨天定的那个人不干了 咋办"]
)
def test_who_backs_out_the_next_day_is_seen_by_the_staff_at_once_and_another_is_asked_for(
    world: World, director: Person, hands: Hands, said: str
) -> None:
    talk = told(world, SISTER, "交上去吧")
    hands.forward(hours=20)
    assert world.say(talk, said) == ["entrusted.wish.backed_out.handed", "entrusted.wish.carer.other"]
    recap = str(payload(world)["recap"])
    assert "打算托给：我妹" not in recap.split("改过")[0]
    assert "（说带不了了）" in recap
    assert world.pushes(director.talk).count("staff.care_task.changed") == 1
    world.say(talk, "打算托给我妈")
    assert world.say(talk, "行 那就交上去 等你们信儿") == ["entrusted.wish.sent.again"]
    assert "打算托给：我妈（63岁）\n" in str(payload(world)["recap"])


def test_nobody_is_said_to_see_it_where_nobody_is_bound(world: World) -> None:
    talk = told(world, SISTER, "交上去吧")
    assert world.say(talk, "我妹反悔了 说带不了")[0] == "entrusted.wish.backed_out"


@pytest.mark.parametrize("said", ["她要是不想带了咋办", "我带不动了 太累"])
def test_what_is_only_supposed_or_said_of_oneself_puts_no_carer_out(world: World, director: Person, said: str) -> None:
    talk = told(world, SISTER)
    assert "entrusted.wish.backed_out" not in world.say(talk, said)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("二姨四十九 姓马", "打算托给：我二姨姓马（49岁）"),
        ("走的日子 十二月八号", "去向：十二月八号走，我要出去打工"),
        ("俩月 干完就回来", "去向：我要出去打工，俩月"),
    ],
)
def test_each_thing_goes_to_its_own_line(world: World, director: Person, said: str, line: str) -> None:
    words = ("我要出去打工 孩子放我二姨家行不行", "九岁 三年级", "公主岭市响水镇姜家店村", "不留")
    talk = told(world, words, said)
    assert f"{line}\n" in last(world, talk)


def test_why_the_other_parent_is_no_help_is_no_danger_to_the_child(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我下月初要去韩国打工 孩子想放我大姐家 要办啥手续")
    assert "report.danger_doubt" not in world.say(talk, "一个 我闺女7岁半叫朵朵 上一年级 她爸早离了不管")
    assert world.flow(talk) == "entrusted"
