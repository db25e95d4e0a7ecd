"""What an arrangement of 委托照护 means for the child's file: who looks after the child from when until when."""

from __future__ import annotations

from sqlalchemy import delete, or_, select, update

from bot.care import entrusted
from bot.services.contact import plans as contact_plans
from bot.services.entrusted.records import data
from bot.services.register import children
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import CareArrangement, Child, ContactChannel, ContactInvite, Person, Tie

CARER = "carer"


def follow(work: Work, row: CareArrangement, event: str) -> None:
    """Care that has begun makes the carer the child's carer on file; care that has ended makes an end of it."""
    if row.child is None:
        return
    child = work.session.get_one(Child, row.child)
    if event == "care_started":
        _begin(work, row, child)
    elif row.state == entrusted.ENDED and row.carer_person is not None:
        _end(work, child, Tie.person == row.carer_person)
        _ask_no_more(work, child, row.carer_person)


def forget(work: Work, row: CareArrangement) -> None:
    """A person who was named and never cared is let go: the code, and what was written down to invite."""
    person, row.carer_person, row.carer_conversation = row.carer_person, None, None
    work.session.flush()
    if person is None or work.session.scalar(select(Tie.uid).where(Tie.person == person).limit(1)) is not None:
        return
    if work.session.scalar(select(ContactChannel.uid).where(ContactChannel.person == person).limit(1)) is None:
        work.session.execute(delete(ContactInvite).where(ContactInvite.person == person))
        work.session.execute(delete(Person).where(Person.uid == person))


def _begin(work: Work, row: CareArrangement, child: Child) -> None:
    """From today this carer and nobody else; who came in by a code is reached there."""
    kept = data(work, row)
    _end(work, child, Tie.kind == CARER)
    if row.carer_person is None:
        made = children.tie(
            work, child, CARER, kept.get("carer", ""), kept.get("carer_phone", ""), kept.get("carer_relation")
        )
        row.carer_person = made.person
    else:
        relation = kept.get("carer_relation") or None
        work.session.add(
            Tie(
                uid=opaque_id(),
                child=child.uid,
                person=row.carer_person,
                kind=CARER,
                relation=relation,
                since=work.today,
            )
        )
        if row.carer_conversation is not None and contact_plans.speaker(work, row.carer_conversation) is None:
            contact_plans.reach(work, row.carer_person, row.carer_conversation)
    children.note_change(work, child, CARER, None)
    work.session.flush()


def _end(work: Work, child: Child, whose: object) -> None:
    today = work.today
    current = (Tie.child == child.uid, Tie.kind == CARER, or_(Tie.until.is_(None), Tie.until > today))
    work.session.execute(update(Tie).where(*current, whose).values(until=today))  # type: ignore[arg-type]


def _ask_no_more(work: Work, child: Child, person: str) -> None:
    """Whoever no longer looks after the child is no longer asked about it."""
    for plan in contact_plans.of_child(work, child.uid, contact_plans.CARER):
        if plan.person == person:
            plan.state, plan.next_due = contact_plans.ENDED, None
