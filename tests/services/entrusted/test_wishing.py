"""A father nobody knows here wants his daughter looked after while he is away: it becomes a task of the place."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.reading.dangers import hunch
from bot.services.tasks import care_tasks
from bot.storage.database import Database
from bot.storage.tables import CareArrangement, CareTask
from tests.builders import World
from tests.services.cases import Person, person
from tests.services.registered import VILLAGE

PLACE = "公主岭市响水镇姜家店村"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


@pytest.fixture
def director(world: World) -> Person:
    return person(world, "child_director", VILLAGE, "王主任")


def last(world: World, talk: str) -> str:
    return world.said(talk)[-1].text


def told(world: World, *words: str) -> str:
    """A talk in which a stranger says these words."""
    talk = world.citizen()
    for one in words:
        world.say(talk, one)
    return talk


FATHER = (
    "我下个月走 想把闺女放我大姐家 咋弄",
    "去青岛 进厂",
    "我大姐叫许桂兰 四十六",
    "说错了 四十九 属小龙的",
    "电话13894416207",
    "她以前有没有犯过事我哪知道 没有吧 不清楚",
    "孩子八岁 二年级",
)


def test_what_a_stranger_tells_is_kept_and_goes_to_the_child_director_of_the_place(
    world: World, director: Person
) -> None:
    talk = told(world, *FATHER, PLACE, "我叫刘德海 电话13900000005")
    read_back = last(world, talk)
    for kept in ("我大姐许桂兰（49岁）", "13894416207", "去青岛，进厂", "孩子八岁，二年级", "我哪知道 没有吧 不清楚"):
        assert kept in read_back
    assert world.say(talk, "对") == ["entrusted.wish.sent.wish"]
    with world.work() as work:
        task = work.session.scalars(select(CareTask)).one()
        held = care_tasks.payload(work, task)
        assert (task.kind, task.area) == ("entrusted_call", VILLAGE)
        assert "许桂兰" in held["recap"]
        assert held["name"] == "刘德海"
        assert work.session.scalars(select(CareArrangement)).all() == []
    assert "staff.care_task.entrusted_call" in world.pushes(director.talk)


def test_no_question_comes_twice_in_the_same_words_and_nothing_is_said_to_be_arranged(world: World) -> None:
    talk = told(world, *FATHER)
    said = [one.text for one in world.said(talk)]
    asked = [one for one in said if one.endswith("？")]
    assert len(asked) == len(set(asked))
    assert not [one for one in said if "没听" in one or "没看懂" in one or "帮不上" in one]


def test_it_is_put_aside_until_another_day_and_goes_on_where_it_was(world: World) -> None:
    talk = told(world, *FATHER)
    assert world.say(talk, "行 先这么着 改天接着办") == ["entrusted.wish.later"]
    assert "没有办成" in last(world, talk)
    assert world.say(talk, "我是昨天要办委托的那个 接着整")[-1].startswith("entrusted.wish.")
    world.say(talk, PLACE)
    assert "许桂兰" in last(world, talk) or world.say(talk, "不留") == ["entrusted.wish.send"]


def test_what_the_child_wants_is_kept_and_changes_nobody_s_mind_for_it(world: World) -> None:
    talk = told(world, "过几天要去宁波打工 孩子咋整 听说得办个啥手续", "让他奶奶带", "闺女不太乐意 想跟她老姨")
    for one in ("俩孩子 大的十岁闺女 小的四岁小子", "磐石市烟筒山镇", "不留"):
        world.say(talk, one)
    assert "打算托给：他奶奶" in last(world, talk)
    assert "孩子的想法：闺女不太乐意 想跟她老姨" in last(world, talk)


def test_an_aunt_who_cannot_go_on_is_not_blamed_and_the_director_is_asked_to_come(world: World) -> None:
    talk = told(world, "我是孩子他姑 实在带不下去了")
    assert "换人之前，先把孩子照看住" in world.said(talk)[0].text
    for one in ("他爸妈半年没给钱了 打电话也不接", "我不是不要他 就是想换个人", "通化县二密镇", "不留"):
        world.say(talk, one)
    assert "他爸妈半年没给钱了" in last(world, talk)
    assert world.say(talk, "行")[0] in ("entrusted.wish.sent.tired", "entrusted.call.nobody")


def test_danger_told_in_it_is_answered_first(world: World) -> None:
    talk = told(world, *FATHER[:2])
    world.say(talk, "我闺女现在让人打得满脸是血")
    assert world.report().severity == "S0"


def test_the_age_of_who_is_to_look_after_the_child_is_no_danger_however_it_sounds(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = told(world, *FATHER[:2])
    monkeypatch.setattr(hunch, "learned", lambda: hunch.Learned("", 1000.0, {}))
    keys = world.say(talk, "我老弟宋明哲，三十六岁，还没成家")
    assert keys
    assert "report.danger_doubt" not in keys
    assert world.flow(talk) == "entrusted"
