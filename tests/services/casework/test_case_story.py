"""One report's whole life, and that somebody named in a report lives in a world without it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot import jobs
from bot.services import journal
from bot.services.casework import acts, asking, closing, police, reports, timeline, transferring
from bot.services.casework.transferring import To
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import DROPPED_OUT, HARM, Staff, code_of, outcome, person, row, seen, staff_of, state, tell

PLACE = "公主岭市响水镇姜家店村"
OK = (True, None)


def _filed(world: World) -> tuple[str, str, str]:
    """A neighbour files a report in chat; returns the talk, the report and "code PIN"."""
    talk = world.citizen()
    world.tap(talk, "flow:report")
    world.tap(talk, "report.danger_now=no")
    world.say(talk, "孩子辍学了在家放牛")
    world.say(talk, PLACE)
    for value in ("when=skip", "child_ref=skip", "reporter_type=citizen_anonymous", "follow_up=yes", "confirm=yes"):
        world.tap(talk, f"report.{value}")
    receipt = next(said.text for said in world.said(talk) if said.kind == "receipt").split()
    return talk, world.report().uid, f"{receipt[2]} {receipt[4]}"


def test_a_report_lives_from_its_telling_to_its_end_and_again(world: World, hands: Hands) -> None:
    people = staff_of(world)
    talk, report, code = _filed(world)
    hands.forward(hours=1)
    assert outcome(people.director.does(reports.accept, report)) == OK

    # asked back, and answered days later from another conversation
    assert outcome(people.director.does(asking.ask, report, "孩子平时跟谁住？")) == OK
    hands.forward(hours=49)
    jobs.run(world.database, world.vault, "cases", world.now())
    assert world.pushes(talk)[-1] == "reporter.asked_again"
    elsewhere = world.citizen()
    world.tap(elsewhere, "flow:status")
    assert world.say(elsewhere, code) == ["reporter.status", "reporter.question"]
    assert world.say(elsewhere, "跟着爷爷，爷爷眼睛不好") == ["reporter.answered"]

    # handed on twice: up to the supervisor, then to the county; the manager hears of the second
    people.director.does(transferring.offer, report, To(role="child_supervisor"), "要乡里出面")
    assert outcome(people.supervisor.does(transferring.accept, report)) == OK
    people.supervisor.does(transferring.offer, report, To(role="county_caseworker"), "要县里协调学校")
    assert outcome(people.caseworker.does(transferring.accept, report)) == OK
    assert "staff.transferred_often" in world.pushes(people.manager.talk)

    # danger: told with the code, from anywhere
    hands.forward(days=1)
    world.tap(elsewhere, "flow:supplement")
    world.say(elsewhere, code)
    assert world.say(elsewhere, "孩子他爸回来了，正拿棍子打孩子")[0].startswith("danger.")
    assert (row(world, report).severity, state(world, report)) == ("S0", "emergency_handoff")
    assert len(world.reports()) == 1
    hands.forward(minutes=3)
    assert outcome(people.duty.does(reports.accept, report)) == OK
    assert outcome(people.duty.does(police.record, report, "响水派出所", world.now(), "2026-88")) == OK
    assert outcome(people.caseworker.does(acts.make_plan, report, "送到姑姑家；派出所告诫；每周看一次")) == OK
    assert outcome(people.caseworker.does(acts.watch, report)) == OK

    # the end needs ninety days and two people
    hands.forward(days=90)
    assert people.caseworker.does(closing.propose, report, "needs_met", "已复学，住姑姑家").waiting
    assert outcome(people.manager.does(closing.confirm, report)) == OK
    assert world.pushes(talk)[-1] == "reporter.closed"

    # and the reporter disagrees
    value = next(choice.value for choice in world.said(talk)[-1].choices if choice.label == "我不同意")
    world.tap(talk, value)
    assert world.say(talk, "孩子又回家了，没人管") == ["reporter.disputed"]
    assert state(world, report) == "emergency_handoff"

    story = people.manager.does(timeline.of, report)
    assert [entry.what for entry in story.entries if entry.kind == "move"] == [
        "triage",
        "route",
        "accept",
        "ask_reporter",
        "add_information",
        "transfer",
        "accept",
        "transfer",
        "accept",
        "add_information",
        "raise_emergency",
        "accept",
        "make_plan",
        "watch",
        "close",
        "reopen",
        "raise_emergency",
        "add_information",
    ]
    with world.work() as work:
        assert journal.verify(work).first_wrong is None


def _life(world: World, people: Staff, report: str, hands: Hands) -> None:
    """Everything that may happen to a report."""
    people.duty.does(reports.accept, report)
    people.duty.does(asking.ask, report, "孩子现在在哪？")
    people.duty.does(police.record, report, "响水派出所", world.now())
    people.duty.does(acts.add_note, report, "去过")
    people.duty.does(transferring.offer, report, To(role="county_caseworker"), "接")
    people.caseworker.does(reports.accept, report)
    people.caseworker.does(acts.raise_emergency, report, "S0", "急")
    for _ in range(20):
        hands.forward(minutes=1)
        for job in ("alerts", "cases"):
            jobs.run(world.database, world.vault, job, world.now())
    people.caseworker.does(reports.accept, report)
    people.caseworker.does(closing.propose, report, "not_confirmed", "没有")
    people.duty.does(closing.confirm, report)
    people.caseworker.does(acts.reopen, report, "又有")


@pytest.mark.parametrize("named", ["child_director", "child_supervisor"])
def test_who_is_named_in_a_report_lives_in_a_world_without_it(named: str, world: World, hands: Hands) -> None:
    people = staff_of(world)
    who = {"child_director": people.director, "child_supervisor": people.supervisor}[named]
    # The same post in a county where the report is not: its world without the report.
    elsewhere = {"child_director": "220182101201", "child_supervisor": "220182101"}[named]
    other = person(world, named, elsewhere, "别处")
    start: datetime = hands.moment
    report = tell(world, HARM, [named], talk=world.citizen())
    _life(world, people, report, hands)
    hands.moment = (hands.moment + timedelta(days=1)).replace(hour=8, minute=35)
    for job in jobs.JOBS:  # the morning message, and all else that counts and tells
        jobs.run(world.database, world.vault, job.name, world.now())
    assert hands.moment > start
    assert seen(world, who.talk, report) == seen(world, other.talk, report)
    assert who.does(timeline.of, report) is None
    told = people.manager.does(timeline.of, report).told
    assert who.account not in {one.account for one in told}


def test_who_is_named_only_later_hears_nothing_from_then_on(world: World, hands: Hands) -> None:
    people = staff_of(world)
    report = tell(world, HARM)
    assert world.pushes(people.director.talk) == ["staff.alert.S1"]
    with world.work() as work:
        found = work.session.get_one(type(row(world, report)), report)
        told = reports.told_of(work, found)
        told["facts"]["conflicted"] = ["child_director"]
        reports.tell_more(work, found, told)
    _life(world, people, report, hands)
    assert world.pushes(people.director.talk) == ["staff.alert.S1"]
    assert people.director.does(reports.content, report) is None
    assert people.director.does(reports.mine) == []


def test_lists_and_counts_show_only_what_is_open_and_mine(world: World) -> None:
    people = staff_of(world)
    first, second = tell(world, DROPPED_OUT), tell(world, HARM)
    assert [one.uid for one in people.director.does(reports.mine)] == [second, first]
    people.director.does(reports.accept, first)
    people.director.does(closing.propose, first, "moved_out", "搬走，已衔接")
    assert [one.uid for one in people.director.does(reports.mine)] == [second]
    assert people.director.does(reports.content, first) is None
    assert code_of(world, first)
