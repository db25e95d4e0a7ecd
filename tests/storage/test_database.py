"""Writers on one SQLite file: in threads of one process, and of several."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import SQLAlchemyError

from bot.storage import database as storage
from bot.storage.database import Database, create_tables
from bot.storage.tables import Mark

LOOKS = 100_000


@pytest.fixture
def two(tmp_path: Path) -> tuple[Database, Database]:
    """One file opened twice, as the gateway and the action server do."""
    found = (Database(f"sqlite:///{tmp_path / 'x.db'}"), Database(f"sqlite:///{tmp_path / 'x.db'}"))
    create_tables(found[0])
    with found[0].begin() as session:
        session.add(Mark(name="count", value=b"0"))
    return found


def test_no_write_of_many_at_once_is_lost_or_refused(two: tuple[Database, Database]) -> None:
    def count_up(database: Database) -> None:
        for _ in range(20):
            with database.begin() as session:
                row = session.get_one(Mark, "count")
                row.value = str(int(row.value) + 1).encode()

    threads = [threading.Thread(target=count_up, args=(database,)) for database in two * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with two[0].read() as session:
        assert session.scalar(select(Mark.value)) == b"160"


@pytest.mark.parametrize("other", [0, 1], ids=["a thread of our own", "another process"])
def test_a_writer_that_finds_no_turn_gives_up_with_an_error_everybody_catches(
    other: int, two: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "BUSY_SECONDS", 0.05)
    refused: list[SQLAlchemyError] = []

    def write() -> None:
        try:
            with two[other].begin() as session:
                session.get_one(Mark, "count").value = b"7"
        except SQLAlchemyError as error:
            refused.append(error)

    with two[0].begin() as session:
        session.get_one(Mark, "count").value = b"1"
        late = threading.Thread(target=write)
        late.start()
        late.join()
    assert len(refused) == 1
    with two[0].read() as session:
        assert session.scalar(select(Mark.value)) == b"1"


def test_a_long_row_of_writes_starves_no_other_writer(two: tuple[Database, Database]) -> None:
    """Each begins only when the other stands in the queue, so that both always want to write."""
    order: list[str] = []
    turns = two[0]._writing

    def write(name: str) -> None:
        for _ in range(20):
            with two[0].begin() as session:
                session.get_one(Mark, "count").value = name.encode()
                order.append(name)
                for _ in range(LOOKS):
                    if turns._queue or len(order) >= 39:
                        break
                    time.sleep(0.001)

    threads = [threading.Thread(target=write, args=(name,)) for name in ("batch", "tap")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert order in (["batch", "tap"] * 20, ["tap", "batch"] * 20)


def test_a_row_asked_for_by_its_key_is_fetched_once_in_a_transaction(two: tuple[Database, Database]) -> None:
    """SQLAlchemy alone forgets a row that nobody holds: a turn fetched its conversation three times."""
    asked: list[str] = []
    event.listen(two[0].engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    with two[0].begin() as session:
        for _ in range(3):
            assert session.get_one(Mark, "count").value == b"0"
    assert len([one for one in asked if one.startswith("SELECT")]) == 1
