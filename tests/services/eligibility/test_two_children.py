"""Two children of one check, called by whatever tells them apart: each keeps its own facts, goes with them, and is
spoken of afterwards without a code."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bot.services.tasks import care_tasks
from bot.storage.database import Database
from bot.storage.tables import CareTask
from tests.builders import World
from tests.conftest import Hands
from tests.services.checking import check_of
from tests.services.talking import last

COUSINS = (
    "我想给我俩孩子问问那个留守 这两个都不是一个爹妈的一个是我闺女家的一个是我儿子家的 算不算",
    "跟我过呢 闺女家那个丫头八岁她爸前年没了她妈在山东威海打工搁那厂子里",
    "好好照顾着呢 她妈走了有九个月了吧过年后走的中间五一回来待三天",
    "行那儿子家那小子呢 十五了 爹妈都上长春打工去了俺家是农安的",
    "今年七月底走的俩人一块走的",
)


@pytest.fixture
def database(sqlite: Database) -> Database:
    """What is told; nothing here differs between the databases."""
    return sqlite


def _told(world: World, *words: str) -> str:
    talk = world.citizen()
    for said in words:
        world.say(talk, said)
    return talk


def _handed(world: World) -> dict[int, dict[str, Any]]:
    with world.work() as work:
        rows = work.session.scalars(select(CareTask).where(CareTask.kind.in_(care_tasks.FROM_FAMILIES)))
        held = [care_tasks.payload(work, row) for row in rows]
    return {one["facts"]["child_age_years"]: one["facts"] for one in held}


def test_nothing_of_the_girls_parents_is_told_of_the_boy(world: World) -> None:
    check = check_of(world, _told(world, *COUSINS))
    assert check.facts["child_age_years"] == 15
    assert check.facts["father_away_status"] == "away_for_work"
    assert "mother_home_stays" not in check.facts
    (girl,) = check.earlier
    assert girl["facts"]["father_life_status"] == "dead"
    assert girl["facts"]["mother_home_stays"] == "short_visit"


@pytest.mark.parametrize("said", ["那俩孩子各是啥结果", "丫头和小子各算啥 别问了"])
def test_how_it_stands_is_said_of_each(world: World, said: str) -> None:
    talk = _told(world, *COUSINS)
    world.say(talk, said)
    verdict = next(one.text for one in reversed(world.said(talk)) if "女孩" in one.text)
    assert "男孩（15岁）" in verdict
    assert "女孩（8岁）" in verdict


def test_each_goes_with_its_own_parents_and_is_answered_for_the_next_day(world: World, hands: Hands) -> None:
    talk = _told(world, *COUSINS, "俩孩子都让人来看看 公主岭市响水镇姜家店村")
    handed = _handed(world)
    assert sorted(handed) == [8, 15]
    assert handed[8]["father_life_status"] == "dead"
    assert "mother_home_stays" not in handed[15]
    hands.forward(hours=24)
    world.say(talk, "昨天俺给俩孩子报的 丫头那份到底交没交")
    said = world.said(talk)[-2].text + last(world, talk)
    assert "女孩（8岁）" in said
    assert "男孩（15岁）" in said
    assert "还没人接手" in said


def test_of_a_child_that_did_not_go_it_is_said(world: World) -> None:
    talk = _told(
        world, "算不算留守儿童", "我家小子九岁 跟奶奶过 爸妈都在大连打工两年了", "让人来 公主岭市响水镇姜家店村"
    )
    world.say(talk, "丫头那份交没交")
    assert "女孩那份还没交" in last(world, talk)


@pytest.mark.parametrize("said", ["昨天说有人给我打电话 没人打啊", "我就问那个儿童主任啥时候给我打电话"])
def test_who_waits_for_a_call_hears_how_far_it_is_and_no_promise(world: World, hands: Hands, said: str) -> None:
    talk = _told(world, *COUSINS[:3], "让人来 公主岭市响水镇姜家店村 13900001111")
    hands.forward(hours=20)
    assert world.say(talk, said)[0] == "eligibility.went"
    assert "还没人接手" in last(world, talk)


def test_who_says_girl_of_the_one_child_speaks_of_no_other(world: World) -> None:
    talk = _told(world, "我丫头算不算留守", "丫头八岁 跟我过", "丫头她爸在外地打工")
    check = check_of(world, talk)
    assert (check.other, check.earlier) == ([], [])


def test_what_is_put_right_of_the_first_child_while_the_second_is_asked_about_goes_to_the_first(world: World) -> None:
    talk = _told(
        world,
        "算不算留守儿童",
        "我家俩孩子 闺女十二 儿子七岁 他爸在韩国打工 我在家带着",
        "照顾得好好的",
        "没低保 闺女没残疾",
        "儿子那个也查一下",
        "哦对了闺女是十一不是十二",
    )
    check = check_of(world, talk)
    assert check.earlier[0]["facts"]["child_age_years"] == 11
    assert check.facts["child_age_years"] == 7
