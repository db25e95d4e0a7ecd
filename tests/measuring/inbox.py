"""How many updates a second PTB polls and we commit: the real bot and keeper, a Bot API that always has 100 more."""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import time
from pathlib import Path

import httpx
from sqlalchemy import func, select
from telegram.ext import Updater

from bot.clock import utc_now
from bot.gateway.telegram.keeping import DurableQueue, Keeper, KeepingBot
from bot.storage.database import Database, open_vault
from bot.storage.migrate import upgrade
from bot.storage.tables import Inbox
from tests.faults.fake_bot_api import TOKEN
from tests.faults.gateway_process import ROOT, free_port, wait_until

ROUNDS, MESSAGES, CHATS = 3, 3000, 500
TEXT = "孩子他爸出去打工半年了，老人在家带，想问问能不能领补助"
GIVE_UP_SECONDS = 60.0


class Polled:
    """One round of polling until everything sent is committed."""

    def __init__(self, folder: Path, api: str) -> None:
        self.database = Database(f"sqlite:///{folder / 'inbox.db'}")
        upgrade(self.database)
        self._keeper = Keeper(self.database, open_vault(self.database, folder / "keys.json"), utc_now)
        self._keeper.arrived = self._arrived
        self._api, self._kept, self._all = api, 0, asyncio.Event()

    def _arrived(self, _: int, __: str) -> None:
        self._kept += 1
        if self._kept == MESSAGES:
            self._all.set()

    async def seconds(self) -> float:
        """From the first call of getUpdates to the last commit."""
        updater = Updater(KeepingBot(TOKEN, f"{self._api}/bot", self._keeper), DurableQueue())
        await updater.initialize()
        began = time.perf_counter()
        await updater.start_polling(timeout=1)
        await asyncio.wait_for(self._all.wait(), GIVE_UP_SECONDS)
        took = time.perf_counter() - began
        await updater.stop()
        await updater.shutdown()
        return took

    def committed(self) -> int:
        """Rows in the inbox."""
        with self.database.read() as session:
            return session.scalar(select(func.count()).select_from(Inbox)) or 0


def rows_per_second(folder: Path) -> float:
    """The median of three rounds, each on a fresh database, against a Bot API in a process of its own."""
    port = free_port()
    api = f"http://127.0.0.1:{port}"
    server = subprocess.Popen([sys.executable, "-m", "tests.faults.fake_bot_api", str(port)], cwd=ROOT)
    try:
        with httpx.Client(base_url=api, timeout=60) as control:
            wait_until(lambda: _answers(control), "the stand-in for the Bot API did not start")
            return statistics.median(_round(folder / str(number), api, control) for number in range(ROUNDS))
    finally:
        server.kill()
        server.wait()


def _answers(control: httpx.Client) -> bool:
    try:
        return control.post("/control/pending", json={}).status_code == 200
    except httpx.HTTPError:
        return False


def _round(folder: Path, api: str, control: httpx.Client) -> float:
    folder.mkdir()
    waiting = control.post("/control/crowd_says", json={"chats": CHATS, "messages": MESSAGES, "text": TEXT}).json()
    assert waiting == MESSAGES, f"{waiting} updates wait"
    polled = Polled(folder, api)
    took = asyncio.run(polled.seconds())
    assert polled.committed() == MESSAGES, f"{polled.committed()} rows are committed"
    polled.database.close()
    return MESSAGES / took
