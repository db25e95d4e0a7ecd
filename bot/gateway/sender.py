"""The sender: carries the outbox to a channel within its limits, urgent messages first."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from bot import texts
from bot.gateway import pictures
from bot.gateway.metrics import SENDS
from bot.services.mail import sending
from bot.services.mail.sending import Letter
from bot.services.work import Work
from bot.storage.crypto import Vault
from bot.storage.database import Database

LOG = logging.getLogger("hutong.sender")
BATCH = 30
IDLE_SECONDS = 1.0


class Fate(Enum):
    """What became of one send. UNSURE: it may have arrived (timeout after the request went out)."""

    SENT = "sent"
    WAIT = "wait"
    LATER = "later"
    UNSURE = "unsure"
    GONE = "gone"
    REFUSED = "refused"


@dataclass(frozen=True)
class Sent:
    """A fate; for WAIT how many seconds the channel told us to keep silent, for SENT its own number of the message."""

    fate: Fate
    seconds: float = 0.0
    number: str | None = None


class Carrier(Protocol):
    """A channel that can carry a rendered message to an address."""

    name: str

    async def carry(self, address: str, said: texts.Said, picture: bytes | None = None) -> Sent:
        """Try once, with a PNG where one belongs to the words. Never raises for what channel or network do."""

    async def edit(self, address: str, number: str, said: texts.Said) -> Sent:
        """Let a message that the channel took under a number read so. Never raises, as `carry`."""


@dataclass
class Pace:
    """Token buckets: `per_second` for everybody, and a small burst then `chat_per_second` for one chat."""

    per_second: float = 28.0
    chat_per_second: float = 1.0
    chat_burst: float = 4.0

    def __post_init__(self) -> None:
        self._all: tuple[float, datetime | None] = (self.per_second, None)
        self._chats: dict[str, tuple[float, datetime]] = {}

    def budget(self, now: datetime) -> int:
        """How many messages may go now in all."""
        self._all = (_refill(self._all, now, self.per_second, self.per_second), now)
        return int(self._all[0])

    def may(self, chat: str, now: datetime) -> bool:
        """Whether one more may go to this chat now."""
        known = self._chats.get(chat, (self.chat_burst, now))
        self._chats[chat] = (_refill(known, now, self.chat_per_second, self.chat_burst), now)
        return self._chats[chat][0] >= 1

    def spend(self, chat: str, now: datetime) -> None:
        """Count one message to this chat."""
        self._all = (self._all[0] - 1, self._all[1])
        left, since = self._chats.get(chat, (self.chat_burst, now))
        self._chats[chat] = (left - 1, since)
        if len(self._chats) > 10_000:
            self._chats = {name: kept for name, kept in self._chats.items() if kept[0] < self.chat_burst}


def _refill(bucket: tuple[float, datetime | None], now: datetime, rate: float, most: float) -> float:
    left, since = bucket
    if since is None:
        return most
    return min(most, left + max((now - since).total_seconds(), 0.0) * rate)


class Sender:
    """One per channel and token; `on_duty` tells whether it is this one. `round` does what may be done at a moment;
    `run` repeats it until stopped."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        carrier: Carrier,
        pace: Pace | None = None,
        standing: Mapping[str, str] | None = None,
    ) -> None:
        """`standing`: arguments every text may use, such as the address of the web page."""
        self._database, self._vault, self._carrier = database, vault, carrier
        self._pace, self._standing = pace or Pace(), dict(standing or {})
        self._silent_until: datetime | None = None
        self._unmarked: list[tuple[Letter, Sent]] = []
        self._one_round = asyncio.Lock()
        self._woken = asyncio.Event()
        self.on_duty: Callable[[datetime], bool] = lambda _: True

    def wake(self) -> None:
        """There may be something new to send."""
        self._woken.set()

    async def run(self, now: Callable[[], datetime], stopping: asyncio.Event) -> None:
        """Send until told to stop; a failing database only makes it wait."""
        while self._unmarked or not stopping.is_set():
            self._woken.clear()
            try:
                busy = await self.round(now())
            except SQLAlchemyError as error:
                LOG.error("outbox not reachable: %s", type(error).__name__)
                busy = False
            if not busy:
                try:
                    await asyncio.wait_for(self._woken.wait(), IDLE_SECONDS)
                except TimeoutError:
                    continue

    async def round(self, now: datetime) -> bool:
        """Send what may go at `now`. True: something was sent and more may be waiting.

        What was sent and could not be marked is marked before anything else is sent: it would be said twice.
        """
        async with self._one_round:
            return await self._round(now)

    async def _round(self, now: datetime) -> bool:
        if self._unmarked:
            await asyncio.to_thread(self._settle, now)
        if self._silent_until is not None and now < self._silent_until:
            return False
        letters = await asyncio.to_thread(self._take, now)
        if not letters:
            return False
        began = time.monotonic()
        fates = await asyncio.gather(*(self._carry(letter) for letter in letters))
        # A wait we are told begins with the answer, not when we asked.
        now += timedelta(seconds=time.monotonic() - began)
        self._unmarked = list(zip(letters, fates, strict=True))
        await asyncio.to_thread(self._settle, now)
        return any(fate.fate is Fate.SENT for fate in fates)

    def _take(self, now: datetime) -> list[Letter]:
        if not self.on_duty(now):
            return []
        budget = min(self._pace.budget(now), BATCH)
        if budget < 1:
            return []
        with self._database.begin() as session:
            work = Work(session, self._vault, now)
            letters = sending.take(work, self._carrier.name, budget)
            ready = [letter for letter in letters if self._pace.may(letter.conversation, now)]
            for letter in letters:
                if letter not in ready:
                    sending.wait(work, letter, now + timedelta(seconds=1 / self._pace.chat_per_second))
        for letter in ready:
            self._pace.spend(letter.conversation, now)
        return ready

    async def _carry(self, letter: Letter) -> Sent:
        try:
            said = texts.render(letter.key, {**self._standing, **letter.args})
            if letter.edits is not None:
                return await self._carrier.edit(letter.address, letter.edits, said)
            return await self._carrier.carry(letter.address, said, pictures.of(letter.key, letter.args))
        except (LookupError, ValueError, TypeError) as error:
            # One message that cannot be worded or encoded must not end the sending of all others.
            LOG.error("message %s cannot be carried: %s", letter.id, type(error).__name__)
            return Sent(Fate.REFUSED)

    def _settle(self, now: datetime) -> None:
        with self._database.begin() as session:
            work = Work(session, self._vault, now)
            for letter, result in self._unmarked:
                if result.fate is Fate.SENT:
                    sending.sent(work, letter, result.number)
                elif result.fate is Fate.GONE:
                    sending.unreachable(work, letter)
                elif result.fate is Fate.REFUSED:
                    sending.refused(work, letter)
                elif result.fate is Fate.WAIT:
                    over = now + timedelta(seconds=result.seconds)
                    self._silent_until = max(over, self._silent_until or over)
                    sending.wait(work, letter, over)
                else:
                    sending.again(work, letter, unsure=result.fate is Fate.UNSURE)
        for _, result in self._unmarked:
            SENDS.labels(result.fate.value).inc()
        self._unmarked = []
