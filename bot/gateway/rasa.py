"""The client of the Rasa server, and how its failures look: every one is the same, "no understanding now"."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

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
