"""A parent puts right what he told of his wish for 委托照护, before and after it was handed in; it is read back."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.builders import World
from tests.services.cases import Person, person
from tests.services.entrusted.told_wishes import last, payload, told
from tests.services.registered import VILLAGE

TOLD = (
    "月底走 去大连 孩子托给他姥姥赵淑琴",
    "七岁 一年级",
    "公主岭市响水镇姜家店村",
    "王兵 13700003333",
)


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


@pytest.fixture
def director(world: World) -> Person:
    return person(world, "child_director", VILLAGE, "王主任")


def test_a_name_beside_the_person_and_the_own_name_before_the_number_are_read(world: World, director: Person) -> None:
    said = last(world, told(world, TOLD))
    assert "打算托给：他姥姥赵淑琴\n" in said
    assert "称呼：王兵\n" in said


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("名写错了 她姥姥叫赵淑芹", "打算托给：他姥姥赵淑芹"),
        ("不托姥姥了 托给他三姨孙丽华", "打算托给：他三姨孙丽华"),
        ("不是他姥姥 是他舅", "打算托给：他舅"),
        ("走的日子往后推了 下月十八号才走", "去向：下月十八号走，去大连"),
        ("走的日子是26号不是月底", "去向：26号走，去大连"),
        ("姥姥电话补一个 13944440000", "照护人电话：13944440000"),
        ("我电话错了 换成13944441111", "电话：13944441111"),
    ],
)
@pytest.mark.parametrize("handed_in", [False, True])
def test_what_is_put_right_takes_the_place_of_what_stood_there(
    world: World, director: Person, said: str, line: str, handed_in: bool
) -> None:
    talk = told(world, TOLD, *(("对",) if handed_in else ()))
    world.say(talk, said)
    if not handed_in:
        assert f"{line}\n" in f"{last(world, talk)}\n"
        world.say(talk, "对")
    recap = str(payload(world)["recap"])
    assert f"{line}\n" in recap
    replaced = "补一个" not in said
    assert ("改过，先前说的是：" in recap) == replaced


def test_what_was_put_right_after_it_was_handed_in_is_told_to_the_staff_once(world: World, director: Person) -> None:
    talk = told(world, TOLD, "对")
    assert world.say(talk, "换人了 托给他三姨孙丽华") == ["entrusted.wish.put_right"]
    assert world.pushes(director.talk).count("staff.care_task.changed") == 1
    assert world.say(talk, "现在写的托给谁") == ["entrusted.wish.stands"]
    assert "他三姨孙丽华" in last(world, talk)
    assert world.pushes(director.talk).count("staff.care_task.changed") == 1


def test_that_he_does_not_leave_after_all_goes_to_the_staff(world: World, director: Person) -> None:
    talk = told(world, TOLD, "对")
    assert world.say(talk, "我不走了 厂里不要人了") == ["entrusted.wish.off_taken"]
    assert "不走了" in str(payload(world)["recap"])


@pytest.mark.parametrize(
    ("said", "line"),
    [("你先给我念一遍", "打算托给：他姥姥赵淑琴"), ("我问你 走的日子记的哪天", "去向：月底走，去大连")],
)
def test_what_stands_is_read_back_and_no_rule(world: World, director: Person, said: str, line: str) -> None:
    talk = told(world, TOLD)
    keys = world.say(talk, said)
    assert not any(key.startswith("policy") for key in keys)
    assert any(line in one.text for one in world.said(talk)[-len(keys) :])


def test_a_number_is_kept_for_whom_the_words_before_it_name(world: World, director: Person) -> None:
    talk = world.citizen()
    world.say(talk, "我月底上北京当保姆 闺女托给她大娘 叫周桂芬 电话15843110022")
    for one in ("十岁", "公主岭市响水镇姜家店村", "我叫刘艳 13599990000"):
        world.say(talk, one)
    said = last(world, talk)
    assert "照护人电话：15843110022\n" in said
    assert "\n电话：13599990000\n" in said


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("她男人爱耍钱", "entrusted.wish.housemate"),
        ("她自己也有病 血压高", "entrusted.wish.ill"),
        ("岁数是不是太大了", "entrusted.wish.elder"),
        ("姥姥天天喝大酒", "entrusted.wish.d2.yes"),
    ],
)
def test_news_of_the_carer_is_for_the_director_to_look_into_and_only_the_own_vice_refuses(
    world: World, director: Person, said: str, key: str
) -> None:
    talk = told(world, TOLD)
    keys = world.say(talk, said)
    assert keys[0] == key
    assert ("entrusted.wish.carer.other" in keys) == key.endswith("d2.yes")
