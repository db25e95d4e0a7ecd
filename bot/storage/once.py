"""Inserting what may be there already: both databases of ours leave such a row alone, SQLAlchemy has no common word."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite


@cache
def insert_once(dialect: str, table: Table, key: str) -> postgresql.Insert | sqlite.Insert:
    """An INSERT into `table` that does nothing where another row has the same `key` (a unique column).

    Looking first and inserting then is not enough: on PostgreSQL another transaction may do the same between the two.
    """
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing(index_elements=[key])
    return sqlite.insert(table).on_conflict_do_nothing(index_elements=[key])
