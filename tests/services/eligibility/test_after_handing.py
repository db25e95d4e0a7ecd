"""What is told once a check went to people: a change goes into it, the other child goes too, another day's is said not
to be kept."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bot.services.tasks import care_tasks
from bot.storage.database import Database
from bot.storage.tables import CareTask
from tests.builders import World

TWO = (
    "俺家孩子算不算留守儿童",
    "俩 一个大孙子一个小孙女",
    "大孙子十四 小孙女七岁 有残疾证 智力二级",
    "我跟老头子带着呢",
    "他爸他妈都搁沈阳打工呢 走了快俩月 哦不是 是过完年正月十六走的",
    "照顾得挺好",
)


@pytest.fixture
def database(sqlite: Database) -> Database:
    """What is told; nothing here differs between the databases."""
    return sqlite


def _handed(world: World) -> list[dict[str, Any]]:
    with world.work() as work:
        rows = work.session.scalars(select(CareTask).where(CareTask.kind.in_(care_tasks.FROM_FAMILIES)))
        return [care_tasks.payload(work, row) for row in rows]


def test_each_grandchild_goes_with_its_own_facts(world: World) -> None:
    talk = world.citizen()
    for said in (*TWO, "大的先这样 查小孙女", "照顾得挺好", "让人来 乾安县所字镇", "大孙子那个也交给他啊"):
        world.say(talk, said)
    by_age = {held["facts"]["child_age_years"]: held["facts"] for held in _handed(world)}
    assert sorted(by_age) == [7, 14]
    assert by_age[7]["child_disability"] == "cert_held"
    assert "child_disability" not in by_age[14]
    assert {one["mother_away_months"] for one in by_age.values()} == {by_age[14]["father_away_months"]}


def test_what_changed_after_it_went_stands_in_it(world: World) -> None:
    talk = world.citizen()
    for said in (*TWO, "让人来 乾安县所字镇", "低保今天批下来了 再给看看"):
        world.say(talk, said)
    assert _handed(world)[-1]["facts"]["household_assistance"] == "dibao"
    assert "家庭困境：初步符合" in world.said(talk)[-1].text


def test_a_need_told_with_the_wish_and_a_name_told_for_the_place_go_with_it(world: World) -> None:
    talk = world.citizen()
    told = (
        *TWO,
        "那你帮我跟儿童主任说说 冬天取暖钱都不够 孩子棉鞋也没有",
        "我叫赵刚 电话13800001234 下午打",
        "舒兰市平安镇",
    )
    for said in told:
        world.say(talk, said)
    held = _handed(world)[-1]
    assert "孩子棉鞋也没有" in held["recap"]
    assert "取暖钱都不够" in held["recap"]
    assert held["name"] == "赵刚"
    assert "13800001234" in held["contact"]


def test_of_another_conversation_it_is_said_that_nothing_is_kept(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "昨天在这测的那个 低保今天批下来了 再给看看")
    assert any("看不到" in one.text for one in world.said(talk))
    assert world.flow(talk) == "eligibility"
