"""Inbox and outbox: what arrived is durable before it is acknowledged; what we say is durable before it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update

from bot import texts
from bot.care import calendar
from bot.services.mail import noted, statements, withholding
from bot.services.mail.statements import Said as Said
from bot.services.work import Work
from bot.storage.asked import rows_once
from bot.storage.beginnings import begins
from bot.storage.crypto import opaque_id
from bot.storage.many import among
from bot.storage.tables import Conversation, Inbox, Outbox

CLAIM_FOR = timedelta(seconds=12)
URGENT, REPLY, LATER = 0, 1, 2


@dataclass(frozen=True)
class Kept:
    """An inbox row: its id, and whether this call made it (False: the same update had been kept before)."""

    id: int
    fresh: bool


@dataclass(frozen=True)
class Claim:
    """The right to process one inbox row until `claimed_until`; `number` fences off an earlier holder.

    `uid` and `raw_sealed` are the row's, so that nobody has to look it up a second time.
    """

    id: int
    number: int
    conversation: str | None
    channel: str
    received_at: datetime
    uid: str
    raw_sealed: bytes | None


def keep(work: Work, channel: str, update_key: str, raw: Mapping[str, Any], conversation: str | None = None) -> Kept:
    """Keep one raw update, sealed. The same `update_key` again changes nothing and returns the first row."""
    made = work.session.scalar(statements.keep_new(work.dialect), _sealed(work, channel, update_key, raw, conversation))
    return Kept(made, fresh=True) if made is not None else Kept(_kept_as(work, update_key), fresh=False)


def _sealed(
    work: Work, channel: str, update_key: str, raw: Mapping[str, Any], conversation: str | None
) -> dict[str, Any]:
    """A new row of the inbox."""
    uid = opaque_id()
    return {
        "uid": uid,
        "update_key": update_key,
        "channel": channel,
        "conversation": conversation,
        "raw_sealed": work.seal("inbox.raw", uid, dict(raw)),
        "received_at": work.now,
    }


def _kept_as(work: Work, update_key: str) -> int:
    return work.session.scalars(select(Inbox.id).where(Inbox.update_key == update_key)).one()


@dataclass(frozen=True)
class NewRow:
    """One update of a batch to keep: its natural key, what is kept of it, its conversation.

    `position`: its place among the updates of its channel, when they can arrive in another order than they were
    written; `not_before`: until then it waits for what should come before it.
    """

    update_key: str
    raw: Mapping[str, Any]
    conversation: str | None
    malformed: bool = False
    position: int | None = None
    not_before: datetime | None = None


def keep_many(work: Work, channel: str, rows: list[NewRow]) -> list[tuple[int, NewRow]]:
    """Keep a batch in this one transaction; what had been kept before is left as it is. Returns the new ones.

    Malformed updates are quarantined, sealed; those of no conversation of ours are done at once.
    """
    keys = [row.update_key for row in rows]
    known = set(work.session.scalars(select(Inbox.update_key).where(Inbox.update_key.in_(keys))))
    made: list[tuple[Inbox, NewRow]] = []
    for row in rows:
        if row.update_key in known:
            continue
        known.add(row.update_key)
        uid = opaque_id()
        state = "quarantined" if row.malformed else "kept" if row.conversation else "done"
        sealed = work.seal("inbox.raw", uid, dict(row.raw)) if state != "done" else None
        made.append(
            (
                Inbox(
                    uid=uid,
                    update_key=row.update_key,
                    channel=channel,
                    conversation=row.conversation,
                    raw_sealed=sealed,
                    received_at=work.now,
                    state=state,
                    position=row.position,
                    claimed_until=row.not_before if state == "kept" else None,
                ),
                row,
            )
        )
    work.session.add_all(inbox for inbox, _ in made)
    work.session.flush()
    return [(inbox.id, row) for inbox, row in made if inbox.state == "kept"]


def claim(work: Work, inbox_id: int) -> Claim | None:
    """Take one kept row for processing; None when it is done, held, or an earlier one of its talk is not done."""
    row = work.session.execute(
        statements.take_one(), {"wanted": inbox_id, "now": work.now, "until": work.now + CLAIM_FOR}
    ).one_or_none()
    if row is None:
        return None
    return Claim(inbox_id, row.claim, row.conversation, row.channel, row.received_at, row.uid, row.raw_sealed)


def keep_and_claim(
    work: Work, channel: str, update_key: str, raw: Mapping[str, Any], conversation: str
) -> tuple[Kept, Claim | None]:
    """`keep` and `claim` in one statement, for a channel whose updates come in the order they are written.

    Until this transaction ends nobody else sees a new row: what is noted of it meanwhile is written with its end.
    """
    row = _sealed(work, channel, update_key, raw, conversation)
    asked = {**row, "whose": conversation, "until": work.now + CLAIM_FOR}
    made = work.session.execute(statements.keep_and_take(work.dialect), asked).one_or_none()
    if made is None:
        known = _kept_as(work, update_key)
        return Kept(known, fresh=False), claim(work, known)
    if not made.claim:
        return Kept(made.id, fresh=True), None
    noted.effects(work)[made.id] = None
    held = Claim(made.id, made.claim, conversation, channel, work.now, row["uid"], row["raw_sealed"])
    return Kept(made.id, fresh=True), held


def raw_of(work: Work, row: Inbox | Claim) -> dict[str, Any]:
    """The raw update as it came; empty once it has been erased."""
    if row.raw_sealed is None:
        return {}
    raw: dict[str, Any] = work.open("inbox.raw", row.uid, row.raw_sealed)
    return raw


def take_effect(work: Work, inbox_id: int, effect: str) -> bool:
    """Claim the one effect this message may have. False: it already had one, and nothing may be done again."""
    ours = noted.effects(work)
    if inbox_id in ours:
        first, ours[inbox_id] = ours[inbox_id] is None, ours[inbox_id] or effect
        return first
    return _note(work, inbox_id, effect)


def write_effect(work: Work, inbox_id: int) -> None:
    """Before a row is left to others that is not at its end: what this transaction noted of it only."""
    effect = noted.effects(work).pop(inbox_id, None)
    if effect is not None:
        _note(work, inbox_id, effect)


def _note(work: Work, inbox_id: int, effect: str) -> bool:
    won = work.session.execute(statements.note_effect(), {"wanted": inbox_id, "noted": effect})
    return bool(won.rowcount)  # type: ignore[attr-defined]  # the result of an UPDATE has it


def finish(work: Work, held: Claim, *, state: str = "done", keep_raw: bool = False) -> bool:
    """Mark a claimed row processed and erase its raw text. False: the claim was lost meanwhile, roll back."""
    effect = noted.effects(work).pop(held.id, None)
    asked = {"wanted": held.id, "number": held.number, "end": state, "now": work.now}
    now_noted = {"noted": effect} if effect is not None else {}
    done = work.session.execute(statements.finish_one(keep_raw, effect is not None), {**asked, **now_noted})
    return bool(done.rowcount)  # type: ignore[attr-defined]  # the result of an UPDATE has it


def waiting(work: Work, limit: int = 200) -> list[int]:
    """Ids of kept rows nobody holds, oldest first, at most one per conversation so that order is kept."""
    free = or_(Inbox.claimed_until.is_(None), Inbox.claimed_until <= work.now)
    rows = work.session.execute(
        select(Inbox.id, Inbox.conversation, free.label("free"), Inbox.position)
        .where(Inbox.state == "kept")
        .order_by(Inbox.id)
        .limit(limit)
    ).all()
    seen: set[str] = set()
    ready = []
    for inbox_id, conversation, is_free, _ in sorted(rows, key=lambda row: row.position or row.id):
        if conversation is None or conversation not in seen:
            if is_free:
                ready.append(inbox_id)
            if conversation is not None:
                seen.add(conversation)
    return ready


def say(
    work: Work,
    conversation: str,
    key: str,
    args: Mapping[str, Any] | None = None,
    *,
    reply_to: int | None = None,
    push: bool = False,
    priority: int = REPLY,
    natural_key: str | None = None,
    not_before: datetime | None = None,
) -> bool:
    """Put one thing to say into the outbox. With a `natural_key` that was used before, nothing happens (False)."""
    uid = opaque_id()
    talked = work.session.get(Conversation, conversation)
    if talked is not None and talked.language is not None:
        args = {**(args or {}), texts.LANGUAGE: talked.language}
    row = {
        "uid": uid,
        "conversation": conversation,
        "reply_to": reply_to,
        "natural_key": natural_key,
        "key": key,
        "args_sealed": work.seal("outbox.args", uid, dict(args)) if args else None,
        "push": push,
        "priority": priority,
        "not_before": not_before or work.now,
        "created_at": work.now,
    }
    return _put(work, [row]) > 0


def _said(work: Work, keys: list[str]) -> set[str | None]:
    """Which of these were said, or are to be said, already."""
    return set(work.session.scalars(select(Outbox.natural_key).where(among(work.dialect, Outbox.natural_key, keys))))


def _put(work: Work, rows: list[dict[str, Any]]) -> int:
    """Into the outbox; what another process is putting there under the same key meanwhile is said once."""
    noted.addressed(work).update(row["conversation"] for row in rows)
    put = work.session.execute(statements.say_new(work.dialect), rows, execution_options={"preserve_rowcount": True})
    new = int(put.rowcount)  # type: ignore[attr-defined]  # the result of an INSERT has it
    if new:
        noted.answered(work).update(row["reply_to"] for row in rows if row.get("reply_to") is not None)
    return new


def to_carry(work: Work, held: Claim) -> bool:
    """Whether a channel has to carry something of what this transaction says: the page takes its answers along."""
    return bool(noted.addressed(work) - ({held.conversation} if held.channel == "web" else set()))


@dataclass(frozen=True)
class Push:
    """One thing to tell somebody unasked, outside the quiet hours: where, which words, what makes it the same."""

    conversation: str
    key: str
    args: Mapping[str, Any]
    natural_key: str


def push_many(work: Work, pushes: list[Push]) -> int:
    """Put many pushes into the outbox at once; those said before are left out. Returns how many are new."""
    known = _said(work, [push.natural_key for push in pushes])
    fresh = {push.natural_key: push for push in pushes if push.natural_key not in known}
    allowed = calendar.next_allowed(work.now)
    rows = [
        {
            "uid": (uid := opaque_id()),
            "conversation": push.conversation,
            "natural_key": push.natural_key,
            "key": push.key,
            "args_sealed": work.seal("outbox.args", uid, dict(push.args)) if push.args else None,
            "push": True,
            "priority": LATER,
            "not_before": allowed,
            "created_at": work.now,
        }
        for push in fresh.values()
    ]
    return _put(work, rows) if rows else 0


def last_said(work: Work, conversation: str, before_inbox: int, since: datetime) -> Said | None:
    """The last thing said in a conversation that was no answer to this very message, if it was said since a moment."""
    rows = rows_once(work.session, statements.LAST_SAID, {"here": conversation, "message": before_inbox})
    return Said(*rows[0]) if rows and rows[0].created_at >= since else None


def last_under(work: Work, conversation: str, before_inbox: int, since: datetime, *keys: str) -> Said | None:
    """The last thing said under one of these keys since a moment, that was no answer to this very message."""
    before = statements.said_before(conversation, before_inbox)
    said = select(*statements.OF_SAID).where(*before, Outbox.created_at >= since, Outbox.key.in_(keys))
    row = work.session.execute(said.order_by(Outbox.id.desc()).limit(1)).first()
    return None if row is None else Said(*row)


def keys_said(
    work: Work, conversation: str, before_inbox: int, since: datetime, most: int = statements.LATELY
) -> list[str]:
    """The keys of what was said in a conversation since a moment, the last first; answers to this very message not.

    Of the last `statements.LATELY` things said, at most.
    """
    said = rows_once(work.session, statements.KEYS_SAID, {"here": conversation, "message": before_inbox})
    return [row.key for row in said if row.created_at >= since][:most]


def args_of(work: Work, row: Outbox | Said) -> dict[str, Any]:
    """The arguments of one thing said."""
    if row.args_sealed is None:
        return {}
    args: dict[str, Any] = work.open("outbox.args", row.uid, row.args_sealed)
    return args


def said_since(work: Work, conversation: str, after: int) -> list[Outbox]:
    """Everything said in a conversation after an id whose time has come, oldest first.

    What had to wait (quiet hours) and was never delivered comes too, though its id may be lower. What is withheld
    passes in silence.
    """
    rows = work.session.scalars(
        select(Outbox)
        .where(
            Outbox.conversation == conversation,
            or_(Outbox.id > after, Outbox.sent_at.is_(None)),
            Outbox.not_before <= work.now,
            Outbox.state.not_in(("withdrawn", withholding.PASSED)),
        )
        .order_by(Outbox.id)
        .limit(200)
    ).all()
    for row in rows:
        if row.state == withholding.WITHHELD:
            withholding.passes(work, row)
    return [row for row in rows if row.state != withholding.PASSED]


def said(work: Work, conversation: str, message: int) -> Outbox | None:
    """One thing said in a conversation, unless it was withdrawn."""
    row = work.session.get(Outbox, message)
    return row if row is not None and row.conversation == conversation and row.state not in withholding.UNSAID else None


def replies_to(work: Work, inbox_id: int) -> list[Outbox]:
    """What was said in answer to one message, in order."""
    return list(work.session.scalars(statements.replies(), {"wanted": inbox_id}))


def is_answered(work: Work, inbox_id: int) -> bool:
    """Whether anything was said in answer to a message yet."""
    if inbox_id in noted.effects(work):  # made by this very transaction: nobody else could answer it
        return inbox_id in noted.answered(work)
    return bool(replies_to(work, inbox_id))


def hand_over_replies(work: Work, inbox_id: int) -> list[Outbox]:
    """The same without what was withdrawn, recorded as handed to the person's device."""
    given = work.session.scalars(statements.hand_over_replies(), {"wanted": inbox_id, "now": work.now})
    return sorted(given, key=lambda row: row.id)


def forget_pushes(work: Work, conversation: str, start: str) -> None:
    """What was still to be said unasked and is not wanted any more: keys beginning with `start` in a conversation."""
    work.session.execute(
        update(Outbox)
        .where(
            Outbox.conversation == conversation,
            Outbox.sent_at.is_(None),
            begins(Outbox.natural_key, start),
        )
        .values(state="withdrawn", args_sealed=None)
    )


def delivered(work: Work, ids: list[int]) -> None:
    """Record that these were handed to the person's device."""
    if ids:
        work.session.execute(statements.hand_over(), {"these": ids, "now": work.now})
