"""Two transactions that want the same row at the same moment.

Where many may want it, one statement leaves alone what is there already (`insert_once`): both databases of ours can,
SQLAlchemy has no common word. Anywhere else whoever comes second begins anew, and sees what the first did (`anew`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeVar

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError

Result = TypeVar("Result")
DEADLOCK = "40P01"


def anew(transaction: Callable[[], Result]) -> Result:
    """Run a whole transaction, and once more when it came second: what the other one did is committed and seen now.

    Second is who inserts a row that another inserts in this moment, or who gives way to another of two that wait for
    each other. Nothing of the first run stands. Raises what the second run raises.
    """
    try:
        return transaction()
    except IntegrityError:
        return transaction()
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != DEADLOCK:
            raise
        return transaction()


@cache
def insert_once(dialect: str, table: Table, key: str) -> postgresql.Insert | sqlite.Insert:
    """An INSERT into `table` that does nothing where another row has the same `key` (a unique column).

    Looking first and inserting then is not enough: on PostgreSQL another transaction may do the same between the two.
    """
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing(index_elements=[key])
    return sqlite.insert(table).on_conflict_do_nothing(index_elements=[key])
