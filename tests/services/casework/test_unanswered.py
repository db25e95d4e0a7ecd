"""Whoever does nothing is asked once more: a receiver who does not answer an offer, an emergency nobody writes to."""

from __future__ import annotations

from datetime import timedelta

from bot import jobs
from bot.services.casework import reports, takeover, transferring
from bot.services.casework.transferring import To
from bot.services.staff import duty
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import COUNTY, DROPPED_OUT, HARM, Person, Staff, person, staff_of, tell

SUPERVISOR = To(role="child_supervisor")
CRY = "公主岭市响水镇姜家店村有人正拿棍子打孩子 孩子惨叫"


def _tick(world: World) -> dict[str, int]:
    return dict(jobs.run(world.database, world.vault, "cases", world.now()))


def _offered(people: Staff, report: str, to: To = SUPERVISOR) -> str:
    people.director.does(reports.accept, report)
    assert people.director.does(transferring.offer, report, to, "请接").allowed
    return report


def test_an_offer_nobody_answers_is_asked_about_once_on_the_next_working_day(world: World, hands: Hands) -> None:
    people = staff_of(world)
    report = _offered(people, tell(world, DROPPED_OUT))
    hands.forward(hours=23)
    assert _tick(world)["offers_waiting"] == 0
    hands.forward(hours=1)
    assert [_tick(world)["offers_waiting"] for _ in range(2)] == [1, 0]
    hands.forward(days=3)
    assert _tick(world)["offers_waiting"] == 0
    assert world.pushes(people.supervisor.talk).count("staff.offer_waits") == 1
    assert world.pushes(people.director.talk).count("staff.offer_unanswered") == 1
    assert "staff.offer_unanswered" not in world.pushes(people.supervisor.talk)
    assert people.supervisor.does(transferring.accept, report).allowed


def test_on_friday_an_offer_waits_for_monday_and_an_answer_stops_the_reminder(world: World, hands: Hands) -> None:
    people = staff_of(world)
    hands.forward(days=4)
    waiting, answered = tell(world, DROPPED_OUT), tell(world, DROPPED_OUT)
    for report in (waiting, answered):
        _offered(people, report)
    people.supervisor.does(transferring.accept, answered)
    hands.forward(days=2)
    assert _tick(world)["offers_waiting"] == 0, "Sunday"
    hands.forward(days=1)
    assert _tick(world)["offers_waiting"] == 1


def test_an_urgent_offer_is_asked_about_after_half_an_hour(world: World, hands: Hands) -> None:
    people = staff_of(world)
    _offered(people, tell(world, HARM))
    hands.forward(minutes=29)
    assert _tick(world)["offers_waiting"] == 0
    hands.forward(minutes=1)
    assert _tick(world)["offers_waiting"] == 1


def test_a_department_that_was_not_called_is_asked_about_too(world: World, hands: Hands) -> None:
    people = staff_of(world)
    _offered(people, tell(world, DROPPED_OUT), To(department="health"))
    hands.forward(days=1)
    assert _tick(world)["offers_waiting"] == 1
    assert world.pushes(people.caseworker.talk).count("staff.call_task") == 2


def _emergency(world: World) -> tuple[list[Person], str, str]:
    officers = [person(world, "duty_officer", COUNTY, name) for name in ("甲", "乙", "丙")]
    with world.work() as work:
        until = work.now + timedelta(hours=8)
        assert duty.enter(work, COUNTY, officers[0].account, work.now, until, officers[1].account) is None
    talk = world.citizen()
    world.say(talk, CRY)
    return officers, talk, world.report().uid


def test_an_emergency_taken_on_but_not_written_to_is_said_to_duty_and_deputy_at_minute_five(
    world: World, hands: Hands
) -> None:
    officers, _, report = _emergency(world)
    assert officers[0].does(reports.accept, report).allowed
    hands.forward(minutes=4)
    assert _tick(world)["unwritten"] == 0
    hands.forward(minutes=1)
    assert [_tick(world)["unwritten"] for _ in range(2)] == [1, 0]
    told = [world.pushes(one.talk).count("staff.nobody_wrote") for one in officers]
    assert told == [1, 1, 0]
    assert world.tap(officers[1].talk, f"case:talk:{report}") == ["case.done.talk"]


def test_words_written_in_time_or_a_reporter_out_of_reach_remind_nobody(world: World, hands: Hands) -> None:
    officers, _, report = _emergency(world)
    officers[0].does(takeover.start, report)
    hands.forward(minutes=2)
    assert officers[0].does(takeover.say, "我在，您现在安全吗？")
    without_talk = tell(world, ["beaten_now"])
    officers[0].does(reports.accept, without_talk)
    hands.forward(minutes=10)
    assert _tick(world)["unwritten"] == 0
