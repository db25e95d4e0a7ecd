"""Errors a person can act on, as application/problem+json; and a body that is too big is one of them."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse

from bot import texts
from bot.gateway.web import limits


class Problem(Exception):
    """Something is wrong with a request. `key` names the sentence in texts/, `errors` has one for each wrong part."""

    def __init__(self, status: int, key: str, errors: Mapping[str, str] | None = None) -> None:
        super().__init__(key)
        self.status, self.key, self.errors = status, key, errors


def problem(status: int, key: str, errors: Mapping[str, str] | None = None) -> JSONResponse:
    """The response for a problem: status, a short title, the sentence to show, and what is wrong with which part."""
    detail = "".join([texts.phrase(key), *(errors or {}).values()])
    title = key.split(".")[-1]
    body: dict[str, object] = {"type": f"about:blank#{key}", "title": title, "status": status, "detail": detail}
    if errors:
        body["errors"] = dict(errors)
    headers = {"Retry-After": "5"} if status in (429, 503) else None
    return JSONResponse(body, status, headers, media_type="application/problem+json")


async def read_body(request: Request, most: int = limits.BODY_BYTES) -> bytes:
    """The body of a request. Raises Problem when it has more bytes than `most`: usually anything but a file."""
    size, pieces = 0, []
    async for piece in request.stream():
        size += len(piece)
        if size > most:
            raise Problem(413, "web.too_big")
        pieces.append(piece)
    return b"".join(pieces)


async def on_problem(_: Request, error: Exception) -> JSONResponse:
    """Exception handler for Problem."""
    assert isinstance(error, Problem)  # noqa: S101 - registered for this class only
    return problem(error.status, error.key, error.errors)
