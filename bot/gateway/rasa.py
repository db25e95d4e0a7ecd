"""The client of the Rasa server, and how its failures look: every one is the same, "no understanding now"."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from zlib import crc32

import aiohttp

PATIENCE_SECONDS = 4.0  # for the whole answer: the person hears us within 5, whatever Rasa does
AFTER_SILENCE_SECONDS = (
    0.5  # until it answers again: whoever waits behind a message Rasa hung on is not kept waiting twice
)
LONGEST_ANSWER = 256 * 1024


@dataclass(frozen=True)
class Understood:
    """What Rasa said: text keys of stateless replies, in order. Services may have said more by themselves."""

    keys: tuple[str, ...] = field(default=())


class RasaSilent(Exception):
    """Rasa gave no usable answer in time. The reason is a word for logs and metrics, never content.

    `unheard`: the message did not reach it, so that another one may be asked.
    """

    def __init__(self, reason: str, *, unheard: bool = False) -> None:
        super().__init__(reason)
        self.unheard = unheard


class Understanding(Protocol):
    """Whatever tells what words mean: one Rasa, or several."""

    @property
    def answered(self) -> bool:
        """Whether it ever answered."""

    async def say(self, sender: str, message: str, inbox_id: int) -> Understood:
        """Send one masked message. Raises RasaSilent."""

    async def ready(self) -> bool:
        """Whether it answers at all."""

    async def close(self) -> None:
        """Close the connections."""


Post = Callable[[bytes], Awaitable[tuple[int, bytes]]]
"""Sends one JSON body to the REST door; the status and the body of the answer. Raises what `FAILURES` names."""
FAILURES = (aiohttp.ClientError, OSError, TimeoutError)


class Rasa:
    """One HTTP client for the REST door of Rasa on loopback; `post` stands in for it in tests."""

    def __init__(self, url: str, token: str, post: Post | None = None) -> None:
        self._url, self._token = url.rstrip("/"), token
        self._post = post or self._over_http
        self._client: aiohttp.ClientSession | None = None
        self.answered = False
        self._patience = PATIENCE_SECONDS

    async def say(self, sender: str, message: str, inbox_id: int) -> Understood:
        """Send one masked message. Raises RasaSilent on refusal, timeout, error, rubbish or an empty answer body."""
        body = json.dumps({"sender": sender, "message": message, "metadata": {"message": inbox_id}}).encode()
        try:
            async with asyncio.timeout(self._patience):
                status, said = await self._post(body)
            if status != 200:
                raise RasaSilent(f"status {status}")
            keys = tuple(str(part["custom"]["say"]) for part in json.loads(said) if "say" in part.get("custom", {}))
        except FAILURES as error:
            self._patience = AFTER_SILENCE_SECONDS
            unheard = isinstance(error, aiohttp.ClientConnectorError)
            raise RasaSilent(type(error).__name__, unheard=unheard) from None
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise RasaSilent("not an answer") from None
        self.answered, self._patience = True, PATIENCE_SECONDS
        return Understood(keys)

    async def _over_http(self, body: bytes) -> tuple[int, bytes]:
        async with self._session().post("/webhooks/rest/webhook", data=body) as response:
            said = b""
            async for piece in response.content.iter_any():
                said += piece
                if len(said) > LONGEST_ANSWER:
                    raise RasaSilent("answer too long")
            return response.status, said

    def _session(self) -> aiohttp.ClientSession:
        """Made on first use: it belongs to the loop it is made in."""
        if self._client is None:
            self._client = aiohttp.ClientSession(
                self._url,
                headers={"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"},
                timeout=aiohttp.ClientTimeout(total=PATIENCE_SECONDS, connect=1.0),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._client

    async def ready(self) -> bool:
        """Whether Rasa answers at all."""
        try:
            async with self._session().get("/", timeout=aiohttp.ClientTimeout(total=1.0)) as response:
                return response.status == 200
        except FAILURES:
            return False

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.close()


class Replicas:
    """Several Rasas. A talk stays with the one its id points to, which holds its memory; when that one is not there,
    the next one reads our drafts, as after a restart."""

    def __init__(self, each: Sequence[Understanding]) -> None:
        self._each = each

    @property
    def answered(self) -> bool:
        """Whether one of them ever answered."""
        return any(one.answered for one in self._each)

    async def say(self, sender: str, message: str, inbox_id: int) -> Understood:
        """Ask the Rasa of this sender, then, as long as nobody has heard the message, the others."""
        first = crc32(sender.partition(".")[0].encode()) % len(self._each)
        for at in range(len(self._each)):
            try:
                return await self._each[(first + at) % len(self._each)].say(sender, message, inbox_id)
            except RasaSilent as silence:
                if not silence.unheard or at + 1 == len(self._each):
                    raise
        raise RasaSilent("there is none")

    async def ready(self) -> bool:
        """Whether one of them answers."""
        return any(await asyncio.gather(*(one.ready() for one in self._each)))

    async def close(self) -> None:
        """Close all connections."""
        await asyncio.gather(*(one.close() for one in self._each))


def rasa_at(urls: Sequence[str], token: str) -> Understanding:
    """The client for these addresses."""
    each = [Rasa(url, token) for url in urls]
    return each[0] if len(each) == 1 else Replicas(each)
