"""How the simulated years say where they are and what it took."""

from __future__ import annotations

import gc
import time


def took(began: float) -> str:
    """Seconds since `began` (time.monotonic) and those of this process's processor."""
    return f"{time.monotonic() - began:.0f} s ({time.process_time():.0f} s of a processor)"


def keep_what_stands() -> None:
    """What is loaded and built stays to the end, as in a server that has started: no search for garbage goes through it
    again and again: that took a fifth of a small year."""
    gc.collect()
    gc.freeze()


def say(line: str) -> None:
    """One line of the report."""
    print(line, flush=True)  # noqa: T201 - this is its report
