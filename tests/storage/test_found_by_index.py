"""What is looked for at every turn, every minute or on a staff page is found, not searched for in all that was said.

Families' weeks are watched the same way where they are lived (tests/services/contact/test_contact_year.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot import jobs
from bot.services.casework import timeline
from bot.storage.beginnings import begins
from bot.storage.database import Database, open_vault
from bot.storage.tables import Outbox
from tests.builders import World
from tests.conftest import Hands
from tests.looks import Looks, watched
from tests.services.talking import STORY, asked_for


@pytest.fixture
def looks(sqlite: Database) -> Iterator[Looks]:
    with watched(sqlite.engine) as looks:
        yield looks


@pytest.fixture
def told(sqlite: Database, key_file: Path, hands: Hands) -> World:
    return World(sqlite, open_vault(sqlite, key_file), hands)


def test_a_report_its_alerts_its_timeline_and_every_tick(told: World, looks: Looks) -> None:
    officer = told.staff("duty_officer", "220184")
    told.tap(asked_for(told, "confirm", STORY), "report.confirm=yes")
    for job in jobs.JOBS:
        jobs.run(told.database, told.vault, job.name, told.now())
    report = told.report()
    told.tap(officer, f"case:accept:{report.uid}")
    with told.work() as work:
        assert timeline.told_list(work, report)
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
