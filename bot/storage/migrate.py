"""Bringing a database to the newest shape. Alembic is loaded only when there is something to do: a start stays fast."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, text

from bot.storage.database import Database

FOLDER = Path(__file__).parent / "migrations"
NEWEST = "0015"


def upgrade(database: Database) -> bool:
    """Run the missing migrations. Returns whether there were any."""
    with database.engine.connect() as connection:
        known = inspect(connection).has_table("alembic_version")
        version = connection.scalar(text("select version_num from alembic_version")) if known else None
    if version == NEWEST:
        return False
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, NEWEST)
    return True
