"""A report goes from hand to hand: the holder answers for it until somebody accepts, and nobody conflicted gets it."""

from __future__ import annotations

import pytest

from bot import jobs
from bot.services.casework import acts, calls, reports, transferring
from bot.services.casework.transferring import To
from bot.services.staff import accounts
from bot.storage.tables import Report
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import (
    COUNTY,
    DROPPED_OUT,
    HARM,
    Person,
    outcome,
    person,
    row,
    staff_of,
    state,
    tell,
)

OK = (True, None)
OTHER = "220182101201"


def _held(world: World, who: Person, signs: list[str] = DROPPED_OUT) -> str:
    report = tell(world, signs)
    assert who.does(reports.accept, report).allowed
    return report


def _department(world: World, department: str = "education") -> Person:
    talk = world.citizen()
    with world.work() as work:
        invited = accounts.add(work, "陈科长", "dept_focal", COUNTY, department)
        accounts.bind(work, talk, invited.code.replace("-", ""))
    return Person(world, talk)


def test_the_holder_stays_responsible_until_the_receiver_accepts(world: World) -> None:
    people = staff_of(world)
    report = _held(world, people.director)
    to = To(role="child_supervisor")
    assert outcome(people.director.does(transferring.offer, report, to, "我要外出")) == OK
    assert (state(world, report), row(world, report).holder) == ("transferred", people.director.account)
    assert world.pushes(people.supervisor.talk) == ["staff.taken", "staff.offered"]
    assert outcome(people.director.does(reports.accept, report)) == (False, "offered_to_another")
    assert outcome(people.supervisor.does(transferring.accept, report)) == OK
    assert row(world, report).holder == people.supervisor.account


@pytest.mark.parametrize(
    ("to", "reason", "refusal"),
    [
        (To(role="child_supervisor"), "", "reason_missing"),
        (To(role="child_supervisor"), "字" * 4001, "text_too_long"),
        (To(role="king"), "转", "no_such_receiver"),
        (To(role="citizen"), "转", "no_such_receiver"),
        (To(account="abcdefghijklmnopqrstuvwxyz"), "转", "no_such_receiver"),
        (To(department="moon"), "转", "no_such_receiver"),
        (To(), "转", "no_such_receiver"),
        (To(role="institution"), "转", "nobody_there"),
        (To(role="child_director", area=OTHER), "转", "nobody_there"),
    ],
)
def test_an_offer_that_cannot_be_is_refused_with_its_reason(to: To, reason: str, refusal: str, world: World) -> None:
    people = staff_of(world)
    report = _held(world, people.director)
    assert outcome(people.director.does(transferring.offer, report, to, reason)) == (False, refusal)
    assert state(world, report) == "accepted"


def test_a_report_is_not_handed_to_its_holder(world: World) -> None:
    people = staff_of(world)
    report = _held(world, people.director)
    to = To(account=people.director.account)
    assert outcome(people.director.does(transferring.offer, report, to, "给自己")) == (False, "guard_not_met")


def test_who_refuses_says_why_and_reads_no_longer_what_only_the_offer_opened(world: World) -> None:
    people = staff_of(world)
    report = _held(world, people.director)
    people.director.does(transferring.offer, report, To(role="child_supervisor"), "请接")
    assert outcome(people.supervisor.does(transferring.refuse, report, " ")) == (False, "reason_missing")
    assert outcome(people.caseworker.does(transferring.refuse, report, "不")) == (False, "nothing_offered")
    assert outcome(people.supervisor.does(transferring.refuse, report, "不归我们")) == OK
    assert "staff.transfer_refused" in world.pushes(people.director.talk)
    assert people.supervisor.does(reports.content, report) is None
    assert outcome(people.director.does(reports.accept, report)) == OK
    assert row(world, report).holder == people.director.account


def test_refused_again_and_again_it_stays_with_its_holder_until_somebody_accepts(world: World, hands: Hands) -> None:
    people = staff_of(world)
    report = _held(world, people.director)
    for refuser, role in ((people.supervisor, "child_supervisor"), (people.caseworker, "county_caseworker")):
        hands.forward(minutes=1)
        assert outcome(people.director.does(transferring.offer, report, To(role=role), "请接")) == OK
        hands.forward(minutes=1)
        assert outcome(refuser.does(transferring.refuse, report, "不归我们")) == OK
        assert row(world, report).holder == people.director.account
        assert not refuser.does(transferring.accept, report).allowed
    assert world.pushes(people.director.talk).count("staff.transfer_refused") == 2
    assert world.pushes(people.manager.talk).count("staff.transferred_often") == 1
    assert outcome(people.director.does(transferring.offer, report, To(role="duty_officer"), "请接")) == OK
    assert outcome(people.duty.does(transferring.accept, report)) == OK
    assert (state(world, report), row(world, report).holder) == ("accepted", people.duty.account)


def test_what_nobody_held_goes_back_to_who_offered_it_when_it_is_refused(world: World, hands: Hands) -> None:
    people = staff_of(world)
    report = tell(world, DROPPED_OUT)
    assert (state(world, report), row(world, report).holder) == ("routed", None)
    hands.forward(minutes=1)
    assert outcome(people.director.does(transferring.offer, report, To(role="duty_officer"), "请接")) == OK
    assert outcome(people.duty.does(transferring.refuse, report, "不归我们")) == OK
    assert world.pushes(people.director.talk)[-1] == "staff.transfer_refused"
    assert outcome(people.duty.does(reports.accept, report)) == (False, "actor_not_allowed")
    assert outcome(people.director.does(reports.accept, report)) == OK


def test_whom_the_ladder_reached_while_an_offer_waited_stays_assigned_when_it_is_refused(
    world: World, hands: Hands
) -> None:
    people = staff_of(world)
    report = tell(world, DROPPED_OUT)
    hands.forward(minutes=1)
    assert outcome(people.director.does(transferring.offer, report, To(role="county_caseworker"), "请接")) == OK
    hands.forward(days=6)
    jobs.run(world.database, world.vault, "alerts", world.now())
    assert "staff.alert.escalated" in world.pushes(people.caseworker.talk)
    assert outcome(people.caseworker.does(transferring.refuse, report, "请督导先去")) == OK
    assert outcome(people.caseworker.does(reports.accept, report)) == OK


def test_from_the_second_transfer_on_the_county_manager_is_told(world: World) -> None:
    people = staff_of(world)
    report = _held(world, people.director)
    people.director.does(transferring.offer, report, To(role="child_supervisor"), "一")
    people.supervisor.does(transferring.accept, report)
    assert "staff.transferred_often" not in world.pushes(people.manager.talk)
    people.supervisor.does(transferring.offer, report, To(role="county_caseworker"), "二")
    assert "staff.transferred_often" in world.pushes(people.manager.talk)
    assert outcome(people.caseworker.does(transferring.accept, report)) == OK


def test_a_department_with_an_account_is_told_and_takes_it(world: World) -> None:
    people, school_office = staff_of(world), _department(world)
    report = _held(world, people.director, ["hardship"])
    assert school_office.does(reports.content, report) is None
    assert outcome(people.director.does(transferring.offer, report, To(department="education"), "归教育")) == OK
    assert world.pushes(school_office.talk)[-1] == "staff.offered"
    assert outcome(school_office.does(transferring.accept, report)) == OK


def test_a_department_without_an_account_is_called_by_the_county_and_recorded(world: World) -> None:
    people = staff_of(world)
    report = _held(world, people.director, ["hardship"])
    assert outcome(people.director.does(transferring.offer, report, To(department="health"), "要看病")) == OK
    assert world.pushes(people.caseworker.talk)[-1] == "staff.call_task"
    with world.work() as work:
        open_calls = [call for call in calls.of(work, work.session.get_one(Report, report)) if call.done_at is None]
    assert [call.target for call in open_calls] == ["health"]
    called = transferring.called
    assert outcome(people.caseworker.does(called, report, "education", "刘")) == (False, "no_such_task")
    assert outcome(people.caseworker.does(called, report, "health", " ")) == (False, "text_missing")
    assert outcome(people.manager.does(called, report, "health", "刘")) == (False, "actor_not_allowed")
    assert outcome(people.caseworker.does(called, report, "health", "卫健局刘科，下午去")) == OK
    assert outcome(people.caseworker.does(called, report, "health", "再打")) == (False, "already")
    assert world.pushes(people.director.talk)[-1] == "staff.called"
    assert row(world, report).holder == people.director.account


def test_a_routed_department_without_an_account_leaves_a_call_to_make(world: World) -> None:
    staff_of(world)
    report = tell(world, DROPPED_OUT)
    with world.work() as work:
        targets = {call.target for call in calls.of(work, work.session.get_one(Report, report))}
    assert targets == {"education", "school"}


def test_a_routed_department_with_an_account_is_assigned_and_told_instead(world: World) -> None:
    staff_of(world)
    office = _department(world)
    report = tell(world, DROPPED_OUT)
    assert world.pushes(office.talk) == ["staff.routed"]
    assert office.does(reports.content, report) is not None
    with world.work() as work:
        assert {call.target for call in calls.of(work, work.session.get_one(Report, report))} == {"school"}


def test_nobody_conflicted_receives_a_report_and_none_is_offered_it(world: World) -> None:
    people = staff_of(world)
    report = tell(world, HARM, ["child_supervisor"])
    people.director.does(reports.accept, report)
    for to in (To(role="child_supervisor"), To(account=people.supervisor.account)):
        assert outcome(people.director.does(transferring.offer, report, to, "转")) == (False, "nobody_there")
    assert world.pushes(people.supervisor.talk) == []
    with world.work() as work:
        member = people.director.member(work)
        offered = transferring.receivers(work, member, work.session.get_one(Report, report))
    assert "role:child_supervisor" not in dict(offered)


def test_a_receiver_of_another_county_reads_it_as_long_as_the_post_is_held(world: World) -> None:
    people = staff_of(world)
    elsewhere = person(world, "county_caseworker", OTHER[:6], "外县")
    report = _held(world, people.caseworker, ["hardship"])
    to = To(role="county_caseworker", area=OTHER)
    assert outcome(people.caseworker.does(transferring.offer, report, to, "孩子搬去那边")) == OK
    assert outcome(elsewhere.does(transferring.accept, report)) == OK
    assert elsewhere.does(reports.content, report) is not None


def test_a_suspended_receiver_cannot_accept_and_the_offer_goes_to_another(world: World) -> None:
    people = staff_of(world)
    report = _held(world, people.director)
    people.director.does(transferring.offer, report, To(role="child_supervisor"), "一")
    with world.work() as work:
        accounts.suspend(work, people.supervisor.account)
    assert world.tap(people.supervisor.talk, f"accept:{report}") == ["staff.gone"]
    assert outcome(people.director.does(transferring.offer, report, To(role="county_caseworker"), "二")) == OK
    assert outcome(people.caseworker.does(transferring.accept, report)) == OK


def test_when_the_holder_is_gone_the_others_hear_it_and_one_takes_over(world: World, hands: Hands) -> None:
    from bot.services.casework import clocks

    people = staff_of(world)
    report = _held(world, people.director, HARM)
    assert outcome(people.caseworker.does(transferring.take_over, report, "接")) == (False, "has_a_holder")
    with world.work() as work:
        accounts.suspend(work, people.director.account)
    with world.work() as work:
        assert clocks.tick(work)["without_holder"] == 1
    with world.work() as work:
        assert set(clocks.tick(work).values()) == {0}
    assert world.pushes(people.supervisor.talk)[-1] == "staff.holder_gone"
    assert world.tap(people.supervisor.talk, f"case:take:{report}") == ["case.done"]
    assert row(world, report).holder == people.supervisor.account


def test_an_emergency_overtakes_an_offer_and_anybody_told_may_take_it(world: World) -> None:
    people = staff_of(world)
    report = _held(world, people.director)
    people.director.does(transferring.offer, report, To(role="child_supervisor"), "一")
    people.caseworker.does(acts.raise_emergency, report, "S0", "不见了")
    assert outcome(people.duty.does(reports.accept, report)) == OK
    assert outcome(people.supervisor.does(transferring.refuse, report, "不")) == (False, "nothing_offered")


def test_an_offer_on_a_report_one_may_not_see_is_absent(world: World) -> None:
    people = staff_of(world)
    report = _held(world, people.director)
    stranger = person(world, "child_director", "220184104202")
    for uid in (report, "abcdefghijklmnopqrstuvwxyz"):
        assert outcome(stranger.does(transferring.offer, uid, To(role="duty_officer"), "转")) == (False, "absent")
        assert outcome(stranger.does(transferring.refuse, uid, "不")) == (False, "absent")
        assert outcome(stranger.does(transferring.called, uid, "health", "刘")) == (False, "absent")
        assert outcome(stranger.does(transferring.take_over, uid, "接")) == (False, "absent")


def test_a_report_told_when_nobody_was_bound_is_routed_by_who_comes_later(world: World) -> None:
    report = tell(world, DROPPED_OUT)
    assert state(world, report) == "triaged"
    people = staff_of(world)
    assert outcome(people.caseworker.does(reports.accept, report)) == (False, "actor_not_allowed")
    route = transferring.route
    assert outcome(people.caseworker.does(route, report, To(role="institution"))) == (False, "nobody_there")
    assert outcome(people.caseworker.does(route, report, To(role="child_director"))) == OK
    assert world.pushes(people.director.talk) == ["staff.offered"]
    assert outcome(people.director.does(reports.accept, report)) == OK
