"""`python -m tests.conversations.moved`: gateway, action server or command line with a clock that a test can move.

MOVED_CLOCK names a file that holds the hours to be added to the present moment. Only the edges read the clock,
so replacing its one function before they are imported is all there is to do. Without it the clock is that of the house.

The gateway waits for Rasa, for its turn to write and for a photo to be looked at as long as it takes: on a busy machine
the talk would else be another one.
"""

from __future__ import annotations

import os
import runpy
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import clock
from tests.faults.gateway_process import HUNG_SECONDS

FILE = "MOVED_CLOCK"
PROGRAM = "MOVED_PROGRAM"


def moved() -> datetime:
    """The present moment and what the test added."""
    return datetime.now(UTC) + timedelta(hours=float(Path(os.environ[FILE]).read_text() or 0))


def without_hurry() -> None:
    """What people are granted by the clock on the wall is granted without end."""
    from bot.gateway import rasa
    from bot.gateway.web import chat
    from bot.storage import database

    rasa.PATIENCE_SECONDS = rasa.AFTER_SILENCE_SECONDS = HUNG_SECONDS
    chat.NUMBERS_WITHIN_SECONDS = chat.ANSWER_WITHIN_SECONDS = chat.CHECK_WITHIN_SECONDS = HUNG_SECONDS
    database.BUSY_SECONDS = HUNG_SECONDS  # type: ignore[assignment]


def main() -> None:
    """Run the program this process is for: with words behind it the command line, else `bot` unless told otherwise."""
    if FILE in os.environ:
        clock.utc_now = moved
    program = "bot.cli" if sys.argv[1:] else os.environ.get(PROGRAM, "bot")
    if program == "bot":
        without_hurry()
    runpy.run_module(program, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
