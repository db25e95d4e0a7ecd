"""Whoever came first goes first: the queue of one process's writers, so that a long row of batches starves nobody."""

from __future__ import annotations

import threading
import time
from collections import deque


class Turns:
    """A lock that is handed to the one who has waited longest; the holder may take it again."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._queue: deque[threading.Event] = deque()
        self._holder: int | None = None
        self._depth = 0

    def take(self, patience: float) -> bool:
        """Wait for one's turn at most `patience` seconds; whether it came."""
        me = threading.get_ident()
        with self._guard:
            if self._holder in (None, me):
                self._holder, self._depth = me, self._depth + 1
                return True
            called = threading.Event()
            self._queue.append(called)
        give_up = time.monotonic() + patience
        while not called.wait(max(0.0, give_up - time.monotonic())):
            with self._guard:
                if not called.is_set():
                    self._queue.remove(called)
                    return False
        with self._guard:
            self._holder, self._depth = me, 1
        return True

    def give(self) -> None:
        """One's turn is over; it passes to the next in the queue, so that nobody slips in between."""
        with self._guard:
            self._depth -= 1
            if self._depth:
                return
            if self._queue:
                self._holder = -1  # handed over: taken by whoever is called
                self._queue.popleft().set()
            else:
                self._holder = None
