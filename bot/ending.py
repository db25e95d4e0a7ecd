"""The last word about stopping: a process that was told to stop ends, whatever it is still waiting for."""

from __future__ import annotations

import logging
import os
import threading

LOG = logging.getLogger("hutong")
AT_LAST_SECONDS = 9.5


def at_last() -> None:
    """From now on this process has `AT_LAST_SECONDS` to end by itself; then it ends at once, with status 0.

    Everything begun is a transaction or a claim: what such an end cuts off comes back by itself, as after a kill.
    A thread that waits for a database that says nothing cannot be called back in any other way.
    """
    last = threading.Timer(AT_LAST_SECONDS, _end)
    last.daemon = True
    last.start()


def _end() -> None:
    LOG.warning("not everything came to its end in time; what was left is taken up again")
    logging.shutdown()
    os._exit(0)
