"""The append-only journal: who did what to what, each row chained to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import Table, select

from bot.services.work import Work
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


def record(work: Work, actor: str, act: str, subject: str, **detail: str | int | None) -> None:
    """Append one act. `actor`, `subject` and `detail` hold ids and codes only, never what somebody said."""
    with work.session.no_autoflush:  # what the act itself wrote goes to the database together with its row here
        head = _locked_head(work)
    seq, _, previous = head.value.decode().partition(":")
    number = int(seq) + 1
    text = json.dumps(detail, sort_keys=True, ensure_ascii=False)
    digest = hash_of(number, work.now, actor, act, subject, text, previous)
    work.session.add(
        JournalEntry(
            seq=number, at=work.now, actor=actor, act=act, subject=subject, detail=text, previous=previous, hash=digest
        )
    )
    head.value = f"{number}:{digest}".encode()
    work.session.flush()


def verify(work: Work) -> Verdict:
    """Walk the whole chain; finds an altered, deleted or inserted row at its position, and a cut-off end."""
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


def _locked_head(work: Work) -> Mark:
    """The row that holds the end of the chain, locked so that two writers queue up (PostgreSQL; SQLite has one).

    Locked by the first act of a transaction it cannot change before its end, so the next acts do not look again.
    """
    known = cast("Mark | None", work.session.info.get("journal"))
    if known is not None and known in work.session:
        return known
    head = work.session.info["journal"] = cast("Mark | None", work.session.scalar(_LOCKED))
    if head is None:
        # The very first acts of a house may come at once: whoever is second waits here and finds the row.
        first = {"name": "journal", "value": f"0:{START}".encode()}
        work.session.execute(insert_once(work.dialect, cast("Table", Mark.__table__), "name"), first)
        head = work.session.info["journal"] = work.session.scalars(_LOCKED).one()
    return head


def hash_of(number: int, at: datetime, actor: str, act: str, subject: str, detail: str, previous: str) -> str:
    """The hash of one row, which holds that of the row before it; the same offline as here (services.archives)."""
    text = "\n".join([str(number), at.astimezone(UTC).isoformat(), actor, act, subject, detail, previous])
    return hashlib.sha256(text.encode()).hexdigest()
