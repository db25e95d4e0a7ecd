"""The desk of contact: who of a member's area stands on which rung and why, and one family with its history.

Opening a family is journalled; of what the voices said only structured results, words where a concern was raised.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Select, or_, select

from bot.care import roles
from bot.services.contact import answers as contact_answers
from bot.services.contact import barring as contact_barring
from bot.services.contact import plans as contact_plans
from bot.services.contact import safety as contact_safety
from bot.services.contact import staff as contact_staff
from bot.services.contact import unseen as contact_unseen
from bot.services.register import children, finding
from bot.services.staff.accounts import Member
from bot.services.tasks import care_tasks
from bot.services.work import Work
from bot.storage.tables import (
    Account,
    CareTask,
    Child,
    ContactConflict,
    ContactPlan,
    ContactRung,
)

RESOURCE = "contact_record"
MOST, WEEKS, EVENTS = 100, 8, 12
JOIN = "contact_join"


class Line(NamedTuple):
    """One open rung: about which child and which of its people, and whether its day is over."""

    rung: ContactRung
    child: finding.Line
    kind: str
    late: bool


class Family(NamedTuple):
    """One child with the last week of each of its people, for the list of all."""

    child: finding.Line
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Joining:
    """Somebody without a code who asked to join."""

    task: CareTask
    words: tuple[str, ...]
    late: bool


def holds(work: Work, member: Member) -> bool:
    """Whether a member has any desk of contact: by post, or as deputy."""
    wanted = (*contact_staff.DECIDES, "county_caseworker")
    return any(role in wanted for role, _ in children.posts(work, member))


def visible(work: Work, member: Member) -> Select[Child]:
    """The children whose contact a member deals with (contact_staff.may), as a query."""
    areas = [area for role, area in children.posts(work, member) if role in contact_staff.DECIDES]
    above = [
        ContactRung.actor.in_([role]) & children.inside((area,), Child.area)
        for role, area in children.posts(work, member)
        if role not in contact_staff.DECIDES and area
    ]
    mine = children.inside(areas)
    if not above:
        return select(Child).where(mine)
    hidden = contact_barring.concealed(work, member.account, or_(*above))
    carried = select(Child.uid).join(ContactRung, ContactRung.child == Child.uid)
    return select(Child).where(or_(mine, Child.uid.in_(carried.where(or_(*above), ContactRung.uid.not_in(hidden)))))


def _barred(work: Work, member: Member) -> set[str]:
    """Children of whose family this member is."""
    said = select(ContactConflict.child).where(ContactConflict.account == member.account)
    found = set(work.session.scalars(said))
    talk = work.session.get_one(Account, member.account).conversation
    person = contact_plans.speaker(work, talk) if talk is not None else None
    if person is not None:
        found |= {plan.child for plan in contact_plans.of_person(work, person)}
    return found


def open_rungs(work: Work, member: Member) -> list[Line]:
    """What is open, the earliest due first."""
    today, barred = work.today, _barred(work, member)
    wanted = (ContactRung.closed_at.is_(None), Child.uid.in_(visible(work, member).with_only_columns(Child.uid)))
    hidden = contact_barring.concealed(work, member.account, *wanted)
    rows = work.session.execute(
        select(ContactRung, Child)
        .join(Child, Child.uid == ContactRung.child)
        .where(*wanted, ContactRung.actor != "system", ContactRung.uid.not_in(hidden), Child.uid.not_in(barred))
        .order_by(ContactRung.due, ContactRung.opened_at)
        .limit(MOST)
    )
    return [
        Line(rung, finding.line(work, child), _kind(work, rung), rung.due is not None and rung.due < today)
        for rung, child in rows
    ]


def _kind(work: Work, rung: ContactRung) -> str:
    plan = work.session.scalar(
        select(ContactPlan).where(ContactPlan.person == rung.person, ContactPlan.child == rung.child)
    )
    return contact_answers.kind_of(work, plan) if plan is not None else "guardian"


def families(work: Work, member: Member) -> list[Family]:
    """Every child somebody joined for, with how this week stands with each person."""
    barred = _barred(work, member)
    rows = work.session.scalars(
        visible(work, member)
        .where(
            Child.uid.in_(select(ContactPlan.child).where(ContactPlan.state != contact_plans.ENDED)),
            Child.uid.not_in(barred),
        )
        .order_by(Child.area, Child.number)
        .limit(MOST)
    )
    found = []
    for child in rows:
        plans = contact_plans.of_child(work, child.uid)
        people = tuple((contact_answers.kind_of(work, plan), standing(work, plan, member.account)) for plan in plans)
        found.append(Family(finding.line(work, child), people))
    return found


def standing(work: Work, plan: ContactPlan, reader: str) -> str:
    """How this week stands with somebody, as an account may know it: not_asked, stopped, in_touch, answered, waiting,
    not_yet."""
    if not contact_safety.may_be_asked(work, plan, reader):
        return "not_asked"
    row = contact_plans.record(work, plan)
    if row is not None and row.confirmed_by is not None:
        return "in_touch"
    if row is not None and row.answer != "none":
        return "answered"
    if plan.state == contact_plans.STOPPED:
        return "stopped"
    return "waiting" if row is not None and contact_unseen.sends(work, row, reader) else "not_yet"


def joinings(work: Work, member: Member) -> list[Joining]:
    """Who asked to join without a code in the places this member answers for."""
    today = work.today
    tasks = work.session.scalars(
        select(CareTask).where(CareTask.kind == JOIN, CareTask.state == "open").order_by(CareTask.created_at)
    )
    return [
        Joining(
            task,
            tuple(care_tasks.payload(work, task).get("words", ())),
            task.due_on is not None and task.due_on < today,
        )
        for task in tasks
        if answers_for(work, member, task.area)
    ]


def answers_for(work: Work, member: Member, area: str) -> bool:
    """Whether a member answers for people of a place who are not on file yet."""
    wanted = (*contact_staff.DECIDES, "county_caseworker")
    return any(role in wanted and roles.covers(place, area) for role, place in children.posts(work, member))


def reach(work: Work, member: Member, uid: str) -> Child | None:
    """One child whose contact this member deals with; None for a forbidden and for an absent one alike."""
    child = work.session.get(Child, uid)
    return child if child is not None and contact_staff.may(work, member, uid) else None
