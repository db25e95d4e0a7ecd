"""Settling what was brought: fetched from where it lies, checked, made anew, and said when that fails. Never in the
way of words: this runs beside the path of messages, and what is left half-way is taken up again after a crash."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.gateway.media import signatures
from bot.gateway.media.workshop import Made, Workshop
from bot.services.reporting import attachments, evidence
from bot.services.reporting.attachments import Task
from bot.services.work import Work
from bot.storage.crypto import SealBroken, Vault
from bot.storage.database import Database
from bot.storage.once import anew

LOG = logging.getLogger("hutong.media")
SWEEP_SECONDS = 20.0
TRIES = 2
GIVE_UP_AFTER = timedelta(minutes=3)
PAUSE = timedelta(seconds=2)
AT_ONCE = 4


class NotThere(Exception):
    """It cannot be fetched and never will be. `why`: a key under media.refused."""

    def __init__(self, why: str = "gone") -> None:
        super().__init__(why)
        self.why = why


class TryLater(Exception):
    """It could not be fetched now."""


Fetch = Callable[[Mapping[str, str]], Awaitable[bytes]]


class Settling:
    """Takes waiting attachments to their end. `fetch`: where originals come from that a channel only points to."""

    def __init__(
        self, database: Database, vault: Vault, now: Callable[[], datetime], workshop: Workshop | None = None
    ) -> None:
        self._database, self._vault, self._now = database, vault, now
        self._workshop = workshop or Workshop()
        self._in_hand: dict[str, asyncio.Task[None]] = {}
        self._not_before: dict[str, datetime] = {}
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._woken = asyncio.Event()
        self.fetch: Fetch | None = None
        self.said: Callable[[], None] = lambda: None

    def wake(self) -> None:
        """Something may have come."""
        self._woken.set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Settle until told to stop; a failing database only makes it wait."""
        while not stopping.is_set():
            self._woken.clear()
            try:
                self.begin(await asyncio.to_thread(self._waiting))
            except SQLAlchemyError as error:
                LOG.error("attachments not reachable: %s", type(error).__name__)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), SWEEP_SECONDS)

    async def round(self) -> None:
        """Settle everything that waits now, once."""
        await asyncio.gather(*self.begin(await asyncio.to_thread(self._waiting)))

    async def soon(self, uid: str, seconds: float) -> None:
        """Settle one now; come back when that is done or the time is over, it goes on by itself."""
        tasks = self.begin([uid])
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)

    async def close(self) -> None:
        """Stop; what is half-way stays waiting."""
        for task in list(self._in_hand.values()):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def begin(self, uids: list[str]) -> list[asyncio.Task[None]]:
        """Take those in hand whose time has come."""
        due = [uid for uid in uids if self._not_before.get(uid, self._now()) <= self._now()]
        for uid in due:
            if uid not in self._in_hand:
                self._in_hand[uid] = asyncio.create_task(self._settle(uid))
        return [self._in_hand[uid] for uid in due]

    def _work(self, session: Session) -> Work:
        return Work(session, self._vault, self._now())

    def _waiting(self) -> list[str]:
        with self._database.read() as session:
            return attachments.waiting(self._work(session))

    async def _settle(self, uid: str) -> None:
        try:
            async with self._gate:
                todo = await asyncio.to_thread(self._task, uid)
                if todo is not None:
                    await self._carry_on(todo)
        except (SQLAlchemyError, OSError) as error:
            # The database is away, or no process can be started now: it stays waiting.
            LOG.error("attachment %s cannot be settled now: %s", uid, type(error).__name__)
            self._again(uid, PAUSE)
        except SealBroken:
            LOG.error("attachment %s cannot be opened", uid)
            self._again(uid, GIVE_UP_AFTER)
        finally:
            del self._in_hand[uid]
        self.said()

    async def _carry_on(self, todo: Task) -> None:
        original = todo.original
        if original is None:
            try:
                original = await self._fetched(todo)
            except NotThere as gone:
                await asyncio.to_thread(self._refuse, todo.uid, gone.why)
                return
            except TryLater:
                await self._later(todo)
                return
        self._not_before.pop(todo.uid, None)
        found = signatures.look(original)
        if found.kind is None:
            await asyncio.to_thread(self._refuse, todo.uid, found.refusal)
        elif found.kind == signatures.FILE:
            await asyncio.to_thread(self._ready, todo, None, found.media_type)
        else:
            await self._remake(todo, found.kind, original)

    async def _fetched(self, todo: Task) -> bytes:
        if self.fetch is None:
            raise TryLater
        data = await self.fetch(todo.source)
        found = signatures.look(data)
        if found.kind is None:
            raise NotThere(found.refusal)
        await asyncio.to_thread(self._keep, todo.uid, found.kind, found.media_type, data)
        return data

    async def _later(self, todo: Task) -> None:
        if self._now() - todo.at >= GIVE_UP_AFTER:
            await asyncio.to_thread(self._refuse, todo.uid, "gone")
        else:
            self._again(todo.uid, PAUSE)

    def _again(self, uid: str, after: timedelta) -> None:
        self._not_before[uid] = self._now() + after
        asyncio.get_running_loop().call_later(after.total_seconds(), self.wake)

    async def _remake(self, todo: Task, kind: str, original: bytes) -> None:
        made = Made(failed=True)
        for _ in range(TRIES):
            made = await self._workshop.remake(kind, original)
            if not made.failed:
                break
        if made.failed:
            LOG.error("attachment %s: the workshop failed", todo.uid)
            await asyncio.to_thread(self._refuse, todo.uid, evidence.UNCHECKED)
        elif made.refusal:
            await asyncio.to_thread(self._refuse, todo.uid, made.refusal)
        else:
            await asyncio.to_thread(self._ready, todo, made.data, made.media_type)

    def _task(self, uid: str) -> Task | None:
        with self._database.read() as session:
            return attachments.task(self._work(session), uid)

    def _keep(self, uid: str, kind: str, media_type: str, data: bytes) -> None:
        with self._database.begin() as session:
            attachments.fetched(self._work(session), uid, kind, media_type, data)

    def _ready(self, todo: Task, working: bytes | None, media_type: str) -> None:
        group = str(todo.source.get("group", ""))
        self._note(lambda work: evidence.settled(work, todo.uid, working, media_type, group=group))

    def _refuse(self, uid: str, why: str) -> None:
        self._not_before.pop(uid, None)
        self._note(lambda work: evidence.refused(work, uid, why))

    def _note(self, outcome: Callable[[Work], object]) -> None:
        def transaction() -> None:
            with self._database.begin() as session:
                outcome(self._work(session))

        anew(transaction)
