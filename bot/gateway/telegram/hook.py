"""The door Telegram calls in webhook mode: kept before the 200 that lets Telegram forget, on whichever gateway.

Telegram sends the updates of one chat one after the other, each after the last one's 200, so their order stands
however many gateways there are. It asks again after anything but 200: that is how a database that is away is survived.
"""

from __future__ import annotations

import hmac

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from bot.gateway.telegram.keeping import KeepingBot, updates_in
from bot.gateway.web.problems import read_body
from bot.storage.crypto import Vault

WAY = "/telegram"
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of a header
UPDATE_BYTES = 1024 * 1024


def secret_of(vault: Vault, token: str) -> str:
    """What Telegram has to show at our door: the same on every gateway, known to nobody who has not our keys."""
    return vault.blind("telegram webhook", token)


class Hook:
    """The door of one gateway."""

    def __init__(self, bot: KeepingBot, secret: str) -> None:
        self._bot, self._secret = bot, secret

    def join(self, site: FastAPI) -> None:
        """Put the door into the site; it is no part of the API that others may use."""
        site.add_api_route(WAY, self.take, methods=["POST"], include_in_schema=False)

    async def take(self, request: Request) -> Response:
        """Keep one update. 200: kept (or set aside); 404: not Telegram; 503: not kept, to be brought again."""
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self._secret.encode()):
            return Response(status_code=404)
        text = (await read_body(request, UPDATE_BYTES)).decode("utf-8", "replace")
        kept = await self._bot.take(updates_in(text))
        return Response(status_code=503 if kept is None else 200)
