"""What a turn asks for again and again is looked up once in a transaction, until something is written to its tables.

What a turn always asks for is looked up in one statement (`asked_together`): a statement costs more than its answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from sqlalchemy import Connection, FromClause, Select, select
from sqlalchemy.orm import Session

from bot.storage.tables import Base

_NAME = "asked"


@dataclass(frozen=True, eq=False)
class Question:
    """A statement (a `Select`, of however many columns) that was built once, and the tables whose changes change its
    answer."""

    statement: Any
    about: tuple[type[Base], ...]

    @cached_property
    def tables(self) -> frozenset[FromClause]:
        """The tables themselves; a statement names them with notes of its own, equal and not the same."""
        return frozenset(one.__table__ for one in self.about)

    @cached_property
    def of_columns(self) -> bool:
        """Whether it asks for columns only, and for no row that the session would keep."""
        return not any(isinstance(column["expr"], type) for column in self.statement.column_descriptions)


def asked_once(session: Session, question: Question, given: Mapping[str, Any]) -> Any:
    """What a question finds; None: nothing.

    given: the values of its parameters. What is changed and not written yet is written first, as before every question.
    The session forgets by itself (`database.Transaction`).
    """
    _write_first(session)
    answers, asked = _answers(session), (question, *given.values())
    if asked not in answers:
        answers[asked] = _way(session, question).scalar(question.statement, given)
    return answers[asked]


def rows_once(session: Session, question: Question, given: Mapping[str, Any]) -> Sequence[Any]:
    """As `asked_once`, of a question that finds many rows.

    given: values that can be looked up by, so tuples and no lists.
    """
    _write_first(session)
    answers, asked = _answers(session), (question, *given.values())
    if asked not in answers:
        answers[asked] = _way(session, question).execute(question.statement, given).all()
    rows: Sequence[Any] = answers[asked]
    return rows


def asked_together(session: Session, questions: tuple[Question, ...], given: Mapping[str, Any]) -> None:
    """Look up what will be asked, all with one statement. Each question is for one column and has these parameters."""
    _write_first(session)
    answers = _answers(session)
    for question, found in zip(questions, session.connection().execute(_all_of(questions), given).one(), strict=True):
        answers[(question, *given.values())] = found


@cache
def _all_of(questions: tuple[Question, ...]) -> Select[Any]:
    return select(*(question.statement.scalar_subquery() for question in questions))


def _way(session: Session, question: Question) -> Session | Connection:
    """Columns come straight from the connection: the session's way is for rows it keeps, and takes twice as long."""
    return session.connection() if question.of_columns else session


def _write_first(session: Session) -> None:
    if session.autoflush:
        session.flush()


def _answers(session: Session) -> dict[tuple[Any, ...], Any]:
    answers: dict[tuple[Any, ...], Any] = session.info.setdefault(_NAME, {})
    return answers


def known(session: Session) -> bool:
    """Whether anything is kept in mind."""
    return bool(session.info.get(_NAME))


def forget(session: Session, table: FromClause) -> None:
    """Something is written to a table: what was found there may not hold any more."""
    answers = _answers(session)
    for asked in [asked for asked in answers if table in asked[0].tables]:
        del answers[asked]
