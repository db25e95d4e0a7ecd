"""The outbox as the sender sees it: what is due, claims with a fence, and what became of each send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update

from bot.services import conversations
from bot.services.mail import editing, mailbox, withholding
from bot.services.work import Work
from bot.storage.crypto import SealBroken
from bot.storage.tables import Conversation, Outbox

CLAIM_FOR = timedelta(seconds=60)
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=10)
LONGEST_URGENT_WAIT = timedelta(seconds=30)
UNSURE_TRIES = 12
WAITING = ("due", withholding.WITHHELD)


@dataclass(frozen=True)
class Letter:
    """One claimed message on its way: where to, what (text key and arguments), and the fence of the claim."""

    id: int
    claim: int
    conversation: str
    address: str
    key: str
    args: dict[str, Any]
    priority: int
    edits: str | None = None
    """The channel's number of the message that reads so from now; None: it is a message of its own."""


def take(work: Work, channel: str, limit: int, busy: frozenset[str] = frozenset()) -> list[Letter]:
    """Claim due messages of a channel: urgent ones first, at most one per conversation, its oldest.

    `busy`: conversations that already have a message on its way. A claim that is not settled comes free again.
    """
    letters: list[Letter] = []
    chosen = set(busy)
    for row in _due(work, channel, limit * 4):
        if row.state == withholding.WITHHELD:
            withholding.passes(work, row)
            continue
        if row.conversation in chosen or len(letters) >= limit:
            continue
        if row.edits is not None and editing.waits(work, row):
            continue
        edits = editing.number_of(work, row) if row.edits is not None else None
        if row.edits is not None and edits is None:
            row.state = "withdrawn"  # what it would edit cannot be found again on this channel
            continue
        chosen.add(row.conversation)
        letter = _claim(work, row, edits)
        if letter is not None:
            letters.append(letter)
    work.session.flush()
    return letters


def _due(work: Work, channel: str, at_most: int) -> Sequence[Outbox]:
    """What may be said now on a channel and nobody else is saying, the most urgent first; locked."""
    return work.session.scalars(
        select(Outbox)
        .join(Conversation, Conversation.uid == Outbox.conversation)
        .where(
            Outbox.state.in_(WAITING),
            Outbox.not_before <= work.now,
            Conversation.channel == channel,
            or_(Outbox.claimed_until.is_(None), Outbox.claimed_until <= work.now),
        )
        .order_by(Outbox.priority, Outbox.id)
        .limit(at_most)
        .with_for_update(skip_locked=True, of=Outbox)
    ).all()


def _claim(work: Work, row: Outbox, edits: str | None) -> Letter | None:
    """Claim one message; None, and it has failed, where nobody can be written to any more or its seal is broken."""
    try:
        address, args = conversations.address(work, row.conversation), mailbox.args_of(work, row)
    except SealBroken:
        address, args = None, {}  # changed in the database: this one cannot be said, the others can
    if address is None:
        row.state = "failed"
        return None
    row.claim, row.attempts, row.claimed_until = row.claim + 1, row.attempts + 1, work.now + CLAIM_FOR
    return Letter(row.id, row.claim, row.conversation, address, row.key, args, row.priority, edits)


def sent(work: Work, letter: Letter, number: str | None = None) -> None:
    """The channel took it, under a number of its own: this row is the delivery record."""
    _settle(work, letter, state="sent", sent_at=work.now, claimed_until=None, taken_as=number)


def wait(work: Work, letter: Letter, until: datetime) -> None:
    """Not before `until`: the channel's limits say so. That is no failed try."""
    _settle(work, letter, not_before=until, claimed_until=None, attempts=Outbox.attempts - 1)


def again(work: Work, letter: Letter, *, unsure: bool) -> None:
    """It failed: try again after a growing wait, for as long as the channel is away.

    `unsure`: it may have arrived all the same; after many such tries it counts as failed, or one person would get
    it without end.
    """
    tries = work.session.scalar(select(Outbox.attempts).where(Outbox.id == letter.id)) or 1
    if unsure and tries >= UNSURE_TRIES:
        _settle(work, letter, state="failed", claimed_until=None)
        return
    longest = LONGEST_URGENT_WAIT if letter.priority == mailbox.URGENT else LONGEST_WAIT
    pause = min(FIRST_WAIT * 2 ** min(tries - 1, 20), longest)
    _settle(work, letter, not_before=work.now + pause, claimed_until=None)


def refused(work: Work, letter: Letter) -> None:
    """This one message cannot be sent (the channel calls it malformed); the others go on."""
    _settle(work, letter, state="failed", claimed_until=None)


def unreachable(work: Work, letter: Letter) -> None:
    """The person blocked us or the chat is gone: nothing more is tried until they write again."""
    work.session.get_one(Conversation, letter.conversation).unreachable_at = work.now
    work.session.execute(
        update(Outbox)
        .where(Outbox.conversation == letter.conversation, Outbox.state.in_(WAITING))
        .values(state="failed", claimed_until=None)
    )


def next_due(work: Work, channel: str) -> datetime | None:
    """The moment the next message of a channel may go, for sleeping until then."""
    return work.session.scalar(
        select(Outbox.not_before)
        .join(Conversation, Conversation.uid == Outbox.conversation)
        .where(Outbox.state.in_(WAITING), Conversation.channel == channel)
        .order_by(Outbox.not_before)
        .limit(1)
    )


def _settle(work: Work, letter: Letter, **values: Any) -> None:
    work.session.execute(
        update(Outbox)
        .where(Outbox.id == letter.id, Outbox.claim == letter.claim, Outbox.state == "due")
        .values(**values)
    )
