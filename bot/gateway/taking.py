"""Taking up kept messages that nobody holds: what webhooks brought to any gateway, and what a crash left behind."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.gateway.conversation import Path
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.crypto import Vault
from bot.storage.database import Database

LOG = logging.getLogger("hutong")
AT_ONCE = 16
DRAIN_SECONDS = 5.0


class Taking:
    """Looks every so many seconds and works on a few messages at once. Any number of processes may do so: the claim
    on a row is what makes it one's own, and a talk's messages come free one after another."""

    def __init__(
        self, database: Database, vault: Vault, path: Path, now: Callable[[], datetime], every_seconds: float
    ) -> None:
        self._database, self._vault, self._path, self._now = database, vault, path, now
        self._every = every_seconds
        self._in_hand: dict[int, asyncio.Task[None]] = {}

    async def run(self, stopping: asyncio.Event) -> None:
        """Look until told to stop, then let end what was begun. A database that is away only makes it wait."""
        while not stopping.is_set():
            try:
                waiting = await asyncio.to_thread(self._waiting)
            except SQLAlchemyError as error:
                LOG.error("kept messages: database not reachable (%s)", type(error).__name__)
                waiting = []
            for inbox_id in waiting:
                if inbox_id not in self._in_hand and len(self._in_hand) < AT_ONCE:
                    self._in_hand[inbox_id] = asyncio.create_task(self._handle(inbox_id))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), self._every)
        if self._in_hand:
            await asyncio.wait(self._in_hand.values(), timeout=DRAIN_SECONDS)

    async def _handle(self, inbox_id: int) -> None:
        try:
            await self._path.handle(inbox_id)
        except SQLAlchemyError as error:
            LOG.error("message %s: database not reachable (%s)", inbox_id, type(error).__name__)
        finally:
            del self._in_hand[inbox_id]

    def _waiting(self) -> list[int]:
        with self._database.read() as session:
            return mailbox.waiting(Work(session, self._vault, self._now()))
