"""The client of the Rasa server, and how its failures look: every one is the same, "no understanding now"."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

import aiohttp

from bot.gateway.metrics import RASA_SECONDS, RASA_SILENT

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
    """Rasa gave no usable answer in time. The reason is a word for logs and metrics, never content."""


class Understanding(Protocol):
    """Whoever understands masked words: one Rasa, or several."""

    @property
    def answered(self) -> bool:
        """Whether it ever answered; until then it is starting."""

    async def say(self, sender: str, message: str, inbox_id: int) -> Understood:
        """Send one masked message. Raises RasaSilent."""


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
        with RASA_SECONDS.time(), RASA_SILENT.count_exceptions(RasaSilent):
            return await self._say(sender, message, inbox_id)

    async def _say(self, sender: str, message: str, inbox_id: int) -> Understood:
        body = json.dumps({"sender": sender, "message": message, "metadata": {"message": inbox_id}}).encode()
        try:
            async with asyncio.timeout(self._patience):
                status, said = await self._post(body)
            if status != 200:
                raise RasaSilent(f"status {status}")
            keys = tuple(str(part["custom"]["say"]) for part in json.loads(said) if "say" in part.get("custom", {}))
        except FAILURES as error:
            self._patience = AFTER_SILENCE_SECONDS
            raise RasaSilent(type(error).__name__) from None
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
    """Several Rasas, each conversation always at the same one: its memory of the talk is there and nowhere else.

    While that one is away its talks go on in degraded mode, as with a single Rasa, and the others notice nothing. To go
    to a neighbour instead would leave the first with an old memory for its return.
    """

    def __init__(self, rasas: list[Rasa]) -> None:
        self._rasas = rasas

    def of(self, sender: str) -> Rasa:
        """The one a conversation belongs to: `sender` is `<conversation>.<episode>`. The same in every process."""
        talk = sender.partition(".")[0].encode()
        return self._rasas[int.from_bytes(sha256(talk).digest()[:8], "big") % len(self._rasas)]

    @property
    def answered(self) -> bool:
        """Whether all of them ever answered."""
        return all(rasa.answered for rasa in self._rasas)

    async def say(self, sender: str, message: str, inbox_id: int) -> Understood:
        """As Rasa.say, at the conversation's own."""
        return await self.of(sender).say(sender, message, inbox_id)

    async def ready(self) -> bool:
        """Whether all of them answer."""
        return all(await asyncio.gather(*(rasa.ready() for rasa in self._rasas)))

    async def close(self) -> None:
        """Close the connections."""
        for rasa in self._rasas:
            await rasa.close()
