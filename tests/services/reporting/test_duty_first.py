"""Who must report harm himself hears so at once, before he is asked whether it happens now (reports.md §1.3, §3.6)."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import asked_now, filed

SCHOOL, DUTY = "report.first.S1.school", "report.first.S1.duty"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("我是小学老师，发现班上学生身上有烟头烫的疤", SCHOOL),
        ("我是校医 学生后背全是皮带抽的印子", SCHOOL),
        ("我是班主任 学生说后爸摸她", SCHOOL),
        ("我们幼儿园有个孩子身上有新旧伤", SCHOOL),
        ("我是村医 来个孩子胳膊上有掐的青紫", DUTY),
        ("我是社区的 有个孩子身上好几处烫伤", DUTY),
    ],
)
def test_the_duty_comes_before_the_question_about_danger(said: str, rule: str, world: World) -> None:
    talk = world.citizen()
    keys = world.say(talk, said)
    assert keys.index(rule) < keys.index("report.danger_now")
    assert "report.danger_doubt" not in keys
    assert asked_now(world, talk) == "danger_now"
    assert rule not in world.say(talk, "两个孩子都有"), "once"


def test_a_neighbour_is_asked_about_danger_as_before(world: World) -> None:
    assert world.say(world.citizen(), "邻居孩子身上有烟头烫的疤")[0] == "report.danger_doubt"


@pytest.mark.parametrize("said", ["还要我做什么", "学校还得干啥", "接下来学校怎么办", "报完警我们还要做啥"])
def test_a_school_hears_what_comes_next_within_the_talk_and_after_it(said: str, world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我是小学老师，发现班上学生身上有烟头烫的疤")
    world.tap(talk, "report.danger_now=no")
    assert "report.faq.what_to_do.school" in world.say(talk, said)
    world.say(talk, "公主岭市响水镇姜家店村")
    for _ in range(8):
        if filed(world, talk):
            break
        asked = asked_now(world, talk)
        world.tap(talk, "report.confirm=yes" if asked == "confirm" else f"report.{asked}=skip")
    assert world.say(talk, said) == ["report.faq.what_to_do.school"]
    assert "教育部门" in world.said(talk)[-1].text
