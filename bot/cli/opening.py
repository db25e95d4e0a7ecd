"""What every command shares: reading settings, opening database and keys, refusing with a reason, printing."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from sqlalchemy.exc import DatabaseError, OperationalError

from bot import settings as configuration
from bot.clock import utc_now
from bot.services.work import Work
from bot.storage.crypto import KeyFileError, Vault
from bot.storage.database import Database, open_vault
from bot.storage.migrate import DatabaseTooNew, upgrade

MOMENT = ["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M%z", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"]
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出 / print as JSON")]


def refuse(reason: str) -> typer.Exit:
    typer.echo(reason, err=True)
    return typer.Exit(1)


def show(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def show_rows(rows: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        show(rows)
        return
    for row in rows:
        typer.echo("\t".join(str(value) for value in row.values()))


def read_settings() -> configuration.Settings:
    try:
        return configuration.load(os.environ)
    except configuration.SettingsError as error:
        raise refuse(str(error)) from None


def open_database() -> tuple[Database, Vault]:
    found = read_settings()
    _refuse_to_begin_a_second(found)
    found.var_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(found.database_url)
    try:
        upgrade(database)
        return database, open_vault(database, found.key_file)
    except (KeyFileError, DatabaseTooNew) as error:
        raise refuse(str(error)) from None


def _refuse_to_begin_a_second(found: configuration.Settings) -> None:
    """`make run-many` keeps its rows in PostgreSQL and its address in a file: whoever forgets to name it would begin an
    empty database beside it and hand out codes that nobody there knows."""
    address = found.var_dir / "database.url"
    if found.database_url.endswith("/hutong.db") and address.exists() and not (found.var_dir / "hutong.db").exists():
        raise refuse(
            f"没有指定数据库。先执行：export HUTONG_DATABASE_URL=$(cat {address}) / "
            f"no database is named; run first: export HUTONG_DATABASE_URL=$(cat {address})"
        )


@contextmanager
def _readable() -> Iterator[None]:
    """What a damaged file or a database that is away makes of a command: a sentence instead of a trace."""
    try:
        yield
    except DatabaseError as error:
        if type(error) not in (DatabaseError, OperationalError):
            raise  # a mistake of ours, not of the database
        raise refuse(
            f"数据库读不出来（{error.orig}）。文件损坏就从备份恢复：deploy/README.md / "
            f"the database cannot be read; where it is damaged, restore a backup: deploy/README.md"
        ) from None


@contextmanager
def at_work() -> Iterator[Work]:
    with _readable():
        database, vault = open_database()
        with database.begin() as session:
            yield Work(session, vault, utc_now())
        database.close()


@contextmanager
def at_reading() -> Iterator[Work]:
    """As `at_work`, for long looks that write nothing: on SQLite nobody who writes waits for them."""
    with _readable():
        database, vault = open_database()
        with database.read() as session:
            yield Work(session, vault, utc_now())
        database.close()
