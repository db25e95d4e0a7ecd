"""The gateway with one deadly place, for tests only: FAULT_AT names it, and the process kills itself there, once;
FAULT_AFTER says how often it passes there before.

FAULT_CLOCK_AHEAD (seconds) lets this process live in the future, where the claims of its predecessors are over.
"""

from __future__ import annotations

import functools
import inspect
import os
import signal
import sys
from datetime import datetime, timedelta
from typing import Any, NoReturn

from bot import __main__ as gateway
from bot import app, ending
from bot.clock import utc_now
from bot.gateway import taking
from bot.gateway.conversation import Path
from bot.gateway.rasa import Rasa
from bot.gateway.telegram import running
from bot.gateway.telegram.carrier import TelegramCarrier
from bot.gateway.telegram.keeping import Keeper
from bot.gateway.web.chat import Chat
from tests.faults.gateway_process import HUNG_SECONDS

PLACES: dict[str, tuple[type, str]] = {
    "an update is kept": (Keeper, "keep"),
    "a web message is kept": (Chat, "_keep"),
    "a harmless web message is settled": (Chat, "_kept_and_looked_at"),
    "the first look is committed": (Path, "look"),
    "Rasa has replied": (Rasa, "say"),
    "the state is committed": (Path, "_finish"),
    "a message is sent and not yet marked": (TelegramCarrier, "carry"),
}


def _die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def _deadly(method: Any, after: int) -> Any:
    passed = iter(range(after))

    def die_now() -> None:
        if next(passed, None) is None:
            _die()

    if inspect.iscoroutinefunction(method):

        @functools.wraps(method)
        async def later(*args: Any, **kwargs: Any) -> Any:
            done = await method(*args, **kwargs)
            die_now()
            return done

        return later

    @functools.wraps(method)
    def at_once(*args: Any, **kwargs: Any) -> Any:
        done = method(*args, **kwargs)
        die_now()
        return done

    return at_once


def main() -> int:
    """Prepare the place and run the gateway."""
    place = os.environ.get("FAULT_AT")
    if place:
        owner, name = PLACES[place]
        setattr(owner, name, _deadly(getattr(owner, name), int(os.environ.get("FAULT_AFTER", "0"))))
    ahead = timedelta(seconds=float(os.environ.get("FAULT_CLOCK_AHEAD", "0")))

    def later() -> datetime:
        return utc_now() + ahead

    gateway.utc_now = later  # type: ignore[attr-defined]  # the one clock of the process
    # What it leaves when it is told to stop is looked at, not how soon a busy machine gets there (test_ending.py).
    app.FINISH_SECONDS = running.DRAIN_SECONDS = taking.DRAIN_SECONDS = ending.AT_LAST_SECONDS = HUNG_SECONDS
    return gateway.main()


if __name__ == "__main__":
    sys.exit(main())
