"""Rasa's only door: REST on loopback with a bearer token.

Rasa's own REST channel asks nobody who they are, takes a message that begins with "/" for a direct intent, answers
200 when everything failed, and logs the text of the message that failed.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from sanic import Blueprint, Request
from sanic.response import HTTPResponse, json

LOG = logging.getLogger("hutong.nlu")
HARMLESS_SLASH = "／"
LONGEST_MESSAGE = 2000


class GuardedRest(InputChannel):
    """POST {sender, message, metadata} to /webhooks/rest/webhook; answers with the list of what was said."""

    def __init__(self, token: str) -> None:
        self._expected = f"Bearer {token}".encode()

    @classmethod
    def name(cls) -> str:
        """The part of the address that names the channel."""
        return "rest"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> GuardedRest:
        """From credentials.yml. Without a token there is no door."""
        token = str((credentials or {}).get("token") or "")
        if not token:
            raise ValueError("credentials.yml: the REST channel needs a token (HUTONG_RASA_TOKEN)")
        return cls(token)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The one route of this channel."""
        door = Blueprint("guarded_rest")

        @door.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            given = request.headers.get("authorization", "").encode()
            if not hmac.compare_digest(given, self._expected):
                return json({"error": "unauthorized"}, status=401)
            message = _read(request.json, self.name())
            if message is None:
                return json({"error": "sender and message must be texts"}, status=400)
            try:
                await on_new_message(message)
            except Exception as error:  # noqa: BLE001 - the boundary: the kind of failure is told, its content is not
                LOG.error("a message failed: %s", type(error).__name__)
                return json({"error": "failed"}, status=500)
            return json(message.output_channel.messages)

        return door


def _read(body: Any, channel: str) -> UserMessage | None:
    """The message in a request body; None when it is not one."""
    if not isinstance(body, dict):
        return None
    sender, text, metadata = body.get("sender"), body.get("message"), body.get("metadata") or {}
    if not (isinstance(sender, str) and sender and isinstance(text, str) and isinstance(metadata, dict)):
        return None
    return UserMessage(inert(text), CollectingOutputChannel(), sender, input_channel=channel, metadata=metadata)


def inert(text: str) -> str:
    """The text without Rasa's direct-intent prefix. Rasa strips spaces before it looks, so a space is no help."""
    plain = text[:LONGEST_MESSAGE].strip()
    return HARMLESS_SLASH + plain[1:] if plain.startswith(INTENT_MESSAGE_PREFIX) else plain
