"""Webhooks overtake each other: until when an update waits for what was written before it and is not here yet.

Update ids follow one another, so a missing one is seen by its number. It is missed from the moment the first of those
behind it is here; so long, and no longer, everything behind it waits. Who may not wait (words of danger) waits for
nobody, and lets nobody behind it pass what it has passed itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from bot.services.work import Work
from bot.storage.tables import Inbox

EARLIER_WITHIN = timedelta(seconds=2)
LOOK_AT_ONCE = 32
ARRIVING = 4_886_665  # any number no other duty takes on this database


def key(position: int) -> str:
    """The natural key of an update with a usable id."""
    return f"tg:{position}"


def being_taken(work: Work, conversation: str | None) -> datetime | None:
    """When the message came that is being taken in a talk now: the oldest that is not done. None: none is."""
    if conversation is None:
        return None
    return work.session.scalar(
        select(func.min(Inbox.received_at)).where(Inbox.conversation == conversation, Inbox.state == "kept")
    )


def one_after_another(session: Session) -> None:
    """From here to its end no other transaction that said so runs: what came before is seen by what comes after."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("select pg_advisory_xact_lock(:duty)"), {"duty": ARRIVING})
    else:
        session.connection()  # on SQLite writers take turns anyway, and this is where one's own begins


def let_arrive(session: Session, inbox_id: int) -> None:
    """Before a row whose wait is over is taken: what is being kept in this moment may belong before it.

    Without this the one before could become visible between the look for it and the take.
    """
    waited = select(Inbox.id).where(Inbox.id == inbox_id, Inbox.position.is_not(None), Inbox.claimed_until.is_not(None))
    if session.get_bind().dialect.name == "postgresql" and session.scalar(waited) is not None:
        session.execute(text("select pg_advisory_xact_lock_shared(:duty)"), {"duty": ARRIVING})


def waits_until(work: Work, position: int) -> datetime | None:
    """Until when an update that arrives now waits for those before it; None: for nobody (any more)."""
    missed_since = min([work.now, *(row.received_at for row in _near(work, position + 1).values())])
    before = position - 1
    while missed_since > work.now - EARLIER_WITHIN:
        rows = _near(work, before - LOOK_AT_ONCE + 1)
        while before in rows:
            missed_since = min(missed_since, rows[before].received_at)
            before -= 1
            if missed_since <= work.now - EARLIER_WITHIN:
                return None  # whatever is missing before that one has been waited for
        if len(rows) < LOOK_AT_ONCE:
            return missed_since + EARLIER_WITHIN
    return None


def let_follow(work: Work, position: int, until: datetime | None) -> list[Inbox]:
    """What waited for the update that has just arrived waits no longer than that one. Returns whose wait is shorter."""
    sooner: list[Inbox] = []
    behind = position + 1
    while rows := _near(work, behind):
        while (row := rows.get(behind)) is not None:
            if row.received_at <= work.now - EARLIER_WITHIN:
                return sooner  # it and all behind it have waited
            waits = row.claimed_until if row.state == "kept" and row.claim == 0 else None
            if waits is not None and waits > work.now and (until is None or until < waits):
                row.claimed_until = until
                sooner.append(row)
            behind += 1
        if len(rows) < LOOK_AT_ONCE:
            return sooner
    return sooner


def _near(work: Work, start: int) -> dict[int, Inbox]:
    """The updates that are here, of so many places from one on."""
    keys = [key(place) for place in range(start, start + LOOK_AT_ONCE)]
    rows = work.session.scalars(select(Inbox).where(Inbox.update_key.in_(keys)))
    return {row.position: row for row in rows if row.position is not None}
