"""The append-only journal: who did what to what, each row chained to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from bot.services.work import Work
from bot.storage.ending import leave, write_left
from bot.storage.once import insert_once
from bot.storage.tables import JournalEntry, Mark

START = "0" * 64
OPERATOR = "operator"
"""Whoever works on the command line of the house."""
_LOCKED = select(Mark).where(Mark.name == "journal").with_for_update()


@dataclass(frozen=True)
class Verdict:
    """Outcome of checking the chain: how many rows, and the number of the first wrong one (None: all is well)."""

    rows: int
    first_wrong: int | None


@dataclass(frozen=True)
class _Act:
    at: datetime
    actor: str
    act: str
    subject: str
    detail: str


def record(work: Work, actor: str, act: str, subject: str, **detail: str | int | None) -> None:
    """Append one act. `actor`, `subject` and `detail` hold ids and codes only, never what somebody said.

    It is chained at the end of the transaction: all who write wait for the end of the chain, so that is locked last.
    """
    text = json.dumps(detail, sort_keys=True, ensure_ascii=False)
    leave(work.session, _chain, _Act(work.now, actor, act, subject, text))


def write(work: Work) -> None:
    """Write now what this transaction recorded, for who reads the journal in it."""
    write_left(work.session)


def verify(work: Work) -> Verdict:
    """Walk the whole chain; finds an altered, deleted or inserted row at its position, and a cut-off end."""
    write(work)
    previous, number = START, 0
    for entry in work.session.scalars(select(JournalEntry).order_by(JournalEntry.seq)).yield_per(1000):
        number += 1
        expected = hash_of(number, entry.at, entry.actor, entry.act, entry.subject, entry.detail, previous)
        if entry.seq != number or entry.previous != previous or entry.hash != expected:
            return Verdict(number, number)
        previous = entry.hash
    head = work.session.scalar(select(Mark.value).where(Mark.name == "journal"))
    cut = head is not None and head.decode() != f"{number}:{previous}"
    return Verdict(number, number + 1 if cut else None)


def _chain(session: Session, acts: Sequence[_Act]) -> None:
    head = _locked_head(session)
    seq, _, previous = head.value.decode().partition(":")
    rows: list[dict[str, Any]] = []
    for number, act in enumerate(acts, int(seq) + 1):
        digest = hash_of(number, act.at, act.actor, act.act, act.subject, act.detail, previous)
        rows.append({"seq": number, "previous": previous, "hash": digest, **asdict(act)})
        previous = digest
    session.execute(insert(JournalEntry), rows)
    head.value = f"{int(seq) + len(rows)}:{previous}".encode()
    session.flush()


def _locked_head(session: Session) -> Mark:
    """The row that holds the end of the chain, locked so that two writers queue up (PostgreSQL; SQLite has one).

    Locked once in a transaction it cannot change before its end.
    """
    known = cast("Mark | None", session.info.get("journal"))
    if known is not None and known in session:
        return known
    head = session.info["journal"] = cast("Mark | None", session.scalar(_LOCKED))
    if head is None:
        # The very first acts of a house may come at once: whoever is second waits here and finds the row.
        first = {"name": "journal", "value": f"0:{START}".encode()}
        session.execute(insert_once(session.get_bind().dialect.name, cast("Table", Mark.__table__), "name"), first)
        head = session.info["journal"] = session.scalars(_LOCKED).one()
    return head


def hash_of(number: int, at: datetime, actor: str, act: str, subject: str, detail: str, previous: str) -> str:
    """The hash of one row, which holds that of the row before it; the same offline as here (services.archives)."""
    text = "\n".join([str(number), at.astimezone(UTC).isoformat(), actor, act, subject, detail, previous])
    return hashlib.sha256(text.encode()).hexdigest()
