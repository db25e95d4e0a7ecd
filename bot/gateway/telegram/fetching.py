"""Fetching a photo, recording or file from Telegram: bounded in bytes and time; its address, which holds the token,
stands in no log and in no error."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import httpx
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ExtBot

from bot.gateway.media.settling import NotThere, TryLater
from bot.services.reporting.evidence import MOST_BYTES

PATIENCE_SECONDS = 60.0


class Fetching:
    """Downloads by file id. Raises NotThere when Telegram will never give it, TryLater for everything else."""

    def __init__(self, bot: ExtBot[None]) -> None:
        self._bot = bot
        self._client = httpx.AsyncClient(timeout=httpx.Timeout(15.0))

    async def __call__(self, source: Mapping[str, str]) -> bytes:
        """The bytes of one file."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await self._download(await self._address(source.get("id", "")))
        except (TimeoutError, httpx.HTTPError):
            raise TryLater from None

    async def _address(self, file_id: str) -> str:
        try:
            found = await self._bot.get_file(file_id)
        except BadRequest as error:
            raise NotThere("big" if "too big" in str(error).lower() else "gone") from None
        except Forbidden:
            raise NotThere from None
        except TelegramError:
            raise TryLater from None
        if not found.file_path or not found.file_path.startswith(("http://", "https://")):
            raise NotThere
        return found.file_path

    async def _download(self, address: str) -> bytes:
        pieces, size = [], 0
        async with self._client.stream("GET", address) as answer:
            if answer.status_code == 404:
                raise NotThere
            if answer.status_code != 200:
                raise TryLater
            async for piece in answer.aiter_bytes():
                size += len(piece)
                if size > MOST_BYTES:
                    raise NotThere("big")
                pieces.append(piece)
        return b"".join(pieces)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()
