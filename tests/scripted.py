"""A Rasa that answers as a test tells it to, without a network."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable

import httpx

from bot.gateway.rasa import Rasa

Answer = Callable[[httpx.Request], httpx.Response | Awaitable[httpx.Response]]
ADDRESS = "http://rasa.test/webhooks/rest/webhook"


def rasa_that(answer: Answer) -> Rasa:
    """A client whose server is this function; what it raises is what the network did."""

    async def post(body: bytes) -> tuple[int, bytes]:
        request = httpx.Request("POST", ADDRESS, content=body)
        try:
            found = answer(request)
            response = await found if inspect.isawaitable(found) else found
            return response.status_code, await response.aread()
        except httpx.HTTPError as error:
            raise OSError(type(error).__name__) from None

    return Rasa("http://rasa.test", "token", post)
