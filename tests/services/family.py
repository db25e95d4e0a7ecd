"""A family for tests of contact: a child in a village, its parents away, a carer at home; who joins does so by code."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select

from bot.services.contact import consents as contact_consents
from bot.services.contact import invites
from bot.services.contact import ladder as contact_ladder
from bot.services.contact import plans as contact_plans
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import (
    Child,
    ContactPlan,
    ContactRecord,
    ContactRung,
    GuardianConsent,
    Household,
    Outbox,
    Person,
    Tie,
)
from tests.builders import VILLAGE, World

BORN = date(2016, 5, 1)


@dataclass
class Family:
    """One child; `people` and `talks` by what somebody is to it: father, mother, carer, self."""

    child: str
    people: dict[str, str] = field(default_factory=dict)
    talks: dict[str, str] = field(default_factory=dict)


def make(world: World, *kinds: str, born: date = BORN, area: str = VILLAGE) -> Family:
    """A child with these people, none of whom has joined."""
    with world.work() as work:
        family = Family(child(work, born, area))
        for kind in kinds:
            family.people[kind] = person(work, family.child, kind)
    return family


def child(work: Work, born: date, area: str) -> str:
    home, uid = opaque_id(), opaque_id()
    work.session.add(Household(uid=home, area=area, created_at=work.now))
    work.session.flush()
    profile = {"name": "测试娃", "birth_date": born.isoformat()}
    work.session.add(
        Child(
            uid=uid,
            number=uid[-8:],
            household=home,
            area=area,
            profile_sealed=work.seal("children.profile", uid, profile),
            filed_on=work.today,
            created_at=work.now,
            changed_at=work.now,
        )
    )
    work.session.flush()
    return uid


def person(work: Work, child: str, kind: str, *, days: int = 30) -> str:
    """Somebody tied to a child."""
    uid = opaque_id()
    work.session.add(Person(uid=uid, profile_sealed=work.seal("people.profile", uid, {}), created_at=work.now))
    work.session.flush()
    tie(work, child, uid, kind, days=days)
    return uid


def tie(work: Work, child: str, person: str, kind: str, *, days: int = 30) -> None:
    """What somebody is to a child, for a month already unless told otherwise."""
    since = work.today - timedelta(days=days)
    work.session.add(Tie(uid=opaque_id(), child=child, person=person, kind=kind, since=since))
    work.session.flush()


def code_for(world: World, family: Family, kind: str) -> str:
    """An invite code as it is read over the phone; a guardian agrees to that of a child first."""
    with world.work() as work:
        if kind == "self" and not contact_consents.stands(work, family.child):
            guardian_says(work, family.child, contact_consents.YES)
        return invites.invite(work, family.people[kind])


def guardian_says(work: Work, child: str, answer: str, relation: str = "guardian") -> None:
    """A guardian said so to the child director, face to face."""
    row = GuardianConsent(uid=opaque_id(), child=child, relation=relation, answer=answer, how="in_person", at=work.now)
    work.session.add(row)
    work.session.flush()


def join(
    world: World, family: Family, kind: str, *, day: str = "usual", hour: str = "19:00", simple: str = "no"
) -> str:
    """This person joins in a fresh conversation; returns it."""
    talk = family.talks[kind] = world.citizen()
    world.tap(talk, "flow:bind")
    if world.say(talk, code_for(world, family, kind)) == ["join.back"]:
        return talk
    world.tap(talk, "join.consent=yes")
    world.tap(talk, "join.called=usual")
    world.tap(talk, f"join.day={day}")
    said = world.tap(talk, f"join.hour={hour}")
    if kind == "carer":
        said = world.tap(talk, f"join.simple={simple}")
    assert said[-1].startswith("join.done"), said
    return talk


def tick(world: World) -> dict[str, int]:
    """One tick of contact at the present moment."""
    with world.work() as work:
        return contact_ladder.tick(work)


def plan(world: World, family: Family, kind: str) -> ContactPlan:
    """The plan of one person of the family."""
    with world.work() as work:
        return work.session.scalars(
            select(ContactPlan).where(ContactPlan.person == family.people[kind], ContactPlan.child == family.child)
        ).one()


def records(world: World, family: Family, kind: str) -> list[ContactRecord]:
    """The records of one person, oldest first."""
    with world.work() as work:
        query = select(ContactRecord).where(ContactRecord.person == family.people[kind])
        return list(work.session.scalars(query.order_by(ContactRecord.week)))


def rungs(world: World, family: Family) -> list[tuple[str, str, bool]]:
    """Step, reason and whether it is still open, of every rung around the child."""
    with world.work() as work:
        query = select(ContactRung).where(ContactRung.child == family.child).order_by(ContactRung.opened_at)
        return [(rung.step, rung.reason, rung.closed_at is None) for rung in work.session.scalars(query)]


def failed(world: World, talk: str) -> None:
    """The channel could not deliver what was due in a conversation."""
    with world.work() as work:
        for row in work.session.scalars(select(Outbox).where(Outbox.conversation == talk, Outbox.state == "due")):
            row.state = "failed"


def answers(world: World, family: Family, kind: str) -> dict[str, object]:
    """The answers of the newest record of one person."""
    with world.work() as work:
        row = work.session.scalars(
            select(ContactRecord).where(ContactRecord.person == family.people[kind]).order_by(ContactRecord.week.desc())
        ).first()
        return contact_plans.answers(work, row) if row is not None else {}


def make_two(world: World, *kinds: str) -> Family:
    """A family as `make` makes it, with a second child of the same people."""
    home = make(world, *kinds)
    with world.work() as work:
        younger = child(work, BORN.replace(year=2018), VILLAGE)
        for kind in kinds:
            tie(work, younger, home.people[kind], kind)
    return home
