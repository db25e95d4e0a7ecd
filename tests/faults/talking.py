"""What the tests of this folder talk through: the web door and the Telegram door, in this process, over one world."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path as Folder

import httpx
import pytest

from bot.gateway.conversation import Path
from bot.gateway.telegram import Telegram
from bot.gateway.web.chat import Chat
from bot.gateway.web.hub import Hub
from bot.gateway.web.site import make_site
from bot.settings import load
from tests.builders import World
from tests.faults.fake_bot_api import TOKEN, FakeTelegram
from tests.scripted import rasa_that

Answer = Callable[[httpx.Request], httpx.Response]
LOOKS = 4000
"""Looks are counted and not seconds: while this process stands still, nothing else in it gets on either."""
# For what takes long and does not depend on which database it is.
ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def away(request: httpx.Request) -> httpx.Response:
    """A Rasa that is not there."""
    raise httpx.ConnectError("away", request=request)


def path_of(world: World, answer: Answer = away) -> Path:
    """The path of a message with a Rasa that answers as told."""
    return Path(world.database, world.vault, rasa_that(answer), world.now)


class Browser:
    """A client of the chat API with one conversation."""

    def __init__(self, client: httpx.AsyncClient, conversation: str, token: str) -> None:
        self.client, self.conversation = client, conversation
        self.where = f"/api/conversations/{conversation}/messages"
        self.headers = {"Authorization": f"Bearer {token}"}

    async def post(self, body: object, key: str | None = None) -> httpx.Response:
        """Send one message."""
        headers = {**self.headers, **({"Idempotency-Key": key} if key else {})}
        return await self.client.post(self.where, json=body, headers=headers)

    async def say(self, text: str) -> list[str]:
        """Write; returns the texts of the replies."""
        answer = await self.post({"text": text})
        assert answer.status_code == 200, answer.text
        return [reply["text"] for reply in answer.json()["replies"]]

    async def tap(self, value: str) -> list[str]:
        """Tap; returns the texts of the replies."""
        answer = await self.post({"choice": value})
        assert answer.status_code == 200, answer.text
        return [reply["text"] for reply in answer.json()["replies"]]

    async def picture(self, message: int) -> httpx.Response:
        """The picture of a message."""
        return await self.client.get(f"{self.where}/{message}/picture", headers=self.headers)

    async def look(self) -> list[str]:
        """Everything said to this conversation."""
        answer = await self.client.get(self.where, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return [message["text"] for message in answer.json()["messages"]]


@asynccontextmanager
async def web(world: World, answer: Answer = away) -> AsyncIterator[Callable[[], object]]:
    """The chat API in this process; gives a function that opens a conversation."""

    async def ready() -> dict[str, str]:
        return {}

    site = make_site(Chat(world.database, world.vault, path_of(world, answer), Hub(world.database), world.now), ready)
    transport = httpx.ASGITransport(site, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:

        async def arrive() -> Browser:
            opened = (await client.post("/api/conversations")).json()
            return Browser(client, opened["conversation"], opened["token"])

        yield arrive


def hooked_up(world: World, folder: Folder, api: FakeTelegram, answer: Answer = away) -> Telegram:
    """A Telegram channel of this process on a Bot API, not started yet."""
    settings = load({"HUTONG_TELEGRAM_TOKEN": TOKEN, "HUTONG_TELEGRAM_API": api.url, "HUTONG_VAR_DIR": str(folder)})
    way = path_of(world, answer)
    found = Telegram(settings, world.database, world.vault, way, world.now)
    way.posted = found.sender.wake
    return found


@asynccontextmanager
async def telegram(world: World, folder: Folder, answer: Answer = away) -> AsyncIterator[tuple[Telegram, FakeTelegram]]:
    """The Telegram channel in this process beside its fake Bot API."""
    api = FakeTelegram()
    found = hooked_up(world, folder, api, answer)
    await found.start()
    try:
        yield found, api
    finally:
        await found.stop()
        api.close()


async def until(
    holds: Callable[[], object], otherwise: str = "it did not happen", passing: World | None = None
) -> None:
    """Look until it holds; what another thread or process does takes real time, however much of it.

    With `passing` a quarter of a second of that world's time passes at each look: what is put off by its clock, as a
    send that failed is, would else be waited for in vain.
    """
    for _ in range(LOOKS):
        if holds():
            return
        if passing is not None:
            passing.now.forward(seconds=0.25)  # type: ignore[attr-defined]
        await asyncio.sleep(0.025)
    raise AssertionError(otherwise)
