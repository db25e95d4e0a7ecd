"""The web server: chat API, page, health and metrics, with strict headers on everything."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path as FilePath
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway.metrics import exposition
from bot.gateway.web import assessing, schemas
from bot.gateway.web.chat import Chat
from bot.gateway.web.problems import Problem, on_problem, problem
from bot.gateway.web.staff import StaffPage

LOG = logging.getLogger("hutong.web")
PAGE = FilePath(__file__).parent / "page"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(self), geolocation=(self)",
    "Strict-Transport-Security": "max-age=31536000",
}
HOW = (
    "Open a talk with POST /api/conversations; every other request about it carries its token: "
    "`Authorization: Bearer TOKEN`. A talk may write 30 messages at once and then one a second (429), words of danger "
    "always; all together may open 200 talks at once and then 20 a second (503). `Retry-After` says when to come again."
)
RAW_HEADERS = tuple((name.lower().encode(), value.encode()) for name, value in HEADERS.items())
Readiness = Callable[[], Awaitable[dict[str, str]]]


class StrictHeaders:
    """Puts the headers on every answer. Plain ASGI: Starlette's own middleware class costs a task for each request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; the first message of an answer gets the headers it lacks."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def strictly(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = message["headers"]
                known = {name.lower() for name, _ in own}
                cached = str(scope["path"]).startswith("/page/")
                wanted = (*RAW_HEADERS, (b"cache-control", b"no-cache" if cached else b"no-store"))
                message["headers"] = [*own, *(header for header in wanted if header[0] not in known)]
            await send(message)

        await self._app(scope, receive, strictly)


class Site(FastAPI):
    """FastAPI whose description also names the token: it is read by hand, so FastAPI does not know of it."""

    def openapi(self) -> dict[str, Any]:
        """The description."""
        described = super().openapi()
        described["components"]["securitySchemes"] = schemas.SCHEMES
        return described


def make_site(
    chat: Chat, readiness: Readiness, staff: StaffPage | None = None, channel: APIRouter | None = None
) -> FastAPI:
    """The ASGI application. `readiness` tells each part's state: ok, starting or down; `staff`: the staff page;
    `channel`: the door of a channel that brings its messages."""
    site = Site(title="Hutong 护童", version="1", description=HOW, docs_url=None, redoc_url=None)
    site.include_router(chat.routes())
    if channel is not None:
        site.include_router(channel)
    site.include_router(assessing.routes(chat.today))
    site.add_exception_handler(Problem, on_problem)
    site.add_exception_handler(RequestValidationError, _wrong_shape)
    site.add_exception_handler(HTTPException, _http_error)
    site.add_exception_handler(SQLAlchemyError, _database_away)

    site.add_middleware(StrictHeaders)

    @site.get("/health", tags=["running"], summary="Alive")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @site.get(
        "/ready",
        tags=["running"],
        response_model=dict[str, str],
        responses={503: {"model": dict[str, str], "description": "A part is not ready"}},
        summary="Each part: ok, starting or down",
    )
    async def ready() -> JSONResponse:
        parts = await readiness()
        return JSONResponse(parts, 200 if all(state == "ok" for state in parts.values()) else 503)

    @site.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        body, kind = exposition(await asyncio.to_thread(chat.load))
        return Response(body, headers={"Content-Type": kind})

    @site.get("/", include_in_schema=False)
    async def page() -> FileResponse:
        return FileResponse(PAGE / "index.html")

    @site.get("/sheet", include_in_schema=False)
    async def sheet() -> FileResponse:
        return FileResponse(PAGE / "sheet.html")

    if staff is not None:
        staff.join(site)
    site.mount("/page", StaticFiles(directory=PAGE), name="page")
    return site


async def _wrong_shape(_: Request, __: Exception) -> Response:
    return problem(400, "web.not_json")


async def _database_away(_: Request, error: Exception) -> Response:
    LOG.error("a request could not be answered: database not reachable (%s)", type(error).__name__)
    return problem(503, "web.busy")


async def _http_error(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    answer = problem(status, "web.no_page" if status == 404 else "web.method")
    answer.headers.update((isinstance(error, HTTPException) and error.headers) or {})  # a 405 names what is allowed
    return answer
