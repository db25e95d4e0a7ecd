"""One PostgreSQL database that is emptied between tests: what was written in it goes, its connections stay.

A new database for each test costs more than most tests: its files are copied and removed, and every new connection
reads the whole catalogue again. Who stops servers, starts programs or migrates wants a new one (`own_postgres`).
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Pool, text

from bot.storage.database import Database

STAYS = "alembic_version"
# A table in which nothing was written since its file was emptied has no block in it.
WRITTEN = text(
    "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    " AND relname <> :stays AND pg_relation_size(oid) > 0"
)
OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
)
COUNTED = "SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence"
TESTS_TO_A_FILE = 25
"""Emptying the files themselves costs twenty times what deleting a test's rows does; what is deleted stays in them."""


class Emptied:
    """The connections to the database, handed from test to test."""

    def __init__(self, tests_to_a_file: int = TESTS_TO_A_FILE) -> None:
        self._pool: Pool | None = None
        self._tests, self._tests_to_a_file = 0, tests_to_a_file

    def lent(self, database: Database) -> Database:
        """The same connections under an engine of this test's own: what it listens for there ends with it."""
        if self._pool is not None:
            database.engine.pool = self._pool
        return database

    def taken_back(self, database: Database) -> None:
        """Nothing of the test is left: no row, no number counted on, no transaction that somebody forgot."""
        self._pool = database.engine.pool
        self._tests += 1
        with database.engine.begin() as connection:
            connection.exec_driver_sql(OTHERS)
            written = connection.scalars(WRITTEN, {"stays": STAYS}).all()
            if written and self._tests % self._tests_to_a_file == 0:
                connection.exec_driver_sql(f"TRUNCATE {', '.join(written)} RESTART IDENTITY CASCADE")
            elif written:
                _delete(connection, written)
            connection.exec_driver_sql(COUNTED)


def _delete(connection: Connection, tables: Sequence[str]) -> None:
    """All rows of these tables; no row of another that points to them is left, so nothing looks for one."""
    connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    connection.exec_driver_sql("; ".join(f"DELETE FROM {table}" for table in tables))  # noqa: S608 - our own names


def full_tables(connection: Connection) -> list[str]:
    """The tables that hold anything."""
    names = connection.scalars(WRITTEN, {"stays": ""}).all()
    looks = {name: f"SELECT 1 FROM {name} LIMIT 1" for name in names}  # noqa: S608 - our own names
    return [name for name, look in looks.items() if connection.exec_driver_sql(look).first()]
