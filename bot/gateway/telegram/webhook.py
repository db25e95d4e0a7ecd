"""The door Telegram brings updates to: nobody without the two secrets enters, and 200 is only said of what is kept."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any

from fastapi import APIRouter, Request, Response
from telegram.error import TelegramError

from bot.gateway.telegram.keeping import TolerantRequest
from bot.gateway.web import limits
from bot.gateway.web.problems import Problem, read_body

HEADER = "X-Telegram-Bot-Api-Secret-Token"
Take = Callable[[Any], Awaitable[bool]]
"""Keeps one raw update; False: it could not be kept, Telegram must bring it again."""


def secrets(token: str) -> tuple[str, str]:
    """The secret part of the path and the secret header. Made from the bot's token, so that every gateway of one bot
    knows the same two and nobody has to hand them around."""
    made = hmac.new(token.encode(), b"hutong webhook", sha256).hexdigest()
    return made[:32], made[32:]


def path(token: str) -> str:
    """Where Telegram brings updates to, below the public address."""
    return f"/telegram/{secrets(token)[0]}"


def routes(token: str, take: Take) -> APIRouter:
    """The door's one route. A stranger sees what is shown for any page that does not exist."""
    router, header = APIRouter(), secrets(token)[1]

    async def bring(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(HEADER, "").encode(), header.encode()):
            raise Problem(404, "web.no_page")
        update = _one(await read_body(request, limits.UPDATE_BYTES))
        return Response(status_code=200 if await take(update) else 503)

    router.add_api_route(path(token), bring, methods=["POST"], include_in_schema=False)
    return router


def _one(body: bytes) -> Any:
    """The update, or what takes its place when it cannot be read: rubbish is kept aside too, not refused for ever."""
    try:
        found = TolerantRequest.parse_json_payload(body)
    except TelegramError:
        return {"unparsed": body.decode("utf-8", "replace")}
    # What had to be read piece by piece comes back as a batch.
    return found["result"][0] if isinstance(found, dict) and "update_id" not in found and found.get("result") else found
