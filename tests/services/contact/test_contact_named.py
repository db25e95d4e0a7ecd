"""A joined mother reports her own brother-in-law, the child director of the village: in contact too he lives in a world
without it, and the supervisor decides what is asked of the family."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from bot.services.casework import reports
from bot.services.contact import desk, sheet
from bot.services.contact import safety as contact_safety
from bot.services.contact import staff as contact_staff
from bot.storage.tables import Child, ContactPlan, ContactRung
from tests.builders import VILLAGE, World
from tests.conftest import Hands
from tests.services import family as homes
from tests.services.cases import Person, person

SAID = "我们村儿童主任是我小舅子，他把孩子打坏了"


def _told(world: World, talk: str) -> None:
    for words in (SAID, "现在没有", "榆树市弓棚镇长山村", "匿名", "提交"):
        world.say(talk, words)
    assert (world.report().severity, world.report().conflicted.split(",")[0]) == ("S1", "child_director")


def _ticks(world: World) -> None:
    """Everybody is looked at now, twice."""
    for _ in range(2):
        with world.work() as work:
            work.session.execute(update(ContactPlan).values(next_due=work.now))
        homes.tick(world)


def _sees(world: World, who: Person, home: homes.Family) -> str:
    """Whatever contact shows to one of staff, and what was pushed."""
    with world.work() as work:
        member, child = who.member(work), work.session.get_one(Child, home.child)
        page = sheet.sheet(work, member, child)
        parts = [
            [
                (one.suspected, one.allowed, one.decision, one.weeks, one.events, one.calls, len(one.notices))
                for one in page.parties
            ],
            [
                (rung.uid, rung.reason, rung.closed_at, rung.closed_why)
                for one in page.parties
                for rung in (*one.rungs, *one.past)
            ],
            [(line.rung.uid, line.kind) for line in desk.open_rungs(work, member)],
            [family.people for family in desk.families(work, member)],
            contact_staff.may(work, member, home.child),
        ]
    return repr([parts, world.pushes(who.talk), [said.text for said in world.said(who.talk)]])


def _carriers(world: World) -> list[tuple[str, str, str, bool]]:
    with world.work() as work:
        rows = work.session.scalars(select(ContactRung).order_by(ContactRung.opened_at, ContactRung.uid))
        return [(row.step, row.reason, row.actor, row.closed_at is None) for row in rows]


def _village(world: World) -> tuple[Person, Person, homes.Family]:
    director = person(world, "child_director", VILLAGE, "王主任")
    supervisor = person(world, "child_supervisor", VILLAGE[:9], "李督导")
    home = homes.make(world, "mother", "father", "carer")
    for kind in home.people:
        homes.join(world, home, kind)
    return director, supervisor, home


def test_the_director_she_names_sees_contact_as_if_she_had_said_something_harmless(world: World, hands: Hands) -> None:
    director, supervisor, home = _village(world)
    world.say(home.talks["mother"], "孩子这周挺好的")
    _ticks(world)
    without = _sees(world, director, home)
    _told(world, home.talks["mother"])
    _ticks(world)
    assert _sees(world, director, home) == without
    assert _carriers(world) == [("decide_prompts", "suspected_harm", "child_supervisor", True)] * 2
    assert world.pushes(supervisor.talk).count("contact.task") == 2
    with world.work() as work:
        member = supervisor.member(work)
        assert len(desk.open_rungs(work, member)) == 2
        page = sheet.sheet(work, member, work.session.get_one(Child, home.child))
        assert [one.suspected for one in page.parties].count(True) == 2

    # What she decides about it is nothing to him either, and nothing he decides undoes it.
    father = homes.plan(world, home, "father").uid

    def decides(who: Person, ground: str) -> None:
        with world.work() as work:
            plan = work.session.get_one(ContactPlan, father)
            assert contact_staff.decide(work, who.member(work), plan, ground, "问过家里").allowed

    hands.forward(minutes=5)
    decides(supervisor, "suspected_harm")
    assert _sees(world, director, home) == without
    for ground in ("suspected_harm", "cleared"):
        hands.forward(minutes=5)
        decides(director, ground)
    account = director.account
    with world.work() as work:
        plan = work.session.get_one(ContactPlan, father)
        assert not contact_safety.may_be_asked(work, plan)
        assert contact_safety.may_be_asked(work, plan, account)


def test_nothing_the_named_director_does_tells_him_of_it_or_settles_it(world: World, hands: Hands) -> None:
    director, _, home = _village(world)
    _told(world, home.talks["mother"])
    hands.moment = hands.moment.replace(hour=19, minute=30) + timedelta(days=7)
    _ticks(world)
    assert "contact.task" not in world.pushes(director.talk)
    father = homes.plan(world, home, "father").uid
    with world.work() as work:
        plan = work.session.get_one(ContactPlan, father)
        member = director.member(work)
        assert contact_staff.notify_abnormal(work, member, plan, "三天没上学").allowed
        assert contact_staff.decide(work, member, plan, "cleared", "没事").allowed
    _ticks(world)
    assert world.pushes(home.talks["father"]) == []
    assert ("decide_prompts", "suspected_harm", "child_supervisor", True) in _carriers(world)


def test_who_is_named_only_later_carries_it_no_longer(world: World) -> None:
    director, supervisor, home = _village(world)
    with world.work() as work:
        told = {"facts": {"signs": ["beaten"], "conflicted": []}, "words": [], "area": VILLAGE, "given": {}}
        report = reports.open_report(work, home.talks["mother"], told)
    _ticks(world)
    assert {actor for _, _, actor, _ in _carriers(world)} == {"child_director"}
    with world.work() as work:
        found = work.session.get_one(type(report), report.uid)
        known = reports.told_of(work, found)
        known["facts"]["conflicted"] = ["child_director"]
        reports.tell_more(work, found, known)
        assert desk.open_rungs(work, director.member(work)) == []
    _ticks(world)
    assert {actor for _, _, actor, _ in _carriers(world)} == {"child_supervisor"}
    assert world.pushes(supervisor.talk).count("contact.task") == 2


def test_where_director_and_supervisor_are_named_the_county_has_it_and_they_do_not(world: World) -> None:
    director, supervisor, home = _village(world)
    caseworker = person(world, "county_caseworker", VILLAGE[:6], "张科员")
    named = {"signs": ["beaten"], "conflicted": ["child_director", "child_supervisor"]}
    without = [_sees(world, who, home) for who in (director, supervisor)]
    with world.work() as work:
        told = {"facts": named, "words": [], "area": VILLAGE, "given": {}}
        reports.open_report(work, home.talks["mother"], told)
    _ticks(world)
    assert [_sees(world, who, home) for who in (director, supervisor)] == without
    assert {actor for _, _, actor, _ in _carriers(world)} == {"county_caseworker"}
    with world.work() as work:
        assert len(desk.open_rungs(work, caseworker.member(work))) == 2
