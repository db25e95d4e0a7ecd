"""A child that is bullied: heard as a child from its first soft word, its place, name and class in the report, and what
it tells on another day answered for what it is."""

from __future__ import annotations

import pytest

from bot.reading.reports import asides
from bot.services.casework import reports
from bot.storage.database import Database
from tests.builders import World
from tests.conftest import Hands
from tests.services.talking import answers_of

SCHOOL = "我在响水镇中心小学 五年二班 我叫小彤"
BEATEN = "就班里那几个女的把我书包扔厕所里还薅我头发"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talks; nothing here differs between the databases."""
    return sqlite


@pytest.mark.parametrize(
    ("said", "child"),
    [
        ("班里有人总欺负我", True),
        ("我不想去学校了", True),
        ("她们把我的作业本撕了", True),
        ("同学老欺负我弟弟", False),
        ("他们打我家孩子", False),
        ("村里人他们老欺负我 我老公也不管", False),
    ],
)
def test_whom_others_at_school_torment_is_heard_as_a_child(said: str, child: bool) -> None:
    assert asides.tells_as_a_child(said) is child


def test_place_name_and_class_reach_the_lines_of_the_report(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "班里有人总欺负我")
    world.tap(talk, "report.danger_now=no")
    world.say(talk, SCHOOL)
    answers = answers_of(world, talk)
    assert answers.area is not None
    assert answers.words_of("child_ref") == ["五年二班 我叫小彤"]


def test_a_child_that_hides_says_where_and_whoever_has_it_knows(world: World, hands: Hands) -> None:
    talk = world.citizen()
    world.say(talk, BEATEN)
    hands.forward(hours=14)
    assert world.say(talk, "姐姐在吗 昨天那些人又堵我了")[0] == "after.bullied_again.child"
    world.say(talk, "我在学校厕所呢 她们在外头等我 响水镇中心小学")
    assert "响水镇中心小学" in world.said(talk)[-1].text
    with world.work() as work:
        told = reports.told_of(work, world.report())
    assert world.report().area is not None
    assert ["place", "我在学校厕所呢 响水镇中心小学"] in [list(one) for one in told["words"]]


@pytest.mark.parametrize("hours", [0, 14])
def test_what_becomes_of_it_at_school_is_answered_and_not_in_the_same_words(
    hours: int, world: World, hands: Hands
) -> None:
    talk = world.citizen()
    world.say(talk, BEATEN)
    hands.forward(hours=hours)
    assert "after.come_school.child" in world.say(talk, "你们会来学校找我吗别让同学知道")
    assert "after.come_school.child" not in world.say(talk, "那你们来我们学校找我吗")


def test_days_later_a_child_is_no_stranger(world: World, hands: Hands) -> None:
    talk = world.citizen()
    world.say(talk, "我爸正打我呢")
    world.say(talk, "公主岭市响水镇姜家店村")
    hands.forward(hours=20)
    assert "child.talk.hello" not in world.say(talk, "我爸昨晚没打我")
