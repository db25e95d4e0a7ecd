"""Opening the database, and the two kinds of transaction: one that may write, one that only reads."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, cast

from sqlalchemy import (
    Connection,
    Engine,
    Executable,
    Select,
    Table,
    UpdateBase,
    bindparam,
    create_engine,
    event,
    make_url,
    select,
)
from sqlalchemy.exc import TimeoutError as Busy
from sqlalchemy.orm import Session, SessionTransaction, sessionmaker
from sqlalchemy.orm.attributes import instance_state

from bot.storage.asked import forget, known
from bot.storage.crypto import KeyFileError, SealBroken, Vault, make_key_file
from bot.storage.ending import write_at_the_end_of, write_left
from bot.storage.once import insert_once
from bot.storage.tables import Base, Mark
from bot.storage.turns import Turns

BUSY_SECONDS = 3  # a person in danger must hear the numbers within 5 seconds even when nothing can be written
ASK_AGAIN_SECONDS = 0.001
CONNECTIONS = 10
"""So many connections to PostgreSQL one process opens at most; the setting DATABASE_CONNECTIONS says another number."""
_KEPT = 4
"""Connections that are kept open between two peaks."""
KEY_WORD = "hutong"
_give_up: ContextVar[float] = ContextVar("give_up")
"""When the writer of this thread stops waiting for the others: one patience for both places where it waits."""


class Transaction(Session):
    """A session that hands out a row it has already, by its key, without the detour of SQLAlchemy's own `get`.

    A turn asks for its conversation a dozen times. A row it has not got is asked for with a statement built once per
    table: SQLAlchemy's `get` composes one each time, which takes longer than to run it.
    SQLAlchemy forgets a row that nobody holds any more: what was asked for by its key is held while the session lives.
    """

    def __init__(self, *bind: Any, **options: Any) -> None:
        super().__init__(*bind, **options)
        self._held: list[Any] = []

    def get(self, entity: Any, ident: Any, **options: Any) -> Any:
        """As Session.get."""
        if options or not isinstance(ident, str | int):
            return self._hold(super().get(entity, ident, **options))
        known = self.identity_map.get((entity, (ident,), None))
        if known is not None and not instance_state(known).expired:
            return known
        return self._hold(self.scalar(_by_key(entity), {"key": ident}, execution_options={"autoflush": False}))

    def _hold(self, row: Any) -> Any:
        self._held.append(row)
        return row

    def get_one(self, entity: Any, ident: Any, **options: Any) -> Any:
        """As Session.get_one."""
        known = self.get(entity, ident) if not options else None
        return known if known is not None else super().get_one(entity, ident, **options)

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """As Session.flush."""
        if self._is_clean():  # asked before every question; to list what is new and changed costs more than that
            return
        if known(self):
            for row in (*self.new, *self.dirty, *self.deleted):
                forget(self, row.__table__)
        super().flush(objects)

    def execute(self, statement: Executable, *given: Any, **options: Any) -> Any:
        """As Session.execute."""
        self._forget_what_it_writes(statement)
        return super().execute(statement, *given, **options)

    def scalar(self, statement: Executable, *given: Any, **options: Any) -> Any:
        """As Session.scalar: what writes may return something (UPDATE … RETURNING)."""
        self._forget_what_it_writes(statement)
        return super().scalar(statement, *given, **options)

    def scalars(self, statement: Executable, *given: Any, **options: Any) -> Any:
        """As Session.scalars."""
        self._forget_what_it_writes(statement)
        return super().scalars(statement, *given, **options)

    def begin_nested(self) -> SessionTransaction:
        """As Session.begin_nested; what is left to the end belongs before the savepoint."""
        write_left(self)
        return super().begin_nested()

    def _forget_what_it_writes(self, statement: Executable) -> None:
        if isinstance(statement, UpdateBase):
            forget(self, statement.table)


@cache
def _by_key(entity: type[Base]) -> Select[Base]:
    (key,) = entity.__table__.primary_key
    return select(entity).where(key == bindparam("key"))


write_at_the_end_of(Transaction)


class Database:
    """One engine. `begin()` gives a session whose transaction commits at the end of the block or not at all."""

    def __init__(self, url: str, connections: int = CONNECTIONS) -> None:
        self.url = url
        self.engine = _engine(url, connections)
        self._sessions = sessionmaker(self.engine, class_=Transaction, expire_on_commit=False)
        self._writing = Turns()

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite (one writer at a time, no SKIP LOCKED)."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A writing transaction. On SQLite it takes the write lock at once, so it never fails half-way.

        Raises SQLAlchemyError after `BUSY_SECONDS` when others write all that time.
        """
        with self._turn(), self._sessions.begin() as session:
            yield session

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Threads of one process queue here; whoever waits longest goes on the moment the one before is done."""
        if not self.is_sqlite:
            yield
            return
        patience = _give_up.set(time.monotonic() + BUSY_SECONDS)
        try:
            if not self._writing.take(BUSY_SECONDS):
                raise Busy("others write all the time")
            try:
                yield
            finally:
                self._writing.give()
        finally:
            _give_up.reset(patience)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A reading transaction; on SQLite it never waits for writers."""
        with self._sessions() as session:
            session.connection(execution_options={"only_reads": True})
            yield session

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def _engine(url: str, connections: int) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        kept = min(_KEPT, connections)
        return create_engine(
            url,
            pool_pre_ping=True,
            pool_size=kept,
            max_overflow=connections
            - kept,  # the server refuses whoever comes when all processes' together are too many
            pool_timeout=BUSY_SECONDS,
            connect_args={"connect_timeout": BUSY_SECONDS},
        )
    patient = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(url, max_overflow=30, pool_timeout=BUSY_SECONDS, connect_args=patient)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # we begin transactions ourselves, see below
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("only_reads"):
            connection.exec_driver_sql("BEGIN")
        else:
            _begin_writing(connection, _give_up.get(time.monotonic() + BUSY_SECONDS))

    return engine


def _begin_writing(connection: Connection, give_up: float) -> None:
    """Take SQLite's write lock, asking every millisecond while another process holds it.

    SQLite's own waiting asks more and more seldom, at last ten times a second: two busy processes then mostly sleep.
    """
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA busy_timeout=0")
    try:
        while time.monotonic() < give_up:
            try:
                raw.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    break
                time.sleep(ASK_AGAIN_SECONDS)
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # the last try: its failure carries SQLAlchemy's name
    finally:
        raw.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")


def create_tables(database: Database) -> None:
    """Create every table that is missing (tests; a real start migrates, see `migrations`)."""
    Base.metadata.create_all(database.engine)


def open_vault(database: Database, key_file: Path) -> Vault:
    """Load the keys and prove that they are the ones this database was written with.

    A new database without a key file gets a fresh one. Raises KeyFileError when the file is missing,
    readable by others, damaged, or belongs to other data: starting then could only lose or mix data.
    """
    with database.begin() as session:
        wanted = select(Mark.value).where(Mark.name == "key")
        proof = session.scalar(wanted)
        if proof is None and not key_file.exists():
            make_key_file(key_file)
        vault = Vault.load(key_file)
        if proof is None:
            first = {"name": "key", "value": vault.seal("marks.key", "key", KEY_WORD)}
            session.execute(insert_once(database.engine.dialect.name, cast("Table", Mark.__table__), "name"), first)
            proof = session.scalars(wanted).one()
    try:
        vault.open("marks.key", "key", proof)
    except SealBroken:
        raise KeyFileError(
            f"The key file {key_file} does not belong to this database. Put back the key file it was written with."
        ) from None
    return vault
