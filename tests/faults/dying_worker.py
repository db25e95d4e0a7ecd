"""A worker that does background batches and kills itself at one of them, for tests only.

Arguments: database URL, key file, moment, the number of the batch that is deadly, and where: "inside" its transaction
or "after" it, before Procrastinate hears that the batch is done.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.background import handing
from bot.background.working import Background
from bot.storage.crypto import Vault
from bot.storage.database import Database

Do = Callable[..., dict[str, int]]


def main(url: str, key_file: str, moment: str, deadly: str, where: str) -> None:
    """Work until the deadly batch."""
    done = 0

    def counted(do: Do) -> Do:
        def one(*args: Any, **batch: Any) -> dict[str, int]:
            nonlocal done
            done += 1
            result = do(*args, **batch)
            if where == "inside" and done == int(deadly):
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return one

    handing.WORK.update({name: counted(do) for name, do in handing.WORK.items()})  # type: ignore[attr-defined]

    def after_its_transaction() -> None:
        if where == "after" and done >= int(deadly):
            os.kill(os.getpid(), signal.SIGKILL)

    database = Database(url)
    now = datetime.fromisoformat(moment)
    background = Background(database, Vault.load(Path(key_file)), lambda: now, after_its_transaction)
    asyncio.run(background.run(asyncio.Event()))


if __name__ == "__main__":
    main(*sys.argv[1:])
