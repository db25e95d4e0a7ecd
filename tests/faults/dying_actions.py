"""The action server with one deadly place, for tests only: FAULT_AT says on which side of the commit it dies."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from actions import __main__ as server
from actions.base import ServiceAction
from actions.reports import FlowAction


def _deadly(method: Any) -> Any:
    def once(*args: Any, **kwargs: Any) -> None:
        method(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    return once


if __name__ == "__main__":
    place = os.environ.get("FAULT_AT")
    if place == "before the commit":
        FlowAction.serve = _deadly(FlowAction.serve)  # type: ignore[method-assign]
    elif place == "after the commit":
        ServiceAction._serve = _deadly(ServiceAction._serve)  # type: ignore[method-assign]
    sys.exit(server.main())
