"""What a transaction leaves to its very end, written together there: what that locks is locked for a moment only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

_NAME = "left to the end"
Write = Callable[[Session, Sequence[Any]], None]


def leave(session: Session, write: Write, item: Any) -> None:
    """`write` gets this and all other items left to it just before the transaction commits, in their order.

    A transaction or savepoint that is rolled back takes its items with it.
    """
    session.info.setdefault(_NAME, {}).setdefault(write, []).append(item)


def write_left(session: Session) -> None:
    """Write it now: before a savepoint, and for who reads in the same transaction what was left."""
    for write, items in session.info.pop(_NAME, {}).items():
        write(session, items)


def _forget(session: Session, _: object) -> None:
    session.info.pop(_NAME, None)


def write_at_the_end_of(sessions: type[Session]) -> None:
    """Let every transaction of this kind of session end so."""
    event.listen(sessions, "before_commit", write_left)
    event.listen(sessions, "after_soft_rollback", _forget)
