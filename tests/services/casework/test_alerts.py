"""Alerts repeat until a human acknowledges; a ladder climbs; nothing is told twice or claimed without delivery."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot import jobs
from bot.services import journal
from bot.services.casework import alerts, closing, reports, timeline
from bot.services.reporting import ending
from bot.services.staff import accounts
from bot.storage.tables import Account, Assignment, JournalEntry, Outbox, Report
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services.cases import DROPPED_OUT, HARDSHIP, staff_of, state, tell, told

VILLAGE = "220184104201"
COUNTY, PREFECTURE = VILLAGE[:6], VILLAGE[:4]
PLACE = "公主岭市响水镇姜家店村"


def _tick(world: World, name: str = "alerts") -> jobs.Counts:
    return jobs.run(world.database, world.vault, name, world.now())


def _emergency(world: World) -> str:
    somebody = world.citizen()
    world.say(somebody, f"{PLACE}有人正拿棍子打孩子 孩子惨叫")
    return somebody


def test_an_unacknowledged_s0_is_repeated_every_two_minutes_and_climbs_to_prefecture_and_province(
    world: World, hands: Hands
) -> None:
    director = world.staff("child_director", VILLAGE)
    world.staff("duty_officer", COUNTY)
    prefecture = world.staff("prefecture_duty", PREFECTURE)
    province = world.staff("province_duty", "22")
    _emergency(world)
    assert world.pushes(director) == ["staff.alert.S0"]
    assert world.pushes(prefecture) == []
    for minute in range(1, 16):
        hands.forward(minutes=1)
        _tick(world)
        assert len(world.pushes(director)) == 1 + minute // 2
        assert bool(world.pushes(prefecture)) == (minute >= 10)
        assert bool(world.pushes(province)) == (minute >= 15)


def test_the_first_acknowledgement_ends_the_repeats(world: World, hands: Hands) -> None:
    director = world.staff("child_director", VILLAGE)
    world.staff("duty_officer", COUNTY)
    _emergency(world)
    world.tap(director, f"accept:{world.report().uid}")
    hands.forward(hours=3)
    assert _tick(world) == {"reports": 0, "told": 0}
    assert world.pushes(director) == ["staff.alert.S0"]


def test_a_tick_run_twice_changes_nothing(world: World, hands: Hands) -> None:
    world.staff("child_director", VILLAGE)
    world.staff("duty_officer", COUNTY)
    _emergency(world)
    hands.forward(minutes=2)
    assert _tick(world)["told"] == 2
    assert _tick(world) == {"reports": 0, "told": 0}


def test_after_hours_of_standstill_each_person_hears_once_not_a_hundred_times(world: World, hands: Hands) -> None:
    director = world.staff("child_director", VILLAGE)
    world.staff("duty_officer", COUNTY)
    _emergency(world)
    hands.forward(hours=6)
    _tick(world)
    assert len(world.pushes(director)) == 2


def test_a_ladder_climbs_when_a_level_lets_its_time_pass(world: World, hands: Hands) -> None:
    director = world.staff("child_director", VILLAGE)
    supervisor = world.staff("child_supervisor", VILLAGE[:9])
    county = world.staff("county_caseworker", COUNTY)
    _drop_out(world)
    seen = []
    for _ in range(13):
        hands.forward(hours=1)
        _tick(world)
        seen.append((len(world.pushes(director)), len(world.pushes(supervisor)), len(world.pushes(county))))
    assert seen[2] == (1, 0, 0)
    assert seen[3] == (1, 1, 0)
    assert seen[7] == (1, 1, 1)


# 2026: the seven days of 国庆 are free, Saturday the 10th is worked. Who hears on which day, begun by its midnight.
HOLIDAYS = [
    (HARDSHIP, "S3", "2026-09-30T10:00", "2026-10-09", "2026-10-10"),
    (HARDSHIP, "S3", "2026-10-09T10:00", "2026-10-11", "2026-10-13"),
]


@pytest.mark.parametrize(("signs", "severity", "filed", "supervisor_on", "county_on"), HOLIDAYS)
def test_a_ladder_of_workdays_stands_still_over_a_holiday_and_climbs_after_a_worked_saturday(
    signs: list[str], severity: str, filed: str, supervisor_on: str, county_on: str, world: World, hands: Hands
) -> None:
    hands.moment = datetime.fromisoformat(filed).replace(tzinfo=SHANGHAI)
    people = staff_of(world)
    tell(world, signs)
    assert world.report().severity == severity
    heard: dict[str, str] = {}
    for _ in range(14):
        hands.moment = (hands.moment + timedelta(days=1)).replace(hour=0)
        _tick(world)
        for name, person in (("supervisor", people.supervisor), ("county", people.caseworker)):
            if world.pushes(person.talk):
                heard.setdefault(name, f"{hands.moment:%Y-%m-%d}")
    assert heard == {"supervisor": supervisor_on, "county": county_on}
    assert len(world.pushes(people.director.talk)) == 1


def _drop_out(world: World) -> str:
    somebody = world.citizen()
    world.tap(somebody, "flow:report")
    world.tap(somebody, "report.danger_now=no")
    world.say(somebody, "孩子辍学了在家放牛")
    world.say(somebody, PLACE)
    for value in ("when=skip", "child_ref=skip", "reporter_type=citizen_anonymous", "follow_up=yes", "confirm=yes"):
        world.tap(somebody, f"report.{value}")
    return somebody


def test_a_level_nobody_holds_is_skipped_at_once_and_named(world: World) -> None:
    county = world.staff("county_caseworker", COUNTY)
    somebody = _drop_out(world)
    assert world.pushes(county) == ["staff.alert.ladder"]
    said = "\n".join(said.text for said in world.said(somebody))
    assert "没有登记的儿童主任" in said


def test_with_nobody_at_all_it_is_said_and_nothing_is_claimed(world: World) -> None:
    keeper = world.staff("sys_admin", "22", "管理员")
    somebody = _emergency(world)
    world.say(somebody, "不留")
    world.say(somebody, "可以")
    said = "\n".join(said.text for said in world.said(somebody))
    assert "没有任何登记的工作人员" in said
    assert "已通知" not in said
    assert world.pushes(keeper) == ["staff.flag.nobody"]
    assert world.said(keeper)[-1].text.startswith(f"编号 {world.report().number} 的报告没有一个人能通知到")


@pytest.mark.parametrize("tell", [_emergency, _drop_out])
def test_what_reached_nobody_is_told_to_whoever_is_registered_later_and_promises_nothing_before(
    world: World, tell: Callable[[World], str]
) -> None:
    somebody = tell(world)
    for words in ("不留", "可以"):
        world.say(somebody, words)
    world.tap(somebody, "flow:status")
    standing = world.said(somebody)[-1].text
    assert "还没有登记的工作人员" in standing
    assert "前会再有回音" not in standing
    assert "正在" not in standing
    world.staff("county_caseworker", "220182")
    assert _tick(world, "cases")["heard_at_last"] == 0, "of another county"
    director = world.staff("child_director", VILLAGE)
    for _ in range(2):
        _tick(world, "cases")
    assert len([key for key in world.pushes(director) if key.startswith("staff.alert.")]) == 1
    with world.work() as work:
        assert work.session.scalar(select(func.count()).select_from(Assignment)) == 1
    assert world.tap(director, f"accept:{world.report().uid}") == ["staff.accepted"]
    assert world.report().state == "accepted"


def test_a_report_opened_again_when_all_its_people_are_gone_can_be_taken_on_by_who_comes_later(world: World) -> None:
    people = staff_of(world)
    report = tell(world, HARDSHIP, talk=world.citizen())
    people.director.does(reports.accept, report)
    assert people.director.does(closing.propose, report, "handed_over", "已交接", checked=True).allowed
    with world.work() as work:
        for account in work.session.scalars(select(Account)):
            accounts.suspend(work, account.uid)
    with world.work() as work:
        assert ending.dispute(work, work.session.get_one(Report, report), "没有人来过").allowed
    assert state(world, report) == "triaged"
    later = world.staff("child_director", VILLAGE, "李主任")
    assert [_tick(world, "cases")["heard_at_last"] for _ in range(2)] == [1, 0]
    assert world.tap(later, f"accept:{report}") == ["staff.accepted"]
    assert state(world, report) == "accepted"


def test_a_place_told_later_lets_its_people_take_the_report_on(world: World) -> None:
    director = world.staff("child_director", VILLAGE)
    with world.work() as work:
        report = reports.open_report(work, world.citizen(), {**told(HARDSHIP), "area": None})
        uid, before = report.uid, report.state
        reports.tell_more(work, report, told(HARDSHIP))
    assert before == "triaged"
    assert world.tap(director, f"accept:{uid}") == ["staff.accepted"]


def test_at_night_an_s1_goes_out_and_an_s2_waits_for_the_morning(world: World, hands: Hands) -> None:
    hands.moment = datetime(2026, 11, 23, 23, 0, tzinfo=SHANGHAI)
    director = world.staff("child_director", VILLAGE)
    _drop_out(world)
    with world.work() as work:
        row = work.session.query(Outbox).filter_by(conversation=director, push=True).one()
    assert row.not_before == datetime(2026, 11, 24, 8, 0, tzinfo=SHANGHAI)
    world.say(world.citizen(), f"{PLACE}老李家孩子天天挨打身上都是伤")
    assert "staff.alert.S1" in world.pushes(director) or "staff.alert.S0" in world.pushes(director)


def test_the_reporter_is_told_that_somebody_knows_only_once_it_was_delivered(world: World) -> None:
    director = world.staff("child_director", VILLAGE)
    _emergency(world)
    with world.work() as work:
        assert not alerts.was_told(work, world.report())
    world.deliver(director)
    with world.work() as work:
        assert alerts.was_told(work, world.report())


def test_the_timeline_tells_when_it_went_up_a_level_to_whom_and_which_time_was_over(world: World, hands: Hands) -> None:
    people = staff_of(world)
    report = tell(world, DROPPED_OUT)
    hands.forward(hours=4)
    _tick(world, "alerts")
    story = people.caseworker.does(timeline.of, report)
    gone_up = [one for one in story.entries if one.kind == "escalation"]
    assert [(one.role, one.details["reason"], one.at) for one in gone_up] == [
        ("child_supervisor", "ack_child_director", hands.moment)
    ]
    assert "staff.alert.escalated" in world.pushes(people.supervisor.talk)


def test_a_place_told_later_alerts_the_people_of_that_place_at_once(world: World) -> None:
    director = world.staff("child_director", VILLAGE)
    province = world.staff("province_duty", "22")
    somebody = world.citizen()
    world.say(somebody, "孩子快被打死了 快来人")
    assert world.pushes(province) == ["staff.alert.S0"]
    assert world.pushes(director) == []
    world.say(somebody, PLACE)
    assert world.pushes(director) == ["staff.alert.S0"]


def test_harm_told_and_left_half_way_becomes_a_report_after_ten_minutes(world: World, hands: Hands) -> None:
    province = world.staff("province_duty", "22")
    somebody = world.citizen()
    world.tap(somebody, "flow:report")
    world.tap(somebody, "report.danger_now=no")
    world.say(somebody, "那孩子身上青一块紫一块都是伤")
    assert world.reports() == []
    hands.forward(minutes=10)
    assert _tick(world, "silence")["reported"] == 1
    assert world.pushes(province) == ["staff.alert.S1"]
    assert _tick(world, "silence")["reported"] == 0


def test_an_unfinished_report_without_harm_is_let_go_after_a_week(world: World, hands: Hands) -> None:
    somebody = world.citizen()
    world.tap(somebody, "flow:report")
    world.tap(somebody, "report.danger_now=no")
    world.say(somebody, "孩子家里困难想申请补助")
    for _ in range(9):
        hands.forward(days=1)
        _tick(world, "silence")
    assert world.flow(somebody) is None
    assert world.reports() == []


def test_code_and_pin_leave_the_outbox_soon_after_delivery(world: World, hands: Hands) -> None:
    somebody = _drop_out(world)
    world.deliver(somebody)
    hands.forward(minutes=11)
    assert _tick(world, "retention")["receipts"] == 1
    assert not any(said.kind == "receipt" for said in world.said(somebody))


@pytest.mark.parametrize("change", ["alter", "delete", "cut"])
def test_the_journal_shows_where_it_was_tampered_with(change: str, world: World) -> None:
    world.staff("child_director", VILLAGE)
    _emergency(world)
    with world.work() as work:
        assert journal.verify(work).first_wrong is None
        rows = list(work.session.query(JournalEntry).order_by(JournalEntry.seq))
        victim = rows[-1] if change == "cut" else rows[2]
        if change == "alter":
            victim.actor = "somebody else"
        else:
            work.session.delete(victim)
        work.session.flush()
        assert journal.verify(work).first_wrong == victim.seq


def test_a_row_put_into_the_journal_is_found_at_the_row_behind_it(world: World) -> None:
    """Made with a right hash of its own; only what follows can tell that it was not there."""
    world.staff("child_director", VILLAGE)
    _emergency(world)
    with world.work() as work:
        rows = list(work.session.scalars(select(JournalEntry).order_by(JournalEntry.seq)))
        place, before = rows[2].seq, rows[1]
        for row in reversed(rows[2:]):
            row.seq += 1
            work.session.flush()
        forged = ("somebody", "act", "thing", "{}")
        digest = journal.hash_of(place, work.now, *forged, before.hash)
        actor, act, subject, detail = forged
        work.session.add(
            JournalEntry(
                seq=place,
                at=work.now,
                actor=actor,
                act=act,
                subject=subject,
                detail=detail,
                previous=before.hash,
                hash=digest,
            )
        )
        work.session.flush()
        assert journal.verify(work).first_wrong == place + 1


def test_the_very_first_acts_of_a_house_may_come_at_once(world: World) -> None:
    """Two gateways, two emergencies: the second waits for the first and does not fall over its beginning."""
    with ThreadPoolExecutor(4) as hands:
        list(hands.map(lambda number: _record(world, number), range(8)))
    with world.work() as work:
        assert journal.verify(work) == journal.Verdict(8, None)


def _record(world: World, number: int) -> None:
    with world.work() as work:
        journal.record(work, "somebody", "act", f"thing{number}")
