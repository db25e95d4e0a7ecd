"""`python -m tests.faults.daytime PROGRAM …`: a program that lives on a workday's morning, whatever the hour is.

Morning messages are written on workdays and outside the quiet hours, so an experiment that begins in the evening would
never see one. The first program moves the clock, once, and whatever it starts by the same words moves with it.
"""

from __future__ import annotations

import os
import runpy
import sys
import tempfile
from contextlib import ExitStack
from datetime import datetime, time, timedelta
from pathlib import Path

from bot import clock
from bot.care import calendar
from tests.conversations import moved

BEGINS = time(9, 30)


def hours_ahead(now: datetime) -> float:
    """Hours from now to the next workday's morning."""
    day = calendar.add_workdays(calendar.local(now).date(), 1).day
    return (datetime.combine(day, BEGINS, calendar.ZONE) - now) / timedelta(hours=1)


def main() -> None:
    """Run the named program in the morning."""
    del sys.argv[0]
    with ExitStack() as ended:
        if moved.FILE not in os.environ:
            folder = Path(ended.enter_context(tempfile.TemporaryDirectory(prefix="hutong-daytime-")))
            os.environ[moved.FILE] = str(folder / "hours")
            (folder / "hours").write_text(str(hours_ahead(clock.utc_now())), encoding="ascii")
        clock.utc_now = moved.moved
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
