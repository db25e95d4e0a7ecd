"""The PostgreSQL database that tests share: the next one finds nothing of the one before it."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from bot.storage.crypto import Vault
from bot.storage.database import Database
from bot.storage.tables import Outbox
from tests.builders import World
from tests.conftest import Hands
from tests.emptied import STAYS, Emptied, full_tables


@pytest.fixture
def database(postgres: Database) -> Database:
    return postgres


def _written(database: Database, vault: Vault) -> tuple[int, str]:
    """What a test leaves: rows in tables that point to each other. The number counted first, and who connected."""
    world = World(database, vault, Hands())
    world.staff("child_director")
    first = world.hear(world.citizen(), {"text": "你好"})
    with database.read() as session:
        return first, str(session.scalar(text("SELECT pg_backend_pid()")))


def test_of_a_test_neither_rows_nor_numbers_are_left_and_its_connection_is_not_made_anew(
    postgres: Database, vault: Vault
) -> None:
    emptied, seen = Emptied(tests_to_a_file=2), set()
    for _ in range(5):
        database = emptied.lent(Database(postgres.url))
        seen.add(_written(database, vault))
        emptied.taken_back(database)
        with database.engine.begin() as connection:
            assert full_tables(connection) == [STAYS]
    assert len(seen) == 1


def test_a_transaction_that_somebody_forgot_keeps_nobody_waiting(postgres: Database, vault: Vault) -> None:
    _written(postgres, vault)
    forgotten = postgres.engine.connect()
    forgotten.exec_driver_sql("LOCK TABLE outbox")
    emptied = Emptied()
    emptied.taken_back(postgres)
    forgotten.invalidate()
    with emptied.lent(Database(postgres.url)).read() as session:
        assert session.scalars(select(Outbox)).all() == []
