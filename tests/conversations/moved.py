"""`python -m tests.conversations.moved`: gateway, action server or command line with a clock that a test can move.

MOVED_CLOCK names a file that holds the hours to be added to the present moment. Only the edges read the clock,
so replacing its one function before they are imported is all there is to do.
"""

from __future__ import annotations

import os
import runpy
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import clock

FILE = "MOVED_CLOCK"
PROGRAM = "MOVED_PROGRAM"


def moved() -> datetime:
    """The present moment and what the test added."""
    return datetime.now(UTC) + timedelta(hours=float(Path(os.environ[FILE]).read_text() or 0))


def main() -> None:
    """Run the program this process is for: with words behind it the command line, else `bot` unless told otherwise."""
    clock.utc_now = moved
    program = "bot.cli" if sys.argv[1:] else os.environ.get(PROGRAM, "bot")
    runpy.run_module(program, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
