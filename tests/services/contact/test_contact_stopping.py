"""Whoever joined stops, rests or has no time, in any words and wherever he is: heard, confirmed, with the way back."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.builders import World
from tests.services import family as homes


@pytest.fixture
def database(sqlite: Database) -> Database:
    """The same rows on PostgreSQL are what test_contact looks at."""
    return sqlite


@pytest.fixture
def father(world: World) -> tuple[homes.Family, str]:
    home = homes.make(world, "father")
    return home, homes.join(world, home, "father")


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("退订", "contact.stopped.parent"),
        ("别老给我发", "contact.stopped.parent"),
        ("就是别给我发消息了", "contact.stopped.parent"),
        ("这阵子先停", "contact.rests.parent"),
        ("这阵子忙 先别给我发了 下个月再说", "contact.rests.parent"),
        ("最近赶工期 缓一缓 年后再问我", "contact.rests.parent"),
    ],
)
def test_stopping_and_resting_end_the_questions_and_a_word_brings_them_back(
    world: World, father: tuple[homes.Family, str], said: str, key: str
) -> None:
    home, talk = father
    assert world.say(talk, said) == [key]
    assert homes.plan(world, home, "father").state == "stopped"
    assert world.say(talk, "接着发吧") == ["contact.stays"]
    assert homes.plan(world, home, "father").state == "active"
    assert world.reports() == []


def test_enough_for_today_is_no_stop_and_takes_one_back(world: World, father: tuple[homes.Family, str]) -> None:
    home, talk = father
    world.say(talk, "停")
    assert world.say(talk, "不是 我是说先不唠了 提醒该发还发") == ["contact.stays.today"]
    assert homes.plan(world, home, "father").state == "active"
    world.tap(talk, "flow:contact")
    assert world.say(talk, "今天不唠了 提醒照发啊") == ["contact.stays.today"]
    assert world.flow(talk) is None


def test_who_opens_the_questions_again_is_asked_nothing_he_says_by_himself(
    world: World, father: tuple[homes.Family, str]
) -> None:
    home, talk = father
    for said, key in (
        ("每周提醒接着发 别停", "contact.stays"),
        ("以后礼拜三晚上八点提醒我吧 礼拜四我倒班", "join.changed"),
    ):
        world.say(talk, "停")
        world.tap(talk, "flow:join")
        assert world.say(talk, said) == [key]
        assert world.flow(talk) is None
    plan = homes.plan(world, home, "father")
    assert (plan.state, plan.weekday, plan.clock) == ("active", 3, "20:00")


def test_what_is_noted_is_read_back_in_the_middle_of_a_question(world: World, father: tuple[homes.Family, str]) -> None:
    _, talk = father
    world.say(talk, "昨晚视频了 吃的住的都行")
    world.say(talk, "停")
    world.tap(talk, "flow:join")
    assert world.say(talk, "这礼拜我都报了啥 给我看看")[0].startswith("contact.week_stands")
    assert "吃住身体好" in "".join(one.text for one in world.said(talk)[-2:])


def test_who_has_no_time_just_now_is_let_go_and_stays_joined(world: World, father: tuple[homes.Family, str]) -> None:
    home, talk = father
    assert world.say(talk, "停一下 别问了 我上班去了") == ["contact.stopped.now"]
    world.tap(talk, "flow:contact")
    assert world.say(talk, "上工了 先别问了") == ["contact.stopped.later"]
    assert world.flow(talk) is None
    assert homes.plan(world, home, "father").state == "active"


def test_what_is_answered_in_the_same_breath_is_kept(world: World, father: tuple[homes.Family, str]) -> None:
    home, talk = father
    world.tap(talk, "flow:contact")
    assert world.say(talk, "昨晚视频了 以后别给我发了") == ["contact.stop_which"]
    assert homes.answers(world, home, "father")["contact"] == "yes"


@pytest.mark.parametrize("said", ["孩子停课了", "别跟他奶说", "老师老给我发消息 烦死了", "他奶奶让他别问了"])
def test_what_others_are_to_stop_stops_no_questions(world: World, father: tuple[homes.Family, str], said: str) -> None:
    home, talk = father
    world.say(talk, said)
    assert homes.plan(world, home, "father").state == "active"


def test_in_danger_nothing_is_stopped(world: World, father: tuple[homes.Family, str]) -> None:
    home, talk = father
    keys = world.say(talk, "别发了 孩子昨晚说不想活了")
    assert any(key.startswith("danger.") for key in keys)
    assert homes.plan(world, home, "father").state == "active"


def test_a_worry_and_the_wish_for_somebody_are_one_task_and_who_hears_it_is_said(
    world: World, father: tuple[homes.Family, str]
) -> None:
    home, talk = father
    world.tap(talk, "flow:contact")
    world.say(talk, "视频了 跟他奶也说了 娃说同学笑话他没妈 不爱说话了")
    said = world.say(talk, "这事先别跟他奶说 我想让主任去瞅瞅他 行不")
    assert said[:2] == ["open.seen.contact", "contact.help.parent"]
    assert [rung[:2] for rung in homes.rungs(world, home)] == [("signal_soon", "bullied")]


def test_work_at_home_is_no_worry_and_work_near_home_is_a_question(
    world: World, father: tuple[homes.Family, str]
) -> None:
    home, talk = father
    world.tap(talk, "flow:contact")
    world.say(talk, "打电话了 他在家放羊做饭 挺好")
    assert "contact.card.home" in world.say(talk, "过年车票难买 有啥老家的活儿没")
    assert homes.rungs(world, home) == []
