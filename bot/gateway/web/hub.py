"""Waking the listeners: one look at the outbox for everybody, then only those with news read their own rows."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.database import Database
from bot.storage.tables import Outbox

LOOK_EVERY_SECONDS = 1.0


class Hub:
    """Listeners by conversation. `wake` may be called from the loop at any time; `run` looks at the outbox."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners: dict[str, set[asyncio.Event]] = {}
        self._woken = asyncio.Event()
        self._last = 0
        self.closing = False

    def wake(self) -> None:
        """Something may have been said."""
        self._woken.set()

    @contextmanager
    def listening(self, conversation: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever something new was said in this conversation."""
        news = asyncio.Event()
        self._listeners.setdefault(conversation, set()).add(news)
        try:
            yield news
        finally:
            self._listeners[conversation].discard(news)
            if not self._listeners[conversation]:
                del self._listeners[conversation]

    async def run(self) -> None:
        """Look whenever woken, and every second for what other processes said."""
        self._last = await asyncio.to_thread(self._newest)
        while not self.closing:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), LOOK_EVERY_SECONDS)
            self._woken.clear()
            if not self._listeners:
                continue
            try:
                rows = await asyncio.to_thread(self._news)
            except SQLAlchemyError:
                continue
            for conversation in rows:
                for news in self._listeners.get(conversation, ()):
                    news.set()

    def close(self) -> None:
        """Let every listener end."""
        self.closing = True
        self._woken.set()
        for listeners in self._listeners.values():
            for news in listeners:
                news.set()

    def _newest(self) -> int:
        with self._database.read() as session:
            return session.scalar(select(func.max(Outbox.id))) or 0

    def _news(self) -> set[str]:
        with self._database.read() as session:
            rows = session.execute(select(Outbox.id, Outbox.conversation).where(Outbox.id > self._last)).all()
        if rows:
            self._last = max(row.id for row in rows)
        return {row.conversation for row in rows}
