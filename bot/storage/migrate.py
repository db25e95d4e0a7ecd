"""Bringing a database to the newest shape. Alembic is loaded only when there is something to do: a start stays fast."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, text

from bot.storage.database import Database

FOLDER = Path(__file__).parent / "migrations"
NEWEST = "0031"
MIGRATING = 4_886_664  # any number no other program takes on this database


class DatabaseTooNew(RuntimeError):
    """A newer version of this program has been at the database; this one would not understand it."""


def upgrade(database: Database) -> bool:
    """Run the missing migrations. Returns whether there were any. Raises DatabaseTooNew for what we do not know."""
    with database.engine.connect() as connection:
        known = inspect(connection).has_table("alembic_version")
        version = connection.scalar(text("select version_num from alembic_version")) if known else None
    if version == NEWEST:
        return False
    if version is not None and version > NEWEST:
        raise DatabaseTooNew(
            f"The database has shape {version}, this version of the program knows {NEWEST} at most. "
            "Start the newer version, or put back the backup made before the upgrade."
        )
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with database.engine.begin() as connection:
        if not database.is_sqlite:
            # Several processes start at once: the first one migrates, the others find nothing left to do.
            connection.execute(text("select pg_advisory_xact_lock(:duty)"), {"duty": MIGRATING})
        config.attributes["connection"] = connection
        command.upgrade(config, NEWEST)
    return True
