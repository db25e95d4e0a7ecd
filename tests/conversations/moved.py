"""`python -m tests.conversations.moved`: gateway, action server or command line with a clock that a test can move.

MOVED_CLOCK names a file that holds the hours to be added to the present moment. Only the edges read the clock,
so replacing its one function before they are imported is all there is to do. Without it the clock is that of the house.

The gateway waits for Rasa as long as it takes: on a busy machine it would else go on alone.
"""

from __future__ import annotations

import os
import runpy
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import clock
from bot.gateway import rasa
from tests.faults.gateway_process import HUNG_SECONDS

FILE = "MOVED_CLOCK"
PROGRAM = "MOVED_PROGRAM"


def moved() -> datetime:
    """The present moment and what the test added."""
    return datetime.now(UTC) + timedelta(hours=float(Path(os.environ[FILE]).read_text() or 0))


def main() -> None:
    """Run the program this process is for: with words behind it the command line, else `bot` unless told otherwise."""
    if FILE in os.environ:
        clock.utc_now = moved
    rasa.PATIENCE_SECONDS = rasa.AFTER_SILENCE_SECONDS = HUNG_SECONDS
    program = "bot.cli" if sys.argv[1:] else os.environ.get(PROGRAM, "bot")
    runpy.run_module(program, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
