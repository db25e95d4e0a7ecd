"""What a request to the chat API holds: who asks, from where on, and one message as the path knows it."""

from __future__ import annotations

import json
from typing import Any

from fastapi import Request

from bot.gateway.web import limits, schemas
from bot.gateway.web.problems import Problem, read_body


def token(request: Request) -> str:
    """The secret of a conversation as its client shows it; empty: it shows none."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""  # RFC 9110: the scheme's case does not matter


def message_id(given: str | None) -> int:
    """A message id to begin behind. Raises Problem for what is none, or what no database can count to."""
    if not given:
        return 0
    if not (given.isascii() and given.isdecimal() and len(given) <= schemas.ID_DIGITS):
        raise Problem(400, "web.not_json")
    return int(given)


async def message(request: Request) -> dict[str, Any]:
    """The message of a request as the path knows it. Raises Problem with a sentence for anything else."""
    try:
        body = json.loads(await read_body(request))
    except (ValueError, RecursionError):
        raise Problem(400, "web.not_json") from None
    if not isinstance(body, dict):
        raise Problem(400, "web.not_json")
    text, choice, location = body.get("text"), body.get("choice"), body.get("location")
    if isinstance(location, dict):
        return {"location": _pin(location)}
    if isinstance(choice, str) and 0 < len(choice) <= 120:
        return {"choice": choice}
    if not isinstance(text, str) or not text.strip():
        raise Problem(400, "web.empty")
    if len(text) > limits.TEXT_CHARACTERS:
        raise Problem(413, "web.too_long")
    return {"text": text}


def _pin(location: dict[str, Any]) -> dict[str, float]:
    lat, lon = location.get("lat"), location.get("lon")
    # NaN, which Python reads from JSON, lies in no range.
    if not isinstance(lat, int | float) or not isinstance(lon, int | float):
        raise Problem(400, "web.not_json")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise Problem(400, "web.not_json")
    return {"lat": float(lat), "lon": float(lon)}
