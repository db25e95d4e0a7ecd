"""What is looked for at every turn, every minute or on a staff page is found, not searched for in all that was said.

A table without a fitting index is no slower in a test than one with it; SQLite tells beforehand how it would look.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, text

from bot import jobs
from bot.services.casework import timeline
from bot.storage.beginnings import begins
from bot.storage.database import Database, open_vault
from bot.storage.tables import Outbox
from tests.builders import World
from tests.conftest import Hands
from tests.services.contact_story import CHARACTERS, SHORTEST, Year
from tests.services.talking import STORY, asked_for

GROWS = ("inbox", "outbox", "journal", "conversations", "drafts", "attachments", "takeovers", "contact_records")


class Looks:
    """The ways in which a database would look for what it was asked."""

    def __init__(self) -> None:
        self.through_all: set[str] = set()
        self._seen: set[str] = set()
        self._looking = False

    def __call__(self, connection: Any, cursor: Any, statement: str, given: Any, context: Any, many: bool) -> None:
        if many or self._looking or statement in self._seen or statement.startswith(("INSERT", "PRAGMA")):
            return
        self._seen.add(statement)
        self._looking = True
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given).all()
        self._looking = False
        steps = {row[3].split(" USING")[0] for row in plan}
        if steps & {f"SCAN {table}" for table in GROWS}:
            self.through_all.add(statement)


@pytest.fixture
def looks(sqlite: Database) -> Iterator[Looks]:
    watching = Looks()
    event.listen(sqlite.engine, "before_cursor_execute", watching)
    yield watching
    event.remove(sqlite.engine, "before_cursor_execute", watching)


@pytest.fixture
def told(sqlite: Database, key_file: Path, hands: Hands) -> World:
    return World(sqlite, open_vault(sqlite, key_file), hands)


def test_a_report_its_alerts_its_timeline_and_every_tick(told: World, looks: Looks) -> None:
    director = told.staff("duty_officer", "220184")
    told.tap(asked_for(told, "confirm", STORY), "report.confirm=yes")
    for job in jobs.JOBS:
        jobs.run(told.database, told.vault, job.name, told.now())
    report = told.report()
    told.tap(director, f"case:accept:{report.uid}")
    with told.work() as work:
        assert timeline.told_list(work, report)
    assert looks.through_all == set()


def test_a_week_of_families(told: World, looks: Looks, hands: Hands) -> None:
    Year(told, hands, families=len(CHARACTERS), length=SHORTEST, seed=20260105, step=timedelta(hours=12)).run()
    assert looks.through_all == set()


def test_one_look_through_everything_would_be_seen(told: World, looks: Looks) -> None:
    with told.work() as work:
        work.session.scalars(select(Outbox).where(Outbox.attempts > 3)).all()
    assert len(looks.through_all) == 1


def test_keys_are_found_by_their_beginning_on_every_database(world: World) -> None:
    with world.work() as work:
        wanted = select(Outbox.id).where(begins(Outbox.natural_key, "alert:a:"))
        assert work.session.scalars(wanted).all() == []
        if work.dialect == "postgresql":
            how = text(
                "select distinct collation_name from information_schema.columns where table_name = 'outbox'"
                " and column_name in ('natural_key', 'key')"
            )
            assert work.session.scalars(how).all() == ["C"]
