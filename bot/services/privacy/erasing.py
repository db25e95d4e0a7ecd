"""Erasing what is kept of one conversation, when somebody asks for it (PIPL-47).

What protects a child stays with the child: a report, an arrangement of care. They point to no chat any more.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select, update

from bot.services import drafts, journal
from bot.services.contact import plans as contact_plans
from bot.services.work import Work
from bot.storage.tables import (
    Account,
    CareArrangement,
    CareTask,
    ContactChannel,
    ContactRecord,
    Conversation,
    Draft,
    Inbox,
    Outbox,
    Report,
)


@dataclass(frozen=True)
class Erased:
    """How many messages heard and said, drafts, tasks handed to an office, and weeks answered were erased; numbers of
    reports and ids of arrangements that stay."""

    heard: int
    said: int
    drafts: int
    tasks: int
    weeks: int
    reports_kept: tuple[str, ...]
    arrangements_kept: tuple[str, ...]


def conversation(work: Work, uid: str) -> Erased | str:
    """Erase messages, drafts and the way back to a chat. A refusal code instead: "absent" or "staff".

    A report made in the conversation is a record of its own; it no longer points to a chat that could be reached.
    """
    row = work.session.get(Conversation, uid)
    if row is None:
        return "absent"
    if work.session.scalar(select(Account.uid).where(Account.conversation == uid)) is not None:
        return "staff"
    kept = tuple(work.session.scalars(select(Report.number).where(Report.conversation == uid)))
    open_drafts = list(work.session.scalars(select(Draft).where(Draft.conversation == uid)))
    for draft in open_drafts:
        drafts.close(work, draft, "cancelled")
    heard = work.session.execute(
        update(Inbox)
        .where(Inbox.conversation == uid, Inbox.raw_sealed.is_not(None), Inbox.state != "kept")
        .values(raw_sealed=None)
    )
    said = work.session.execute(
        update(Outbox).where(Outbox.conversation == uid).values(args_sealed=None, state="withdrawn")
    )
    tasks, weeks, arrangements = _tasks(work, uid), _weeks(work, uid), _arrangements(work, uid)
    row.address_sealed = row.address_key = row.token_key = row.flow = None
    journal.record(work, journal.OPERATOR, "conversation erased", uid)
    return Erased(
        heard=int(heard.rowcount),  # type: ignore[attr-defined]  # the result of an UPDATE has it
        said=int(said.rowcount),  # type: ignore[attr-defined]
        drafts=len(open_drafts),
        tasks=tasks,
        weeks=weeks,
        reports_kept=kept,
        arrangements_kept=arrangements,
    )


def _tasks(work: Work, uid: str) -> int:
    """What was handed to an office goes; a task nobody has ended is withdrawn."""
    tasks = work.session.scalars(select(CareTask).where(CareTask.conversation == uid)).all()
    for task in tasks:
        task.payload_sealed, task.note_sealed, task.conversation = None, None, None
        if task.done_at is None:
            task.state, task.done_at = "withdrawn", work.now
    return len(tasks)


def _weeks(work: Work, uid: str) -> int:
    """Whoever joined here is asked no more, unless another chat of theirs is left; answers go, the calendar stays."""
    person = contact_plans.speaker(work, uid)
    work.session.execute(
        update(ContactChannel)
        .where(ContactChannel.conversation == uid, ContactChannel.until.is_(None))
        .values(until=work.now)
    )
    if person is None:
        return 0
    elsewhere = select(ContactChannel.uid).where(ContactChannel.person == person, ContactChannel.until.is_(None))
    if work.session.scalar(elsewhere.limit(1)) is None:
        contact_plans.stop(work, person)
    weeks = work.session.execute(
        update(ContactRecord)
        .where(ContactRecord.person == person, ContactRecord.answers_sealed.is_not(None))
        .values(answers_sealed=None)
    )
    return int(weeks.rowcount)  # type: ignore[attr-defined]  # the result of an UPDATE has it


def _arrangements(work: Work, uid: str) -> tuple[str, ...]:
    """Arrangements of care in which somebody spoke here stay; nobody is told of them here any more."""
    here = or_(CareArrangement.conversation == uid, CareArrangement.carer_conversation == uid)
    found = work.session.scalars(select(CareArrangement).where(here)).all()
    for one in found:
        one.conversation = None if one.conversation == uid else one.conversation
        one.carer_conversation = None if one.carer_conversation == uid else one.carer_conversation
    return tuple(one.uid for one in found)
