"""The composition root: one gateway process with its channels, clock and the sweep of what was left behind."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import httpx
from fastapi import FastAPI
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from bot.care import calendar, model
from bot.gateway.conversation import Path
from bot.gateway.media.settling import Settling
from bot.gateway.rasa import Rasa, Replicas
from bot.gateway.taking import Taking
from bot.gateway.web.chat import Chat
from bot.gateway.web.hub import Hub
from bot.gateway.web.site import make_site
from bot.gateway.web.staff import StaffPage
from bot.jobs import Clock
from bot.reading import danger
from bot.reading.persons import named
from bot.services.leases import Duty
from bot.services.reporting import intake
from bot.services.talk import policy_answers, rehearsal
from bot.settings import Settings
from bot.storage.crypto import opaque_id
from bot.storage.database import Database, open_vault
from bot.storage.migrate import upgrade
from bot.storage.tables import Mark

if TYPE_CHECKING:
    from bot.gateway.telegram import Telegram

LOG = logging.getLogger("hutong")
# Alone, only what a crash left behind waits to be found; a worker finds everything that way.
LOOK_SECONDS_ALONE, LOOK_SECONDS_WORKER = 1.0, 0.1
SENDING, SENDING_FOR = "sender", timedelta(seconds=10)
# Python's default is 6 on a small machine; the ticks alone would fill that while the database does not answer.
DATABASE_THREADS = 32
STARTING_SECONDS = 180.0
FINISH_SECONDS = 8.0


def _get_ready(today: date) -> None:
    try:
        model.in_force(today)  # read and checked now, so that no family waits for it
        danger.prepare()
        named.prepare()
        rehearsal.read_once()
        policy_answers.get_ready()
    finally:
        keep_what_is_loaded()


def keep_what_is_loaded() -> None:
    """What starting has made stays to the end: no collection walks through it again while somebody waits.

    One such walk took 100 ms, and came in the midst of a transaction.
    """
    gc.collect()
    gc.freeze()
    gc.enable()


class App:
    """Everything one process runs, by its roles. `site` is the ASGI application."""

    def __init__(self, settings: Settings, now: Callable[[], datetime]) -> None:
        settings.var_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._settings, self._now = settings, now
        self.database = Database(settings.database_url, settings.database_connections)
        upgrade(self.database)
        self.vault = open_vault(self.database, settings.key_file)
        self.rasa = Replicas([Rasa(url, settings.rasa_token) for url in settings.rasa_urls])
        self.path = Path(self.database, self.vault, self.rasa, now)
        self.path.public_url = settings.public_url
        self.hub = Hub(self.database)
        self.clock = Clock(self.database, self.vault, opaque_id(), now, self._wake)
        self.settling = Settling(self.database, self.vault, now)
        self.telegram = self._telegram()
        self.settling.fetch = self.telegram.fetching if self.telegram is not None else None
        self.settling.said = self.path.posted = self._wake
        self.path.woken = self.hub.wake
        self.path.brought = self.settling.wake
        staff = StaffPage(self.database, self.vault, now, settings.public_url, self._wake)
        chat = Chat(self.database, self.vault, self.path, self.hub, now, self.settling)
        gateway = "gateway" in settings.roles
        door = self.telegram.door() if self.telegram is not None and gateway else None
        self.site: FastAPI = make_site(chat, self.readiness, staff, door)
        look = LOOK_SECONDS_ALONE if settings.alone else LOOK_SECONDS_WORKER
        self._taking = Taking(self.database, self.vault, self.path, now, look)
        self._sending: Duty | None = None
        if self.telegram is not None and not settings.alone:
            # Telegram's limits are those of a bot, not of a process: of all workers one sends.
            self._sending = Duty(self.database, SENDING, opaque_id(), SENDING_FOR)
            self.telegram.sender.on_duty = self._sending
        self._began = now()
        self._working: asyncio.Task[None] | None = None
        self._sharing: asyncio.Task[None] | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = asyncio.Event()

    def _telegram(self) -> Telegram | None:
        if not self._settings.telegram_token:
            return None
        from bot.gateway.telegram import Telegram  # the library is slow to import and only needed with a token

        return Telegram(self._settings, self.database, self.vault, self.path, self._now)

    def _wake(self) -> None:
        self.hub.wake()
        if self.telegram is not None:
            self.telegram.sender.wake()

    async def start(self) -> None:
        """Start everything that runs beside the web server."""
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(DATABASE_THREADS, "hutong"))
        # Word lists are compiled on first use; nobody in danger should be that first use.
        await asyncio.to_thread(intake.reads_like_a_report, "")
        self._tasks = [
            asyncio.create_task(self.hub.run()),
        ]
        works = "worker" in self._settings.roles
        if works or "gateway" in self._settings.roles:
            today = calendar.local(self._now()).date()
            policy_answers.will_get_ready()
            self._tasks.append(asyncio.create_task(asyncio.to_thread(_get_ready, today)))
        else:
            keep_what_is_loaded()  # a clock reads nobody's words
        if works:
            self._working = asyncio.create_task(self._taking.run(self._stopping))
            self._tasks.append(asyncio.create_task(self.settling.run(self._stopping)))
            if not self.database.is_sqlite:
                from bot.background.working import Background  # slow to import, and SQLite never needs it

                background = Background(self.database, self.vault, self._now, self._wake)
                self._sharing = asyncio.create_task(background.run(self._stopping))
        if "clock" in self._settings.roles:
            self.clock.start()
        if self.telegram is not None:
            await self.telegram.start(receives="gateway" in self._settings.roles, works=works)

    async def finish(self) -> None:
        """Stop taking and finish what was begun, all parts at the same time and none longer than `FINISH_SECONDS`.

        What is not finished then is left as it is: a claim that runs out, a transaction that never was.
        """
        self._stopping.set()
        self.clock.stop()
        self.hub.close()
        parts = [asyncio.create_task(self._finish_channel())]
        if "clock" in self._settings.roles:
            parts.append(asyncio.create_task(asyncio.to_thread(self.clock.give_back)))
        parts += [part for part in (self._working, self._sharing) if part is not None]
        ended, left = await asyncio.wait(parts, timeout=FINISH_SECONDS)
        for part in left:
            part.cancel()
        for part in ended:
            if not part.cancelled() and (error := part.exception()) is not None:
                LOG.error("a part did not end well: %s", type(error).__name__)

    async def _finish_channel(self) -> None:
        await self.settling.close()  # before the channel it fetches from
        if self.telegram is not None:
            await self.telegram.stop()
        if self._sending is not None:
            with contextlib.suppress(SQLAlchemyError):
                await asyncio.to_thread(self._sending.give_back, self._now())

    async def close(self) -> None:
        """Close, when nobody asks for anything any more."""
        for task in self._tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await self.rasa.close()
        self.database.close()

    async def readiness(self) -> dict[str, str]:
        """State of each part: ok, starting or down."""
        starting = (self._now() - self._began).total_seconds() < STARTING_SECONDS
        later = "starting" if starting else "down"
        rasa, actions = await asyncio.gather(self.rasa.ready(), self._actions_ready())
        parts = {
            "database": "ok" if await asyncio.to_thread(self._database_ready) else "down",
            "rasa": "ok" if rasa else later,
            "actions": "ok" if actions else later,
            "sender": "ok" if self.telegram is None else self.telegram.ready(),
            "clock": "ok" if "clock" not in self._settings.roles or self.clock.last_tick is not None else later,
        }
        return parts

    def _database_ready(self) -> bool:
        try:
            with self.database.read() as session:
                session.execute(text("select 1"))
                return session.scalar(select(Mark.name).limit(1)) is not None
        except SQLAlchemyError:
            return False

    async def _actions_ready(self) -> bool:
        address = f"http://127.0.0.1:{self._settings.actions_port}/health"
        try:
            # Plain HTTP on loopback: loading certificates for it would cost more than the whole question.
            async with httpx.AsyncClient(timeout=1.0, trust_env=False, verify=False) as client:  # noqa: S501
                return (await client.get(address)).status_code == 200
        except httpx.HTTPError:
            return False
