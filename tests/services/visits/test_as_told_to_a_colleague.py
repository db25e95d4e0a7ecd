"""A director tells of his morning as to a colleague: each home's words stand in its own record, a suspicion is told at
once, and needs and the log are put right whatever else is open."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.services import drafts
from bot.services.staff import accounts
from bot.services.visits import work_logs
from bot.storage.database import Database
from bot.storage.tables import Report
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services import on_file
from tests.services.cases import Staff, staff_of


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


@pytest.fixture
def talk(world: World, hands: Hands) -> str:
    hands.moment = datetime(2026, 12, 1, 8, 40, tzinfo=SHANGHAI)
    found: Staff = staff_of(world)
    on_file.homes(world, "李天宇", "孙小虎", "赵子轩", filed=date(2026, 11, 1), level="average")
    return found.director.talk


def _kept(world: World, talk: str) -> dict[str, Any]:
    with world.work() as work:
        draft = drafts.current(work, talk, "visit")
        return drafts.contents(work, draft) if draft is not None else {}


def _record(world: World, talk: str) -> dict[str, Any]:
    record: dict[str, Any] = _kept(world, talk)["record"]
    return record


def test_the_next_home_is_its_own_record_though_the_one_before_is_not_done(world: World, talk: str) -> None:
    world.say(talk, "去了李家 屋里冷")
    first = _kept(world, talk)["home"]
    world.say(talk, "老孙家也去了 都挺好的")
    assert _kept(world, talk)["home"] != first
    assert "屋里冷" not in str(_record(world, talk)["notes"])


def test_a_child_off_school_is_no_leave_of_the_director(world: World, talk: str) -> None:
    assert world.say(talk, "赵家也去了 孩子感冒 吃着药呢 上学请假了") == ["visit.rest"]
    assert "上学请假了" in str(_record(world, talk)["notes"])


def test_a_suspicion_in_a_few_words_is_told_at_once_whatever_is_asked(world: World, talk: str) -> None:
    world.say(talk, "去了赵子轩家 炕凉")
    assert "visit.emergency_now" in world.say(talk, "疑似家暴吧")
    with world.work() as work:
        assert work.session.scalar(select(Report)) is not None


def test_a_mark_is_asked_about_when_the_home_is_known_only_afterwards(world: World, talk: str) -> None:
    world.say(talk, "走访了一家")
    assert world.say(talk, "赵子轩 孩子胳膊有一块青 说是磕的") == ["visit.finding"]


def test_help_with_a_need_is_no_second_need_and_its_plan_may_be_told_without_naming_it(world: World, talk: str) -> None:
    world.say(talk, "去了李家 想要双棉鞋 得帮着申请")
    assert _record(world, talk)["needs"] == ["想要双棉鞋，得帮着申请"]
    world.say(talk, "他家那个需求 我找镇里民政要 下礼拜五前")
    assert _record(world, talk)["follow"]["想要双棉鞋，得帮着申请"]["due"] == "2026-12-11"


def test_the_log_is_added_to_in_the_middle_of_a_record_whose_question_comes_again(world: World, talk: str) -> None:
    world.say(talk, "去了李家 屋里冷")
    assert world.say(talk, "日志加一句 下午参加镇里培训") == ["log.text", "visit.rest.open"]
    world.say(talk, "第1条加上：讲的是安全")
    with world.work() as work:
        member = accounts.member(work, talk)
        assert member is not None
        assert work_logs.of(work, member, date(2026, 12, 1)).words == ["下午参加镇里培训；讲的是安全"]


def test_a_log_shown_last_is_confirmed_by_a_word(world: World, talk: str) -> None:
    world.say(talk, "日志加一句 下午参加镇里培训")
    assert world.say(talk, "没错 确认") == ["log.confirmed"]
