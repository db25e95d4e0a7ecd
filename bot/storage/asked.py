"""What a turn asks for again and again is looked up once in a transaction, until something is written to its table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Executable, FromClause
from sqlalchemy.orm import Session

from bot.storage.tables import Base

_NAME = "asked"


def asked_once(session: Session, about: type[Base], statement: Executable, given: Mapping[str, Any]) -> Any:
    """What a statement that was built once finds first; None: nothing.

    about: the one table it reads. given: the values of its parameters. What is changed and not written yet is written
    first, as before every question. The session forgets by itself (`database.Transaction`).
    """
    if session.autoflush:
        session.flush()
    answers = session.info.setdefault(_NAME, {}).setdefault(about.__table__, {})
    asked = (statement, *given.values())
    if asked not in answers:
        answers[asked] = session.scalar(statement, given)
    return answers[asked]


def known(session: Session) -> bool:
    """Whether anything is kept in mind."""
    return bool(session.info.get(_NAME))


def forget(session: Session, table: FromClause) -> None:
    """Something is written to a table: what was found there may not hold any more."""
    session.info.get(_NAME, {}).pop(table, None)
