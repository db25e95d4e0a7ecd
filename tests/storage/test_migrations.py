"""A database of any earlier shape is brought to the newest one, with its rows, and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import text

from bot.storage.database import Database
from bot.storage.migrate import FOLDER, NEWEST, DatabaseTooNew, upgrade
from bot.storage.tables import Base
from tests.builders import World
from tests.faults.sizes import size

VERSIONS = sorted(path.name[:4] for path in (FOLDER / "versions").glob("[0-9]*.py"))
LATELY = size(6, len(VERSIONS))
"""How many shapes a commit goes back to. Older ones change no more; the way to the first leads through all of them."""


def _to(database: Database, version: str, way: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        getattr(command, way)(config, version)


def _ours(name: str | None, kind: str, _: object) -> bool:
    """Procrastinate's tables have a shape of their own (migration 0016)."""
    return kind != "table" or not str(name).startswith("procrastinate_")


def test_the_newest_shape_is_the_last_migration() -> None:
    assert VERSIONS[-1] == NEWEST


def test_the_migrations_end_in_the_tables_as_they_are_written(database: Database) -> None:
    with database.engine.connect() as connection:
        ours = MigrationContext.configure(connection, opts={"include_name": _ours})
        assert compare_metadata(ours, Base.metadata) == []


def test_a_second_start_has_nothing_to_do(database: Database) -> None:
    assert upgrade(database) is False


@pytest.mark.parametrize("version", sorted({VERSIONS[0], *VERSIONS[:-1][-LATELY:]}))
def test_down_and_up_again_keeps_every_report(world: World, version: str, tmp_path: Path) -> None:
    talk = world.citizen()
    world.say(talk, "公主岭市响水镇姜家店村邻居家孩子总挨打身上都是伤")
    before = world.report()
    _to(world.database, version, "downgrade")
    assert upgrade(world.database) is True
    after = world.report()
    assert (after.uid, after.state, after.told_sealed) == (before.uid, before.state, before.told_sealed)
    with world.work() as work:
        assert work.session.scalar(text("select count(*) from assignments")) is not None


def test_an_older_program_refuses_a_newer_database_with_a_sentence(database: Database) -> None:
    """As when a gateway of the old version starts again in the middle of an upgrade."""
    with database.engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(DatabaseTooNew, match="Start the newer version"):
        upgrade(database)
