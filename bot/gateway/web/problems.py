"""Errors a person can act on, as application/problem+json."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse

from bot import texts


class Problem(Exception):
    """Something is wrong with a request; `key` names the sentence in texts/web.yml."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status, self.key = status, key


def problem(status: int, key: str) -> JSONResponse:
    """The response for a problem: status, a short title, and the sentence to show."""
    body = {"type": f"about:blank#{key}", "title": key.split(".")[-1], "status": status, "detail": texts.phrase(key)}
    headers = {"Retry-After": "5"} if status in (429, 503) else None
    return JSONResponse(body, status, headers, media_type="application/problem+json")


async def on_problem(_: Request, error: Exception) -> JSONResponse:
    """Exception handler for Problem."""
    assert isinstance(error, Problem)  # noqa: S101 - registered for this class only
    return problem(error.status, error.key)
