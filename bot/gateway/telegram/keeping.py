"""The durable end of polling: everything fetched is committed before Telegram may forget it.

PTB acknowledges updates by asking for the next offset, and one update it cannot parse stops polling for everybody.
So the raw batch is kept right where it comes in, in one transaction; PTB itself only ever sees update ids.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot import texts
from bot.gateway.telegram.carrier import UNREADABLE
from bot.gateway.telegram.updates import Incoming, boil_down, usable_id
from bot.reading import danger
from bot.services import conversations
from bot.services.mail import arriving, mailbox
from bot.services.work import Work
from bot.storage.crypto import Vault
from bot.storage.database import Database
from bot.storage.once import anew

LOG = logging.getLogger("hutong.telegram")
WARN_EVERY_SECONDS = 60.0
SAY_NUMBERS_AFTER_SECONDS = 1.0
TRY_AGAIN_SECONDS = 1.0
NOTHING_AGAIN_SECONDS = 0.2
LONGEST_UNPARSED = 20_000
_DECODER = json.JSONDecoder()
_START = re.compile(r'\{\s*"update_id"\s*:')
_ID = re.compile(r'"update_id"\s*:\s*(-?\d{1,20})')


@dataclass(frozen=True)
class Waiting:
    """A kept update to process: at once, or not before a moment, so that those written before it can arrive."""

    id: int
    conversation: str
    not_before: datetime | None


@dataclass(frozen=True)
class Kept:
    """What became of a batch: update ids to acknowledge, what was understood, what is to be processed."""

    ids: list[int]
    understood: list[Incoming]
    waiting: list[Waiting]


class Keeper:
    """Keeps batches of raw updates. `arrived` is called with (inbox id, conversation) of each to process."""

    def __init__(self, database: Database, vault: Vault, now: Callable[[], datetime]) -> None:
        self._database, self._vault, self._now = database, vault, now
        self.arrived: Callable[[int, str], None] = lambda _id, _conversation: None

    def begin(self, waits: Waiting) -> None:
        """Let a kept update be processed when its moment has come."""
        if waits.not_before is None:
            self.arrived(waits.id, waits.conversation)
            return
        seconds = (waits.not_before - self._now()).total_seconds()
        asyncio.get_running_loop().call_later(seconds, self.arrived, waits.id, waits.conversation)

    def keep(self, batch: list[Any], *, in_order: bool = True) -> Kept:
        """Commit a batch. `in_order`: nothing of before can still be on its way (polling, not webhooks).

        Raises SQLAlchemyError when nothing could be committed: then nothing may be acknowledged.
        """
        # Another gateway may keep the same update, or meet the same person, in this moment.
        return anew(lambda: self._keep(batch, in_order))

    def _keep(self, batch: list[Any], in_order: bool) -> Kept:
        with self._database.begin() as session:
            if not in_order:
                arriving.one_after_another(session)
            # Read behind the queue: moments of receipt then follow one another as the updates become visible.
            work = Work(session, self._vault, self._now())
            understood = [boil_down(update) for update in batch]
            chats = {one.chat for one in understood if one is not None and one.chat is not None}
            talks = conversations.for_chats(work, "telegram", chats)
            rows: list[mailbox.NewRow] = []
            sooner: list[Waiting] = []
            for update, one in zip(batch, understood, strict=True):
                talk = talks.get(one.chat) if one is not None and one.chat else None
                raw = one.raw if one is not None else {"malformed": repr(update)[:LONGEST_UNPARSED]}
                position, until = usable_id(update), None
                if position is not None and not in_order:
                    until = arriving.waits_until(work, position)
                    freed = arriving.let_follow(work, position, until)
                    sooner += [Waiting(row.id, str(row.conversation), row.claimed_until) for row in freed]
                    until = None if _is_danger(raw) else until
                rows.append(mailbox.NewRow(_key(update), raw, talk, one is None, position, until))
            fresh = mailbox.keep_many(work, "telegram", rows)
        new = [Waiting(inbox_id, row.conversation, row.not_before) for inbox_id, row in fresh if row.conversation]
        ids = [one for one in map(usable_id, batch) if one is not None]
        return Kept(ids, [one for one in understood if one is not None], new + sooner)


def _is_danger(raw: dict[str, Any]) -> bool:
    return danger.read(str(raw.get("text") or "")).level == "emergency"


def _key(update: Any) -> str:
    """The natural key of an update: its id, or for one without a usable id a digest of what it is."""
    found = usable_id(update)
    if found is not None:
        return arriving.key(found)
    return f"tg:bad:{sha256(repr(update).encode('utf-8', 'replace')).hexdigest()}"


class KeepingBot(ExtBot[None]):
    """PTB's bot, with the fetched batch kept before anybody sees it."""

    def __init__(self, token: str, api: str, keeper: Keeper) -> None:
        """`api`: base address of the Bot API."""
        patient = TolerantRequest(connection_pool_size=1)
        super().__init__(
            token=token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=HTTPXRequest(connection_pool_size=32),
            get_updates_request=patient,
        )
        self._keeper = keeper
        self._warned: dict[tuple[str, str], float] = {}
        self._answers: set[asyncio.Task[bool]] = set()

    async def _post(self, endpoint: str, *args: Any, **kwargs: Any) -> Any:
        asked = time.monotonic()
        result = await super()._post(endpoint, *args, **kwargs)
        if endpoint == "getMe" and isinstance(result, dict):
            result.setdefault("is_bot", True)  # who answers this is one; PTB does without no field
        if endpoint != "getUpdates" or not isinstance(result, list):
            return result
        return await self._keep(result, asked)

    async def _keep(self, batch: list[Any], asked: float) -> list[dict[str, int]]:
        if not batch:
            # Telegram holds the line until something comes. What answers "nothing" at once would be asked without end.
            await asyncio.sleep(asked + NOTHING_AGAIN_SECONDS - time.monotonic())
            return []
        began = time.monotonic()
        kept = await self._kept(batch, in_order=True)
        if kept is None:
            # With nothing returned PTB asks for the same again. An error would make it wait, each time longer up to
            # half a minute, and who writes meanwhile of danger with it.
            await asyncio.sleep(began + TRY_AGAIN_SECONDS - time.monotonic())
            return []
        return [{"update_id": one} for one in sorted(kept.ids)]

    async def brought(self, update: Any) -> bool:
        """Keep one update a webhook brought. False: it could not be kept and must be brought again."""
        return await self._kept([update], in_order=False) is not None

    async def _kept(self, batch: list[Any], *, in_order: bool) -> Kept | None:
        keeping = asyncio.create_task(asyncio.to_thread(self._keeper.keep, batch, in_order=in_order))
        await asyncio.wait({keeping}, timeout=SAY_NUMBERS_AFTER_SECONDS)
        if not keeping.done():
            await self._say_numbers(batch, "danger.other")
        try:
            kept = await keeping
        except SQLAlchemyError as error:
            LOG.error("updates could not be kept (%s): not acknowledged", type(error).__name__)
            await self._say_numbers(batch, "danger.cannot_store")
            return None
        for waits in kept.waiting:
            self._keeper.begin(waits)
        for one in kept.understood:
            if one.callback is not None:
                self._answer_soon(one.callback)
        return kept

    def _answer_soon(self, callback: str) -> None:
        """Let the phone's button stop spinning; what it did is already kept."""
        task = asyncio.create_task(self._answer(callback))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _answer(self, callback: str) -> bool:
        try:
            return await self.answer_callback_query(callback)
        except (TelegramError, *UNREADABLE):
            return False

    async def _say_numbers(self, batch: list[Any], key: str) -> None:
        """Nothing can be kept (yet): who writes of danger hears the numbers all the same, once a minute."""
        now = time.monotonic()
        chats = set()
        for one in map(boil_down, batch):
            if one is None or one.chat is None or danger.read(str(one.raw.get("text", ""))).level != "emergency":
                continue
            if now - self._warned.get((one.chat, key), -WARN_EVERY_SECONDS) >= WARN_EVERY_SECONDS:
                self._warned[(one.chat, key)] = now
                chats.add(one.chat)
        await asyncio.gather(*(self._say_at_once(chat, key) for chat in chats))

    async def _say_at_once(self, chat: str, key: str) -> None:
        try:
            await self.send_message(chat, texts.phrase(key))
        except (TelegramError, *UNREADABLE) as error:
            LOG.error("the numbers could not be sent: %s", type(error).__name__)


class TolerantRequest(HTTPXRequest):
    """Reads a batch update by update when it cannot be read whole; never writes a payload to a log."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """The parsed answer. An update that cannot be parsed becomes {"update_id": n, "unparsed": text}."""
        text = payload.decode("utf-8", "replace")
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            starts = [found.start() for found in _START.finditer(text)]
            if not starts:
                raise TelegramError("the answer is not JSON") from None
        pieces = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
        return {"ok": True, "result": [update for piece in pieces for update in _updates(piece)]}


def _updates(piece: str) -> list[Any]:
    """The update a piece of text begins with, and what follows it without an id of its own (the next poison)."""
    try:
        update, end = _DECODER.raw_decode(piece)
    except (ValueError, RecursionError):
        found = _ID.search(piece)
        return [{"update_id": int(found[1]) if found else None, "unparsed": piece[:LONGEST_UNPARSED]}]
    rest = piece[end:].strip(",]} \r\n\t")
    return [update, {"unparsed": rest[:LONGEST_UNPARSED]}] if rest else [update]


class DurableQueue(asyncio.Queue[object]):
    """PTB's `update_queue`: what is put here is already committed and on its way, so there is nothing to hold."""

    async def put(self, item: object) -> None:
        """Accept a kept update."""
        if not isinstance(item, Update):
            raise TypeError("only updates come here")
