"""A small province of made-up children copied until it is a large one: sealing each row anew would take an hour.

What is sealed in a copy does not open, for it belongs to the row it was sealed for. A morning opens none of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    String,
    Table,
    func,
    insert,
    literal,
    select,
    text,
    true,
)
from sqlalchemy import cast as sql_cast

from bot.storage.database import Database
from bot.storage.tables import (
    Account,
    Child,
    Conversation,
    Household,
    Post,
    Responsibility,
    Visit,
    VisitPlan,
    VisitStanding,
    VisitTask,
)
from tests.measuring.province import VISITOR

SEED = 20_000
"""So many children are made and planned one by one; more are copies of them, in townships of their own."""
IN_ORDER = (Conversation, Account, Post, Household, Child, Responsibility, Visit, VisitPlan, VisitStanding, VisitTask)
MIDDLE = 4
MARKED = {"uid": MIDDLE, "child": MIDDLE, "household": MIDDLE, "account": MIDDLE, "conversation": MIDDLE, "number": 1}
"""Columns that name a row of the same copy, and after how many characters the number of the copy stands in them."""
NO_NAME_HAS = "0"
"""Drawn names are letters and 2 to 7: with this before its number a copy is never named like a row of the seed."""
KEYS = {"visits": MIDDLE, "visit_tasks": len("visit:") + MIDDLE}
"""The same for their natural keys, which begin with the child or with visit:<child>."""


def parts(children: int) -> tuple[int, int]:
    """How many children to make one by one, and how often to copy them, to come to this many (or a few more)."""
    copies = -(-children // SEED) - 1
    return -(-children // (copies + 1)), copies


def multiply(database: Database, copies: int, townships: int) -> None:
    """Copy everybody `copies` times; `townships`: how many a county has so far, each copy gets as many new ones."""
    if not copies:
        return
    first = select(literal(1).label("n")).cte("copies", recursive=True)
    numbers = first.union_all(select(first.c.n + 1).where(first.c.n < copies))
    with database.begin() as session:
        if not database.is_sqlite:  # what refers to a row of the seed refers to its copy: not to be looked up again
            for setting in ("session_replication_role = replica", "maintenance_work_mem = '1GB'", "work_mem = '256MB'"):
                session.execute(text(f"set local {setting}"))
        for table in (cast("Table", row.__table__) for row in IN_ORDER):
            columns = [_copied(table, column, numbers.c.n, townships) for column in table.columns]
            rows = select(*columns).select_from(table.join(numbers, true())).where(table.columns[0] != VISITOR)
            with _without_indexes(session.connection(), table):
                session.execute(insert(table).from_select(list(table.columns), rows.order_by(columns[0])))


@contextmanager
def _without_indexes(connection: Connection, table: Table) -> Iterator[None]:
    """Meanwhile only what must be unique is watched over: millions of rows are indexed sooner all at once."""
    indexes = sorted(table.indexes, key=lambda index: str(index.name))
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)


def _copied(table: Table, column: Column[Any], number: ColumnElement[int], townships: int) -> ColumnElement[Any]:
    if column.name == "area":
        township = sql_cast(func.substr(column, 7, 3), Integer) + number * townships
        return func.substr(column, 1, 6).concat(_digits(township)).concat(func.substr(column, 10))
    at = KEYS[table.name] if column.name == "natural_key" else MARKED.get(column.name)
    if at is None:
        return column
    return func.substr(column, 1, at).concat(NO_NAME_HAS).concat(_digits(number)).concat(func.substr(column, at + 5))


def _digits(number: ColumnElement[int]) -> ColumnElement[str]:
    """A number below 1000 in three digits."""
    return func.substr(sql_cast(number + 1000, String), 2)
