"""The client of the Rasa server, and how its failures look: every one is the same, "no understanding now"."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

import httpx

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


class Rasa:
    """One HTTP client for the REST door of Rasa on loopback."""

    def __init__(self, url: str, token: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(PATIENCE_SECONDS, connect=1.0),
            verify=False,  # noqa: S501 - plain HTTP on loopback: there is no certificate to look at
            transport=transport,
            trust_env=False,
        )
        self.answered = False
        self._patience = PATIENCE_SECONDS

    async def say(self, sender: str, message: str, inbox_id: int) -> Understood:
        """Send one masked message. Raises RasaSilent on refusal, timeout, error, rubbish or an empty answer body."""
        with RASA_SECONDS.time(), RASA_SILENT.count_exceptions(RasaSilent):
            return await self._say(sender, message, inbox_id)

    async def _say(self, sender: str, message: str, inbox_id: int) -> Understood:
        payload = {"sender": sender, "message": message, "metadata": {"message": inbox_id}}
        try:
            # httpx counts its own patience anew with every byte.
            async with asyncio.timeout(self._patience):
                answer = json.loads(await self._ask(payload))
            keys = tuple(str(part["custom"]["say"]) for part in answer if "say" in part.get("custom", {}))
        except (httpx.HTTPError, TimeoutError) as error:
            self._patience = AFTER_SILENCE_SECONDS
            raise RasaSilent(type(error).__name__) from None
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise RasaSilent("not an answer") from None
        self.answered, self._patience = True, PATIENCE_SECONDS
        return Understood(keys)

    async def _ask(self, payload: Mapping[str, object]) -> bytes:
        async with self._client.stream("POST", "/webhooks/rest/webhook", json=payload) as response:
            if response.status_code != 200:
                raise RasaSilent(f"status {response.status_code}")
            body = b""
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > LONGEST_ANSWER:
                    raise RasaSilent("answer too long")
        return body

    async def ready(self) -> bool:
        """Whether Rasa answers at all."""
        try:
            return (await self._client.get("/", timeout=1.0)).status_code == 200
        except httpx.HTTPError:
            return False

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


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
