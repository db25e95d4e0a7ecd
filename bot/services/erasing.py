"""Erasing what is kept of one conversation, when somebody asks for it (PIPL-47). What a report holds stays with it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from bot.services import drafts, journal
from bot.services.work import Work
from bot.storage.tables import Account, ContactChannel, Conversation, Draft, Inbox, Outbox, Report


@dataclass(frozen=True)
class Erased:
    """How many messages heard and said, and drafts, were erased; numbers of reports that stay: they protect a child."""

    heard: int
    said: int
    drafts: int
    reports_kept: tuple[str, ...]


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
    work.session.execute(
        update(ContactChannel)
        .where(ContactChannel.conversation == uid, ContactChannel.until.is_(None))
        .values(until=work.now)
    )
    row.address_sealed = row.address_key = row.token_key = row.flow = None
    journal.record(work, "operator", "conversation erased", uid)
    return Erased(
        heard=int(heard.rowcount),  # type: ignore[attr-defined]  # the result of an UPDATE has it
        said=int(said.rowcount),  # type: ignore[attr-defined]
        drafts=len(open_drafts),
        reports_kept=kept,
    )
