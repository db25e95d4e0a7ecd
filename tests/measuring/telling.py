"""How the simulated years say where they are and what it took."""

from __future__ import annotations

import time


def took(began: float) -> str:
    """Seconds since `began` (time.monotonic) and those of this process's processor."""
    return f"{time.monotonic() - began:.0f} s ({time.process_time():.0f} s of a processor)"


def say(line: str) -> None:
    """One line of the report."""
    print(line, flush=True)  # noqa: T201 - this is its report
