"""The words of a live talk as the staff page shows them: what both said since it began, and whether it arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select

from bot.services.casework import takeover
from bot.services.casework.reports import Outcome
from bot.services.mail import mailbox
from bot.services.privacy.retention import WORDS
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.tables import Outbox, Report, Takeover


@dataclass(frozen=True)
class Said:
    """One utterance: of the staff member (`mine`) or of the reporter; `delivered` counts for what is mine."""

    mine: bool
    text: str
    at: datetime
    delivered: bool


def talk_of(work: Work, member: Member, report: Report) -> Takeover | None:
    """The live talk this member is in about this report. For callers who have checked the right to see it."""
    made = takeover.open_by(work, member.account)
    return made if made is not None and made.report == report.uid else None


def lines(work: Work, made: Takeover) -> list[Said]:
    """What was said in a live talk, oldest first. Once it has ended nothing of it is kept here (retention)."""
    begins = (f"reporter:{made.report}:words:", f"case:{made.report}:words ")
    rows = work.session.scalars(
        select(Outbox)
        .where(
            or_(*(and_(Outbox.natural_key >= one, Outbox.natural_key < f"{one}~") for one in begins)),
            Outbox.key.in_(WORDS),
            Outbox.created_at >= made.began_at,
            Outbox.args_sealed.is_not(None),
        )
        .order_by(Outbox.id)
    )
    return [
        Said(
            row.key != "reporter.words",
            str(mailbox.args_of(work, row)["text"]),
            row.created_at,
            row.sent_at is not None,
        )
        for row in rows
    ]


def say(work: Work, member: Member, report: Report, text: str) -> Outcome:
    """Say something in the live talk. Refusals: "text_missing", "not_talking" (it has ended)."""
    if not text.strip():
        return Outcome(False, "text_missing", report)
    if talk_of(work, member, report) is None or not takeover.say(work, member, text.strip()):
        return Outcome(False, "not_talking", report)
    return Outcome(True, None, report)


def end(work: Work, member: Member, report: Report) -> Outcome:
    """End the live talk; the bot is back. Refusals: "not_talking"."""
    made = talk_of(work, member, report)
    if made is None:
        return Outcome(False, "not_talking", report)
    takeover.end(work, made)
    return Outcome(True, None, report)
