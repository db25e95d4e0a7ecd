"""How much of everything: a commit's tests show on less of it what `make test-faults` shows on all of it."""

from __future__ import annotations

import os

FULL = bool(os.environ.get("HUTONG_FULL_SIZE"))


def size(commit: int, full: int) -> int:
    """`full` where HUTONG_FULL_SIZE is set (`make test-faults`), else `commit`."""
    return full if FULL else commit
