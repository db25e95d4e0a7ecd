"""A round of homes told one after another: a need's day is the need's, a call is no visit, the next home is a visit of
its own, and the log has all of it before it is signed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.services import drafts
from bot.services.visits import work_logs
from bot.storage.database import Database
from bot.storage.tables import Report, Visit, VisitNeed
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services import on_file
from tests.services.cases import Staff, staff_of
from tests.services.staff.test_office import last, says

TODAY = date(2026, 12, 1)
SECOND = "第二家马天佑 家里缺过冬的煤 得让镇里老孙给解决 十二月二十号之前"
CALLED = "第五家曲明轩 没去成 电话唠的 都挺好"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


@pytest.fixture
def people(world: World, hands: Hands) -> Staff:
    hands.moment = datetime(2026, 12, 1, 11, 40, tzinfo=SHANGHAI)
    found = staff_of(world)
    on_file.homes(world, "孙一诺", "马天佑", "曲明轩", filed=date(2026, 11, 1), level="average")
    return found


def _kept(world: World, talk: str) -> dict[str, Any]:
    with world.work() as work:
        draft = drafts.current(work, talk, "visit")
        assert draft is not None
        found: dict[str, Any] = drafts.contents(work, draft)
        return found


def _visits(world: World, kind: str) -> list[Visit]:
    with world.work() as work:
        return list(work.session.scalars(select(Visit).where(Visit.kind == kind)))


def _log(world: World, people: Staff) -> str:
    with world.work() as work:
        return "\n".join(work_logs.of(work, people.director.member(work), TODAY).words)


@pytest.mark.parametrize(
    "words", ["啊不对 十二月十五号前", "十二月十五号前 镇里老孙管煤", "不对 是今天去的 十二月十五号是煤的期限"]
)
def test_the_day_of_a_need_put_right_is_the_needs_and_never_the_visits(world: World, people: Staff, words: str) -> None:
    talk = people.director.talk
    says(world, talk, SECOND)
    for one in ("其他都正常", "见到了孩子"):
        world.say(talk, one)
    says(world, talk, words)
    assert _kept(world, talk)["on"] in (None, TODAY.isoformat())
    says(world, talk, "没有 都没有危险 保存吧")
    (visit,) = _visits(world, "home_visit")
    assert visit.on == TODAY
    with world.work() as work:
        (need,) = work.session.scalars(select(VisitNeed)).all()
        assert need.due == date(2026, 12, 15)


@pytest.mark.parametrize("words", ["第二家孙一诺 都挺好 一切正常", SECOND])
def test_the_next_home_of_a_round_is_told_as_a_visit(world: World, people: Staff, words: str) -> None:
    says(world, people.director.talk, words)
    assert world.flow(people.director.talk) == "visit"


def test_a_call_is_kept_as_one_moves_no_day_and_stands_in_the_log(world: World, people: Staff) -> None:
    talk = people.director.talk
    assert says(world, talk, CALLED) == ["visit.called"]
    assert "JL-3.8.e" in last(world, talk)
    assert len(_visits(world, "call")) == 1
    assert not _visits(world, "home_visit")
    assert "打电话了解：曲明轩" in _log(world, people)


def test_another_home_telephoned_is_no_word_of_the_report_that_is_open(world: World, people: Staff) -> None:
    talk = people.director.talk
    world.tap(talk, "flow:report")
    world.say(talk, "隔壁村有个孩子让他爸打了")
    assert "visit.called" in says(world, talk, CALLED)
    assert world.flow(talk) == "report"
    with world.work() as work:
        draft = drafts.current(work, talk, "report")
        assert draft is not None
        assert "曲明轩" not in str(drafts.answers(work, draft).words)


def test_what_the_child_said_is_the_childs_and_a_mere_meeting_says_nothing(world: World, people: Staff) -> None:
    talk = people.director.talk
    says(world, talk, "去了孙一诺家 吃穿都行 孩子单独唠了 说想她妈")
    record = _kept(world, talk)["record"]
    assert (record["said"], record["voice"]) == ("想她妈", "seen_alone")
    assert "想她妈" not in str(record["notes"])


def test_why_nobody_was_met_is_put_right_where_it_stands(world: World, people: Staff) -> None:
    talk = people.director.talk
    says(world, talk, "去了孙一诺家 没人 敲了半天门 邻居说上她姥家了")
    says(world, talk, "孙一诺家里没人")
    assert says(world, talk, "孙一诺那个改一下 不是上她姥家 是上她舅家了") == ["visit.put_right"]
    assert "上她舅家" in _log(world, people)
    with world.work() as work:
        assert work.session.scalar(select(Report)) is None


def test_when_the_round_was_made_stands_in_the_log(world: World, people: Staff) -> None:
    assert says(world, people.director.talk, "这一圈九点到的 十一点半走的") == ["visit.round_hours"]
    assert "九点到十一点半" in _log(world, people)


def test_what_is_told_and_not_recorded_is_named_before_the_log_is_signed(world: World, people: Staff) -> None:
    talk = people.director.talk
    says(world, talk, "第二家孙一诺 都挺好 一切正常")
    assert world.tap(talk, "log:confirm:2026-12-01") == ["log.incomplete"]
    assert "孙一诺" in last(world, talk)
    assert world.tap(talk, "log:sure:2026-12-01") == ["log.confirmed"]


def test_a_blow_and_its_mark_told_of_a_home_is_a_finding_at_once_and_in_the_log(world: World, people: Staff) -> None:
    talk = people.director.talk
    assert says(world, talk, "第四家曲明轩 孩子胳膊上青了一块 他说他爷拿烧火棍打的") == ["visit.emergency_now"]
    says(world, talk, "打完110了 孤店派出所 十点二十 接警的姓孙")
    log = _log(world, people)
    assert "发现紧急情况" in log
    assert "报案" in log
