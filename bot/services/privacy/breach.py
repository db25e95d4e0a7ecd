"""Whom a breach concerns: ids, what kinds of data, from which tables, since when. No name is opened for it (PIPL-57).

The list is read from the tables themselves: every sealed column belongs to somebody by the keys of its row, so a
column that is added later is in the list by itself. Names stay closed; who has to tell somebody opens that one file
by an emergency look, with its purpose, its journal and its review.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Column, ColumnElement, FromClause, Table, func, or_, select

from bot import texts
from bot.services import journal
from bot.services.privacy import rotating
from bot.services.work import Work
from bot.storage.tables import Base

CONCERNED = ("children", "people", "reports", "conversations", "households")
"""Tables whose rows are somebody, or lead to somebody. A report leads to whom it names and to who made it."""
STAFF = "accounts"
NUMBERED = ("children", "reports")
MOMENTS = (
    "created_at",
    "received_at",
    "at",
    "asked_at",
    "proposed_at",
    "offered_at",
    "opened_at",
    "since",
    "told_at",
    "sent_at",
    "confirmed_at",
)
"""When a row came to be, by the first of these columns that its table has."""


@dataclass
class Concerned:
    """One who would have to be told. `since`: the oldest row, None where no table keeps a moment of it."""

    of: str
    id: str
    number: str | None
    kinds: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    since: str | None = None


def export(work: Work, until: datetime, tables: Collection[str] = ()) -> list[Concerned]:
    """Everybody whose sealed data lay in `tables` (all when none is named) at a moment, journalled as one act.

    Raises KeyError naming a table that holds no sealed data.
    """
    known = {place.table.name for place in rotating.places()}
    if strange := sorted(set(tables) - known):
        raise KeyError(", ".join(strange))
    found: dict[tuple[str, str], Concerned] = {}
    for place in rotating.places():
        if not tables or place.table.name in tables:
            for of, uid, since in _rows(work, place, until):
                one = found.setdefault((of, uid), Concerned(of, uid, None))
                one.kinds.add(kind(place.name))
                one.tables.add(place.table.name)
                one.since = min(filter(None, (one.since, since)), default=None)
    _number(work, found)
    journal.record(work, journal.OPERATOR, "breach list made", "all", people=len(found), until=until.isoformat())
    return sorted(found.values(), key=lambda one: (one.of, one.id))


def kind(place: str) -> str:
    """What kind of data a sealed column holds, in words for who has to tell people. KeyError: nobody has said it."""
    return texts.phrase(f"breach.{place}")


def owners(table: Table) -> list[tuple[str, Column[str], FromClause]]:
    """Whose the rows of a table are: kind, the column with the id, and what to read it from."""
    if table.name in (*CONCERNED, STAFF):
        return [(table.name, table.columns["uid"], table)]
    leads = [(to.table, column) for column in table.columns for key in column.foreign_keys for to in [key.column]]
    own = [(to.name, column, table) for to, column in leads if to.name in CONCERNED]
    if own:
        return [(of, column, source) for of, column, source in own]
    for to, column in leads:  # one step further: a correction belongs to a visit, a visit to a child
        if to.name != STAFF:
            return [(of, id_, table.join(to, column == to.columns["uid"])) for of, id_, _ in owners(to)]
    return [(STAFF, table.columns["account"], table)]


def _rows(work: Work, place: rotating.Place, until: datetime) -> Iterator[tuple[str, str, str | None]]:
    moment = next((place.table.columns[name] for name in MOMENTS if name in place.table.columns), None)
    oldest: ColumnElement[datetime | None] = func.min(moment) if moment is not None else func.min(None)
    for of, owner, source in owners(place.table):
        wanted = select(owner, oldest).select_from(source).where(place.column.is_not(None), owner.is_not(None))
        if moment is not None:
            wanted = wanted.where(or_(moment.is_(None), moment <= until))
        for uid, since in work.session.execute(wanted.group_by(owner)):
            yield of, str(uid), since.isoformat() if isinstance(since, date) else None


def _number(work: Work, found: dict[tuple[str, str], Concerned]) -> None:
    """The numbers that files and reports are found and opened by."""
    for name in NUMBERED:
        columns = Base.metadata.tables[name].columns
        for uid, number in work.session.execute(select(columns["uid"], columns["number"])):
            if (name, uid) in found:
                found[name, uid].number = number
