"""The running Telegram bot of one process: polling or webhook, turns in order, the sender, and a clean stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from fastapi import APIRouter
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Updater

from bot.gateway.conversation import Path
from bot.gateway.sender import Sender
from bot.gateway.telegram import webhook
from bot.gateway.telegram.carrier import UNREADABLE, TelegramCarrier
from bot.gateway.telegram.fetching import Fetching
from bot.gateway.telegram.keeping import DurableQueue, Keeper, KeepingBot
from bot.services.leases import Duty
from bot.settings import Settings
from bot.storage.crypto import Vault, opaque_id
from bot.storage.database import Database

LOG = logging.getLogger("hutong.telegram")
AT_ONCE = 16
DRAIN_SECONDS = 8.0
LONG_POLL_SECONDS = 20
TRY_AGAIN_SECONDS = 5.0
POLLING, POLLING_FOR = "polling", timedelta(seconds=10)
LOOK_WHO_POLLS_SECONDS = 2.0
ALLOWED = ["message", "edited_message", "callback_query"]


class Telegram:
    """Everything of the Telegram channel. `sender` carries the outbox; `fetching` gets files; `ready()` tells ok,
    starting or down."""

    def __init__(
        self, settings: Settings, database: Database, vault: Vault, path: Path, now: Callable[[], datetime]
    ) -> None:
        # Addresses of Telegram's calls contain the token: PTB's and httpx's own lines stay out of the log.
        for noisy in ("httpx", "httpcore", "telegram"):
            logging.getLogger(noisy).setLevel(logging.CRITICAL)
        self._settings, self._path, self._now = settings, path, now
        keeper = Keeper(database, vault, now)
        keeper.arrived = self._arrived
        self._bot = KeepingBot(settings.telegram_token, settings.telegram_api, keeper)
        self.fetching = Fetching(self._bot)
        self._updater = Updater(self._bot, DurableQueue())
        self.sender = Sender(database, vault, TelegramCarrier(self._bot), standing={"url": settings.public_url})
        path.web_page = settings.web_page
        self._waiting: dict[str, deque[int]] = {}
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()
        self._state = "starting"
        self._works = True
        self._polls = Duty(database, POLLING, opaque_id(), POLLING_FOR)
        self._shares = False

    def ready(self) -> str:
        """ok, starting (Telegram not reached yet) or down (it refuses us)."""
        return self._state

    async def start(self, *, receives: bool = True, works: bool = True) -> None:
        """Begin sending and receiving; a Telegram that cannot be reached is tried again and holds nobody up.

        `receives`: updates come to this process; `works`: it processes what it keeps, and sends.
        """
        self._works = works
        if works:
            self._spawn(self.sender.run(self._now, self._stopping))
        if not receives:
            self._spawn(self._reach(self._updater.bot.get_me))
            return
        self._spawn(self._reach(self._hook if self._settings.telegram_mode == "webhook" else self._poll))

    def door(self) -> APIRouter | None:
        """Where Telegram brings updates to; None while we fetch them."""
        if self._settings.telegram_mode != "webhook":
            return None
        return webhook.routes(self._settings.telegram_token, self._bot.brought)

    async def _poll(self) -> None:
        """Fetch updates. PTB takes away a webhook that was set before: Telegram gives either one."""
        await self._updater.start_polling(
            timeout=LONG_POLL_SECONDS, allowed_updates=ALLOWED, error_callback=self._polling_failed
        )

    async def _hook(self) -> None:
        """Tell Telegram where to bring updates. Every gateway tells the same, so any of them may come first."""
        token = self._settings.telegram_token
        await self._bot.set_webhook(
            self._settings.public_url + webhook.path(token),
            allowed_updates=ALLOWED,
            secret_token=webhook.secrets(token)[1],
        )

    async def _reach(self, begin: Callable[[], Awaitable[object]]) -> None:
        while not self._stopping.is_set():
            try:
                await self._updater.initialize()
                await begin()
                self._state = "ok"
                return
            except InvalidToken:
                self._state = "down"
                LOG.error("Telegram refuses the token: check HUTONG_TELEGRAM_TOKEN")
            except (TelegramError, *UNREADABLE) as error:  # also an answer nobody understands: it may be another's
                LOG.warning("Telegram is not reached yet (%s)", type(error).__name__)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), TRY_AGAIN_SECONDS)

    def _polling_failed(self, error: TelegramError) -> None:
        """PTB waits longer after each failure and goes on; a second poller with our token is named and given room."""
        if isinstance(error, Conflict):
            LOG.error("another process polls with the same Telegram token")
            if not self._shares:
                self._shares = True
                self._spawn(self._share())
        else:
            LOG.warning("polling failed (%s), trying again", type(error).__name__)

    async def _share(self) -> None:
        """Another process polls too. Of those on one database one goes on, and the others when it is silent.

        On two databases nothing can be shared: each goes on and says so, Telegram gives an update to either.
        """
        while not self._stopping.is_set():
            try:
                mine = await asyncio.to_thread(self._polls, self._now())
                if mine and not self._updater.running:
                    LOG.warning("polling Telegram again: the other process is silent")
                    await self._poll()
                elif not mine and self._updater.running:
                    LOG.warning("another process on this database polls Telegram; this one waits until it is silent")
                    await self._updater.stop()
            except (SQLAlchemyError, TelegramError, RuntimeError) as error:
                LOG.warning("who polls is not settled yet (%s)", type(error).__name__)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), LOOK_WHO_POLLS_SECONDS)
        with contextlib.suppress(SQLAlchemyError):
            await asyncio.to_thread(self._polls.give_back, self._now())

    def _arrived(self, inbox_id: int, conversation: str) -> None:
        """Process a kept update after the earlier ones of its chat; chats do not wait for each other."""
        if not self._works:
            return  # a worker finds it
        if conversation in self._waiting:
            self._waiting[conversation].append(inbox_id)
            return
        self._waiting[conversation] = deque([inbox_id])
        self._spawn(self._turns(conversation))

    async def _turns(self, conversation: str) -> None:
        waiting = self._waiting[conversation]
        try:
            while waiting:
                async with self._gate:
                    await self._path.handle(waiting.popleft())
        finally:
            # When the database went away meanwhile, the sweep takes up the rest; the next message begins anew.
            del self._waiting[conversation]

    def _spawn(self, work: object) -> None:
        task: asyncio.Task[None] = asyncio.create_task(work)  # type: ignore[arg-type]  # coroutines of ours only
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            LOG.error("a Telegram task failed: %s", type(task.exception()).__name__)

    async def stop(self) -> None:
        """Stop polling, finish the turns that were begun, send what can be sent, within ten seconds."""
        self._stopping.set()
        self.sender.wake()
        if self._updater.running:
            with contextlib.suppress(TelegramError, RuntimeError, TimeoutError):
                await asyncio.wait_for(self._updater.stop(), DRAIN_SECONDS / 2)
        if self._tasks:
            _, left = await asyncio.wait(self._tasks, timeout=DRAIN_SECONDS / 2)
            for task in left:
                task.cancel()
        await self.fetching.close()
        with contextlib.suppress(TelegramError, RuntimeError):
            await self._updater.shutdown()
