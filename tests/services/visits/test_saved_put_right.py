"""What a director says of a home by its name goes to that child's record and to nothing else, whatever else is open."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot import jobs
from bot.services import drafts
from bot.services.casework import reports
from bot.services.visits import recording, unfinished
from bot.storage.tables import Child, Report, Visit, VisitCorrection
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services import on_file
from tests.services.cases import Staff, staff_of

pytestmark = pytest.mark.words

SATURDAY = date(2026, 11, 28)
NAMES = ("孙佳怡", "李小龙", "张梦瑶")
ALONE = "小龙家 爷爷住院了 孩子自己在家住三天了 才10岁"


@pytest.fixture
def talk(world: World, hands: Hands) -> str:
    """A director's talk on a Saturday at one; three homes on file."""
    hands.moment = datetime(2026, 11, 28, 13, 0, tzinfo=SHANGHAI)
    staff: Staff = staff_of(world)
    on_file.homes(world, *NAMES, filed=SATURDAY - timedelta(days=40), level="average")
    jobs.run(world.database, world.vault, "visits", world.now())
    return staff.director.talk


def _saved(world: World, talk: str) -> None:
    world.say(
        talk, "佳怡家去了 九点到的 奶奶照顾得挺好 吃穿都行 身体没毛病 学也上着呢 活动参加了 孩子说想她妈 没有紧急情况"
    )
    world.say(talk, "紧急情况都没有 保存")


def _record(world: World) -> tuple[str, dict[str, Any]]:
    with world.work() as work:
        row = work.session.scalars(select(Visit).where(Visit.kind == "home_visit")).one()
        child = work.session.get_one(Child, row.child)
        return child.household, work.open(recording.RECORD, row.uid, row.record_sealed)


def _told(world: World) -> str:
    with world.work() as work:
        return str([reports.told_of(work, one)["words"] for one in work.session.scalars(select(Report))])


def test_school_that_goes_on_and_no_emergency_stand_where_they_belong(world: World, talk: str) -> None:
    _saved(world, talk)
    _, record = _record(world)
    assert record["sections"]["schooling"] == "normal"
    assert (record["said"], record["hours"]) == ("想她妈", "九点到")


def test_a_saved_visit_is_put_right_by_its_home_though_another_record_is_open(world: World, talk: str) -> None:
    _saved(world, talk)
    world.say(talk, "梦瑶家去了 吃穿都行")
    assert "visit.amended" in world.say(talk, "不对 佳怡家是九点半到的 还有奶奶血压高 吃着药呢")
    _, record = _record(world)
    assert record["hours"] == "九点半到"
    assert "奶奶血压高" in record["notes"]["guardianship"]
    assert record["sections"]["guardianship"] == "normal"  # until that is said otherwise
    with world.work() as work:
        assert work.session.scalars(select(VisitCorrection)).first() is not None
        draft = drafts.current(work, talk, unfinished.FLOW)
        assert draft is not None
        assert "血压" not in str(unfinished.contents(work, draft))


def test_a_saved_visit_is_put_right_while_a_report_of_another_home_stands(world: World, talk: str) -> None:
    _saved(world, talk)
    world.say(talk, ALONE)
    assert "visit.amended" in world.say(talk, "佳怡家的走访记录改一下 奶奶血压高")
    assert "血压" not in _told(world)


def test_who_wants_a_record_changed_reads_it_and_is_asked_what(world: World, talk: str) -> None:
    _saved(world, talk)
    assert world.say(talk, "佳怡家的走访记录我要改") == ["visit.amend_which"]
    assert world.say(talk, "她奶眼睛看不清了") == ["visit.amended", "visit.amended.still"]


def test_the_next_home_told_beside_a_report_is_parked_with_all_that_was_said(world: World, talk: str) -> None:
    world.say(talk, ALONE)
    assert "visit.other_home.begun" in world.say(talk, "接着说 梦瑶家 一切正常 见着孩子了 没有紧急情况")
    assert "梦瑶" not in _told(world)
    with world.work() as work:
        draft = drafts.current(work, talk, unfinished.FLOW)
        assert draft is not None
        kept = unfinished.contents(work, draft)
        assert (kept["fine"], kept["record"]["voice"]) == (True, "seen")


def test_the_rest_of_a_visit_told_later_is_no_part_of_the_report(world: World, talk: str) -> None:
    world.say(talk, ALONE)
    assert "visit.later_on" in world.say(talk, "小龙家剩下的走访我晚上再补")
    assert "晚上再补" not in _told(world)


def test_a_family_that_moved_off_leads_to_its_file_and_no_other_record_hears_of_it(world: World, talk: str) -> None:
    world.say(talk, "佳怡家去了 吃穿都行")
    assert "visits.moved_off" in world.say(talk, "梦瑶一家搬市里去了 房子都锁了")
    with world.work() as work:
        draft = drafts.current(work, talk, unfinished.FLOW)
        assert draft is not None
        assert "搬" not in str(unfinished.contents(work, draft))
    assert "visits.moved_off" in world.say(talk, "小龙家没人 邻居说他们搬县里陪读去了")
