"""工作日志: made of everything a worker did on a day, put right in words, confirmed; what was confirmed is kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.reading.visits import logs
from bot.services.contact import referrals
from bot.services.contact import rungs as contact_rungs
from bot.services.contact import staff as contact_staff
from bot.services.visits import log_talk, work_logs
from bot.storage.tables import CareArrangement, ContactPlan, ContactRung, Visit, WorkLog
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services import family as families
from tests.services import on_file
from tests.services.cases import VILLAGE, Person, Staff, person, staff_of
from tests.services.entrusted.test_entrusted import _active, _does
from tests.services.registered import NEXT_VILLAGE

MONDAY = date(2026, 11, 23)
RECORDED = ("visit.how=all_normal", "visit.voice=seen", "visit.emergency=none")


@pytest.fixture
def people(world: World, hands: Hands) -> Staff:
    hands.moment = datetime(2026, 11, 23, 8, 40, tzinfo=SHANGHAI)
    return staff_of(world)


def _homes(world: World, *names: str, days_ago: int = 8) -> list[str]:
    return on_file.homes(world, *names, filed=MONDAY - timedelta(days=days_ago), level="average")


def _visited(world: World, who: Person, home: str) -> None:
    for value in (f"due:go:{home}", *RECORDED):
        world.tap(who.talk, value)


def _last(world: World, talk: str) -> str:
    return world.said(talk)[-1].text


def _words(world: World, who: Person, on: date = MONDAY) -> list[str]:
    with world.work() as work:
        return work_logs.of(work, who.member(work), on).words


def test_the_work_log_is_made_of_the_day_and_confirmed(world: World, people: Staff) -> None:
    first, second = _homes(world, "李小明", "王欣怡")
    director = people.director.talk
    _visited(world, people.director, first)
    world.tap(director, f"due:refused:{second}")
    assert world.tap(director, "log:today") == ["log.text"]
    log = _last(world, director)
    assert "入户走访：李小明。五项正常" in log
    assert "上门未见到人：王欣怡（不让进门）" in log
    assert world.tap(director, "log:confirm:2026-11-23") == ["log.confirmed"]
    with world.work() as work:
        assert work.session.scalars(select(WorkLog)).one().confirmed_at is not None
    assert world.tap(director, "log:confirm:never") == ["chat.expired_button"]


def test_a_month_of_the_work_log_is_a_line_a_day(world: World, people: Staff) -> None:
    (home,) = _homes(world, "李小明")
    _visited(world, people.director, home)
    for words, key in (("把这个月的工作日志导出来", "log.span"), ("上个月的日志", "log.span.none")):
        inbox_id = world.hear(people.director.talk, {"text": words})
        with world.work() as work:
            log_talk.asked_for(work, people.director.talk, inbox_id, words)
        assert world.keys_to(inbox_id) == [key]
    assert "11月23日：入户 1 家" in world.said(people.director.talk)[-2].text


def test_calls_talks_of_persuasion_notices_and_referrals_are_in_the_log_of_who_did_them(
    world: World, people: Staff
) -> None:
    home = families.make(world, "father", "mother", area=VILLAGE)
    for kind in ("father", "mother"):
        families.join(world, home, kind)
    director = people.director
    with world.work() as work:
        member = director.member(work)
        plans = {
            one: work.session.scalars(select(ContactPlan).where(ContactPlan.person == home.people[one])).one()
            for one in ("father", "mother")
        }
        father, mother = plans["father"], plans["mother"]
        contact_staff.called(work, member, father, reached=False)
        contact_staff.called(work, member, mother, reached=True)
        contact_rungs.open_task(work, father, "wants_talk", "wants_talk")
        (rung,) = work.session.scalars(select(ContactRung)).all()
        assert contact_staff.take_down(work, member, rung, "persuaded").allowed
        assert contact_staff.notify_abnormal(work, member, father, "总哭").allowed
        assert referrals.offer(work, member, mother, "soon", "县未成年人心理辅导站").allowed
    assert _words(world, director) == [
        "打电话：测试娃的父亲（所有号码都没打通）",
        "打电话：测试娃的母亲（打通了）",
        "发异常情况通知：测试娃的父亲",
        "劝导家长：测试娃的父亲",
        "提出心理帮助转介：测试娃（和母亲商量）",
    ]
    assert _words(world, people.supervisor) == []
    assert _words(world, director, MONDAY + timedelta(days=1)) == []


def test_a_carer_talked_to_reason_stands_in_the_log(world: World, people: Staff) -> None:
    uid = _active(world, people.director)[1]
    _does(people.director, uid, "concern_raised")
    assert _does(people.director, uid, "persuade", immediate_danger="no")[0]
    assert _words(world, people.director) == ["劝导照护人：还没建档的一家的委托照护"]
    with world.work() as work:
        filed = on_file.child(work, "李小明", filed=MONDAY, level="good")
        work.session.get_one(CareArrangement, uid).child = filed
    assert _words(world, people.director) == ["劝导照护人：李小明的委托照护"]
    assert _words(world, people.supervisor) == []


def test_a_line_is_put_right_left_out_and_added_in_words_before_it_is_confirmed(world: World, people: Staff) -> None:
    first, second = _homes(world, "李小明", "王欣怡")
    director = people.director.talk
    _visited(world, people.director, first)
    world.tap(director, f"due:refused:{second}")
    assert world.say(director, "第2条改成：乱写") != ["log.text"], "no log was shown"
    world.tap(director, "log:today")
    assert world.say(director, "第1条改成：上午到李小明家，奶奶在，五项正常") == ["log.text"]
    assert world.say(director, "去掉第二条") == ["log.text"]
    assert world.say(director, "加一条：下午到乡里开会") == ["log.text"]
    assert world.say(director, "第9条改成：没有的") == ["log.no_such_line"]
    wanted = ["上午到李小明家，奶奶在，五项正常", "下午到乡里开会"]
    assert _words(world, people.director) == wanted
    assert world.tap(director, "log:confirm:2026-11-23") == ["log.confirmed"]
    with world.work() as work:
        row = work.session.scalars(select(WorkLog)).one()
        assert work.open(work_logs.TEXT, row.uid, row.text_sealed) == wanted


def test_danger_told_after_the_log_is_no_line_of_it(world: World, people: Staff) -> None:
    (home,) = _homes(world, "李小明")
    _visited(world, people.director, home)
    world.tap(people.director.talk, "log:today")
    world.say(people.director.talk, "加一条：李小明现在被他爸打得流血")
    visit, emergency = _words(world, people.director)
    assert visit == "入户走访：李小明。五项正常"
    assert "紧急情况" in emergency
    assert "流血" not in emergency


def test_what_was_confirmed_is_kept_when_it_is_confirmed_anew(world: World, hands: Hands, people: Staff) -> None:
    (home,) = _homes(world, "李小明")
    _visited(world, people.director, home)
    director = people.director.talk
    world.tap(director, "log:today")
    for _ in range(2):  # a second tap makes no version
        world.tap(director, "log:confirm:2026-11-23")
    hands.forward(minutes=30)
    assert world.say(director, "加一条：给李小明的老师打了电话") == ["log.text"]
    assert "确认以后又有变动" in _last(world, director)
    world.tap(director, "log:confirm:2026-11-23")
    world.tap(director, "log:today")
    assert "，已确认）" in _last(world, director)
    with world.work() as work:
        found = work_logs.versions(work, people.director.member(work), MONDAY)
    assert [one.words for one in found] == [
        ("入户走访：李小明。五项正常", "给李小明的老师打了电话"),
        ("入户走访：李小明。五项正常",),
    ]
    assert found[0].confirmed_at - found[1].confirmed_at == timedelta(minutes=30)


def test_a_record_corrected_after_the_line_was_written_shows_both(world: World, people: Staff) -> None:
    first, _ = _homes(world, "李小明", "王欣怡")
    world.tap(people.director.talk, f"due:nobody_home:{first}")
    with world.work() as work:
        member = people.director.member(work)
        (line,) = work_logs.of(work, member, MONDAY).lines
        assert work_logs.write(work, member, MONDAY, line.key, "去了李小明家，门锁着")
        work.session.scalars(select(Visit)).one().reason = "refused"
    assert _words(world, people.director) == ["上门未见到人：李小明（不让进门）（您先前写的：去了李小明家，门锁着）"]


def test_nobody_writes_in_the_log_of_another_or_of_a_day_to_come(world: World, people: Staff) -> None:
    (home,) = _homes(world, "李小明")
    _visited(world, people.director, home)
    other = person(world, "child_director", NEXT_VILLAGE)
    with world.work() as work:
        (line,) = work_logs.of(work, people.director.member(work), MONDAY).lines
        assert not work_logs.write(work, other.member(work), MONDAY, line.key, "改别人的")
        assert not work_logs.add(work, people.caseworker.member(work), MONDAY, "县里不写日志")
        assert not work_logs.add(work, people.director.member(work), MONDAY + timedelta(days=1), "明天的事")
    assert _words(world, people.director) == ["入户走访：李小明。五项正常"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("第2条改成：李小明没在家", (2, "李小明没在家")),
        ("把第十二条改为上午十点去的", (12, "上午十点去的")),
        ("第1条写错了，是李雪家", (1, "李雪家")),
        ("第三条不要了", (3, "")),
        ("再加一条 送棉鞋", (None, "送棉鞋")),
        ("第二条是什么意思", None),
        ("2条", None),
        ("今天该走访谁", None),
        ("", None),
    ],
)
def test_what_is_wanted_of_a_line_is_read(text: str, wanted: tuple[int | None, str] | None) -> None:
    found = logs.read(text)
    assert (None if found is None else (found.number, found.words)) == wanted
