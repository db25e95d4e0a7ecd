"""A parent or a carer reports: the talk to its receipt, and what is said to them until the report is closed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services.casework import asking, child_links, closing, reports
from bot.services.contact import safety as contact_safety
from bot.storage.tables import Child, ContactPlan, Report
from tests.builders import World
from tests.conftest import Hands
from tests.services import family as homes
from tests.services.cases import HARM, VILLAGE, staff_of, tell
from tests.services.talking import asked_now, filed, last

PLACE = "公主岭市响水镇姜家店村"
ANSWERS = {
    "danger_now": "no",
    "kind": "out_of_school",
    "when": "skip",
    "child_ref": "skip",
    "follow_up": "yes",
    "confirm": "yes",
}


BEAT_HIM = "我昨天喝多了把孩子打伤了"


def _told(world: World, who: str, words: str, talk: str = "") -> str:
    """The whole talk of a guardian or carer, by the buttons."""
    talk = talk or world.citizen()
    world.say(talk, words)
    for _ in range(12):
        asked = asked_now(world, talk)
        if asked is None:
            break
        if asked == "place":
            world.say(talk, PLACE)
        else:
            world.tap(talk, f"report.{asked}={who if asked == 'reporter_type' else ANSWERS[asked]}")
    assert filed(world, talk)
    return talk


@pytest.mark.parametrize("who", ["guardian", "entrusted_carer"])
def test_a_parent_or_carer_is_led_to_a_receipt_and_hears_the_end(who: str, world: World) -> None:
    people = staff_of(world)
    talk = _told(world, who, "家里孩子说什么也不去上学了")
    report = world.report().uid
    with world.work() as work:
        assert reports.told_of(work, world.report())["facts"]["reporter_type"] == who
    assert people.director.does(reports.accept, report).allowed
    assert "reporter.accepted" in world.pushes(talk)
    assert people.director.does(closing.propose, report, "handed_over", "孩子回学校了", checked=True).allowed
    if world.report().closed_at is None:
        assert people.caseworker.does(closing.confirm, report).allowed
    assert "reporter.closed" in world.pushes(talk)
    assert "已办结" in last(world, talk)


def test_who_says_that_he_did_it_himself_is_sent_nothing_and_looks_with_his_code(world: World, hands: Hands) -> None:
    people = staff_of(world)
    talk = _told(world, "guardian", BEAT_HIM)
    assert "我不会主动给您发消息" in last(world, talk)
    assert all("回复您吗" not in said.text for said in world.said(talk))
    report = world.report().uid
    world.say(talk, "别打电话 就在这儿说")
    assert people.director.does(reports.accept, report).allowed
    assert people.director.does(asking.ask, report, "孩子现在谁在带？").allowed
    hands.forward(hours=49)
    with world.work() as work:
        assert asking.nudge(work) == 0
    assert people.director.does(closing.propose, report, "handed_over", "派出所接手了", checked=True).allowed
    people.caseworker.does(closing.confirm, report)
    assert world.report().state == "closed"
    assert world.pushes(talk) == []
    world.tap(talk, "flow:status")
    assert "已办结" in last(world, talk)


def test_whose_own_anger_came_to_a_blow_is_sent_nothing_either(world: World) -> None:
    people, talk = staff_of(world), world.citizen()
    world.say(talk, f"我气得想打死我儿子 {PLACE}")
    world.say(talk, "不留电话")
    assert filed(world, talk), "nor is it asked whether we may"
    assert world.report().severity == "S0"
    assert people.director.does(reports.accept, world.report().uid).allowed
    assert world.pushes(talk) == []


def test_the_same_words_of_another_are_answered_as_always(world: World) -> None:
    people = staff_of(world)
    talk = _told(world, "guardian", "他爸昨天喝多了把孩子打伤了")
    assert people.director.does(reports.accept, world.report().uid).allowed
    assert world.pushes(talk) == ["reporter.accepted"]


def _asked(world: World, home: homes.Family) -> dict[str, bool]:
    """Who of a family may be asked about the child now."""
    plans = {kind: homes.plan(world, home, kind).uid for kind in home.people}
    with world.work() as work:
        return {
            kind: contact_safety.may_be_asked(work, work.session.get_one(ContactPlan, uid))
            for kind, uid in plans.items()
        }


def test_a_father_who_told_of_himself_is_asked_nothing_about_the_child_until_staff_decide(
    world: World, hands: Hands
) -> None:
    staff_of(world)
    home = homes.make(world, "father", area=VILLAGE)
    talk = homes.join(world, home, "father")
    _told(world, "guardian", BEAT_HIM, talk)
    assert world.report().severity == "S1"
    before = world.pushes(talk)
    hands.moment = hands.moment.replace(hour=20) + timedelta(days=7)
    for _ in range(2):
        homes.tick(world)
    assert world.pushes(talk) == before
    assert _asked(world, home) == {"father": False}


def test_a_report_that_staff_link_to_a_child_stops_the_questions_to_whoever_may_have_done_it(world: World) -> None:
    people = staff_of(world)
    home = homes.make(world, "father", "carer", area=VILLAGE)
    for kind in home.people:
        homes.join(world, home, kind)
    report = tell(world, HARM, talk=world.citizen(), suspect_relation="guardian")
    assert _asked(world, home) == {"father": True, "carer": True}
    account = people.director.account
    with world.work() as work:
        found = work.session.get_one(Child, home.child)
        child_links.known(work, work.session.get_one(Report, report), [found], account)
    assert _asked(world, home) == {"father": False, "carer": True}
    assert people.director.does(child_links.unlink, report, home.child).allowed
    assert _asked(world, home) == {"father": True, "carer": True}
