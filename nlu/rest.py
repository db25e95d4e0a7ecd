"""The REST channel, opened to the gateway only: every call needs the shared token, and no text is a payload."""

from __future__ import annotations

import hmac
from typing import Any, Awaitable, Callable, Dict, Optional, Text

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint, response
from sanic.request import Request


class GatewayOnly(RestInput):
    """Rasa's REST channel under its usual path, refusing whoever does not hold the token."""

    def __init__(self, token: Text) -> None:
        self._token = token

    @classmethod
    def name(cls) -> Text:
        """Path segment of the channel: /webhooks/rest."""
        return "rest"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> InputChannel:
        """Build from credentials.yml. Raises ValueError when the token is missing: an open door is no default."""
        token = str((credentials or {}).get("token") or "")
        if not token or token.startswith("${"):
            raise ValueError("credentials.yml: set HUTONG_RASA_TOKEN, the secret shared with the gateway")
        return cls(token)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[None]]) -> Blueprint:
        """The channel's endpoints behind the token check."""
        endpoints = super().blueprint(on_new_message)

        @endpoints.middleware("request")
        async def only_the_gateway(request: Request) -> Any:
            given = request.headers.get("authorization", "").partition("Bearer ")[2]
            if not hmac.compare_digest(given.encode(), self._token.encode()):
                return response.json({"error": "unauthorized"}, status=401)
            return None

        return endpoints

    def _extract_message(self, req: Request) -> Optional[Text]:
        """The message; one that begins with a slash would be taken as an intent and is disarmed."""
        text = super()._extract_message(req)
        return f" {text}" if text is not None and text.startswith("/") else text
