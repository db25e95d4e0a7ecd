"""Letting go: what need not be kept is erased on time (parameters.yml#retention, reports.yml#anonymity)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, exists, or_, select, update

from bot.care import parameters
from bot.services.reporting import receipts
from bot.services.work import Work
from bot.storage.beginnings import begins
from bot.storage.tables import Attempt, Conversation, Inbox, Outbox, Report

RECEIPT_KEPT = timedelta(minutes=10)
RECEIPT_AT_MOST = timedelta(hours=24)
COUNTED = timedelta(hours=2)
WORDS = ("staff.words", "staff.words.parted", "reporter.words")


def withdraw_transcript(work: Work, conversation: str) -> None:
    """Once a report is filed, what we said on the way to it (it quotes the person) is not kept."""
    work.session.execute(
        update(Outbox)
        .where(Outbox.conversation == conversation, Outbox.args_sealed.is_not(None), Outbox.sent_at.is_not(None))
        .values(args_sealed=None, state="withdrawn")
    )


def withdraw_words(work: Work, conversations: list[str]) -> None:
    """Once people have ended their talk, their words to each other are not kept in the outbox."""
    work.session.execute(
        update(Outbox)
        .where(Outbox.conversation.in_(conversations), Outbox.key.in_(WORDS), Outbox.sent_at.is_not(None))
        .values(args_sealed=None, state="withdrawn")
    )


def erase_receipts(work: Work) -> int:
    """Codes and PINs leave the outbox soon after they were delivered; then only their hashes exist."""
    done = or_(Outbox.sent_at < work.now - RECEIPT_KEPT, Outbox.created_at < work.now - RECEIPT_AT_MOST)
    erased = work.session.execute(
        update(Outbox)
        .where(Outbox.key.in_((*receipts.KEYS, "report.written")), Outbox.args_sealed.is_not(None), done)
        .values(args_sealed=None, state="withdrawn")
    )
    return int(erased.rowcount)  # type: ignore[attr-defined]  # the result of an UPDATE has it


def erase_self_checks(work: Work) -> int:
    """What we said in a self-check of eligibility tells of the family: it goes with the check
    (retention.eligibility_self_check_unregistered)."""
    hours = int(parameters.number("retention.eligibility_self_check_unregistered"))
    erased = work.session.execute(
        update(Outbox)
        .where(
            begins(Outbox.key, "eligibility."),
            Outbox.args_sealed.is_not(None),
            Outbox.created_at < work.now - timedelta(hours=hours),
        )
        .values(args_sealed=None, state="withdrawn")
    )
    return int(erased.rowcount)  # type: ignore[attr-defined]  # the result of an UPDATE has it


def erase_raw(work: Work) -> int:
    """Raw messages that could not be processed go after retention.inbox_raw at the latest, an open S0 excepted."""
    hours = int(parameters.value("retention.inbox_raw").value["at_most"])
    waiting_for_a_human = exists().where(
        Report.conversation == Inbox.conversation, Report.severity == "S0", Report.acknowledged_at.is_(None)
    )
    erased = work.session.execute(
        update(Inbox)
        .where(
            Inbox.raw_sealed.is_not(None),
            Inbox.received_at < work.now - timedelta(hours=hours),
            Inbox.state != "kept",
            ~waiting_for_a_human,
        )
        .values(raw_sealed=None)
    )
    return int(erased.rowcount)  # type: ignore[attr-defined]  # the result of an UPDATE has it


def erase_addresses(work: Work) -> int:
    """Addresses nobody may be answered at any more go as soon as the last word has been delivered."""
    still_to_say = exists().where(Outbox.conversation == Conversation.uid, Outbox.state.in_(("due", "claimed")))
    rows = work.session.scalars(
        select(Conversation.uid).where(
            Conversation.address_until <= work.now, Conversation.address_sealed.is_not(None), ~still_to_say
        )
    ).all()
    work.session.execute(update(Conversation).where(Conversation.uid.in_(rows)).values(address_sealed=None))
    return len(rows)


def forget_attempts(work: Work) -> int:
    """Wrong guesses older than any limit looks back."""
    gone = work.session.execute(delete(Attempt).where(Attempt.at < work.now - COUNTED))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # the result of a DELETE has it
