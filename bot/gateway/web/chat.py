"""The chat API (contracts.md §3): JSON over HTTP, the same path of a message as every channel."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, Response, StreamingResponse

from bot import texts
from bot.care import calendar
from bot.gateway import pictures
from bot.gateway.conversation import STUMBLES, ForRasa, Path
from bot.gateway.media.settling import Settling
from bot.gateway.web import incoming, limits, schemas, uploads
from bot.gateway.web.hub import Hub
from bot.gateway.web.problems import Problem
from bot.reading import danger
from bot.services import conversations, load
from bot.services.eligibility import page as eligibility_page
from bot.services.mail import mailbox
from bot.services.reporting import attachments
from bot.services.work import Work
from bot.storage.crypto import Vault, opaque_id
from bot.storage.database import Database
from bot.storage.once import anew
from bot.storage.tables import Inbox, Outbox

LOG = logging.getLogger("hutong.web")
ANSWER_WITHIN_SECONDS = 20.0
NUMBERS_WITHIN_SECONDS = 4.5  # danger hears the numbers within 5, however long the database is silent
HEARTBEAT_SECONDS = 20.0
CHECK_WITHIN_SECONDS = 8.0


@dataclass
class Kept:
    """A kept message: its id, the claim when it is free and its turn, the attachment that came with it, what came of
    the first look when nothing had to be checked before it, and the replies once they are said."""

    id: int
    held: mailbox.Claim | None
    attachment: str | None
    looked: ForRasa | bool | None = None
    replies: list[dict[str, Any]] = field(default_factory=list)

    def answered(self, work: Work) -> None:
        """Read the replies in the transaction that said the last of them."""
        self.replies = _answer_to(work, self.id)


class Chat:
    """The chat API's endpoints over one database and one path."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        path: Path,
        hub: Hub,
        now: Callable[[], datetime],
        settling: Settling | None = None,
    ) -> None:
        self._database, self._vault, self._path, self._hub, self._now = database, vault, path, hub, now
        self._settling = settling or Settling(database, vault, now)
        self._uploads = uploads.Uploads()
        self._talkers = limits.Buckets(per_second=1.0, burst=30)
        self._newcomers = limits.Buckets(per_second=20.0, burst=200)

    def today(self) -> date:
        """The day it is here (Asia/Shanghai)."""
        return calendar.local(self._now()).date()

    def load(self) -> dict[str, float]:
        """What waits, in numbers; nothing while the database does not answer (then /ready says so)."""
        try:
            with self._database.read() as session:
                return load.tell(Work(session, self._vault, self._now()))
        except SQLAlchemyError:
            return {}

    def routes(self) -> APIRouter:
        """The router with all endpoints and their OpenAPI description."""
        router = APIRouter(prefix="/api/conversations", tags=["chat"], responses=schemas.PROBLEMS)
        router.add_api_route(
            "", self.open, methods=["POST"], status_code=201, response_model=schemas.Opened, summary="Start a talk"
        )
        router.add_api_route(
            "/{conversation}/messages",
            self.say,
            methods=["POST"],
            response_model=schemas.Replies,
            openapi_extra=schemas.MESSAGE,
            summary="Say something; the replies come back",
        )
        router.add_api_route(
            "/{conversation}/messages",
            self.since,
            methods=["GET"],
            response_model=schemas.Messages,
            openapi_extra=schemas.SINCE,
            summary="Everything said to this conversation since a message",
        )
        router.add_api_route(
            "/{conversation}/sheet",
            self.sheet,
            methods=["GET"],
            response_model=schemas.Sheet,
            openapi_extra=schemas.SHEET,
            summary="The self-check on one page, to print",
        )
        router.add_api_route(
            "/{conversation}/messages/{message}/picture",
            self.picture,
            methods=["GET"],
            response_class=Response,
            responses=schemas.PICTURE,
            openapi_extra=schemas.OF_MESSAGE,
            summary="The picture that belongs to a message of kind picture",
        )
        router.add_api_route(
            "/{conversation}/events",
            self.events,
            methods=["GET"],
            response_class=StreamingResponse,
            responses=schemas.EVENTS,
            openapi_extra=schemas.SINCE,
            summary="The same as server-sent events",
        )
        return router

    async def open(self) -> JSONResponse:
        """Start a conversation. No cookie is set and no address is kept."""
        if not self._newcomers.take("all", time.monotonic()):
            raise Problem(503, "web.busy")
        try:
            opened = await asyncio.to_thread(self._open)
        except SQLAlchemyError:
            raise Problem(503, "web.busy") from None
        return JSONResponse({"conversation": opened.conversation, "token": opened.token}, 201)

    def _open(self) -> conversations.Opened:
        with self._database.begin() as session:
            work = Work(session, self._vault, self._now())
            opened = conversations.open_web(work)
            mailbox.say(work, opened.conversation, "chat.welcome")
            return opened

    async def say(
        self,
        request: Request,
    ) -> JSONResponse:
        """Take one message, answer it. The same Idempotency-Key again gives the same replies, no second effect."""
        # Read by hand, described in `schemas`: FastAPI's own way costs as much as all our statements of a short turn.
        conversation, token = str(request.path_params["conversation"]), incoming.token(request)
        key = request.headers.get("idempotency-key") or opaque_id()
        if len(key) > schemas.KEY_CHARACTERS:
            raise Problem(400, "web.not_json")
        if uploads.is_upload(request):  # whose bytes nobody knows are not even read
            await self._admit(conversation, token)
            brought = await self._uploads.read(request)
            raw = brought.raw
        else:
            brought, raw = None, await incoming.message(request)
        hit = danger.read(str(raw.get("text") or ""))
        urgent = hit.level == "emergency"
        # By token: without the right one nobody uses up what belongs to another.
        if not self._talkers.take(f"{conversation} {token}", time.monotonic()) and not urgent:
            raise Problem(429, "web.too_fast")
        try:
            async with asyncio.timeout(NUMBERS_WITHIN_SECONDS if urgent else None):
                waits_for_nothing = brought is None and hit.level == "none"
                take_in = self._take_in_at_once if waits_for_nothing else self._take_in
                async with nullcontext() if urgent else self._path.one_at_first():
                    kept = await asyncio.to_thread(take_in, conversation, token, key, raw, brought)
                if kept is None:
                    raise Problem(404, "web.no_such_conversation")
                brought = None  # its bytes are kept; nothing here needs them any more
                if kept.attachment is not None:
                    # The answer tells what the check found, but words that may mean danger wait for nothing.
                    await self._settling.soon(kept.attachment, CHECK_WITHIN_SECONDS if hit.level == "none" else 0.0)
                replies = await self._answered(kept)
        except (SQLAlchemyError, TimeoutError):
            raise Problem(503, "web.not_stored" if urgent else "web.not_stored_calm") from None
        return JSONResponse({"replies": replies})

    def _take_in_at_once(
        self, conversation: str, token: str, key: str, raw: dict[str, Any], brought: uploads.Upload | None
    ) -> Kept | None:
        """As `_take_in`, in a single transaction: whoever sends waits for its one answer, and sends again without one.

        What stumbles there is kept first, by itself, as everything is whose sender cannot be trusted to come back.
        """
        try:
            return anew(lambda: self._kept_and_looked_at(conversation, token, key, raw))
        except STUMBLES:
            return self._take_in(conversation, token, key, raw, brought)

    def _kept_and_looked_at(self, conversation: str, token: str, key: str, raw: dict[str, Any]) -> Kept | None:
        with self._database.begin() as session:
            work = self._path.work(session)
            if not conversations.web_holder(work, conversation, token):
                return None
            kept = self._kept(work, conversation, key, raw, None)
            if kept.held is not None:
                kept.looked = self._path.settle(work, kept.held, kept.answered)
            return kept

    def _take_in(
        self, conversation: str, token: str, key: str, raw: dict[str, Any], brought: uploads.Upload | None
    ) -> Kept | None:
        """All that one thread can do with a message, one transaction after the other: whose it is (None: nobody's),
        kept, and looked at unless something that came with it has to be checked first."""
        if not self._holds(conversation, token):
            return None
        kept = self._keep(conversation, key, raw, brought)
        if kept.held is not None and kept.attachment is None:
            kept.looked = self._path.look(kept.held, kept.answered)
        return kept

    def _keep(self, conversation: str, key: str, raw: dict[str, Any], brought: uploads.Upload | None) -> Kept:
        """Keep a message and what came with it, and take it for processing, in one transaction."""
        with self._database.begin() as session:
            return self._kept(Work(session, self._vault, self._now()), conversation, key, raw, brought)

    @staticmethod
    def _kept(work: Work, conversation: str, key: str, raw: dict[str, Any], brought: uploads.Upload | None) -> Kept:
        kept, held = mailbox.keep_and_claim(work, "web", f"web:{conversation}:{key}", raw, conversation)
        uid = None
        if brought is not None and brought.kind is not None and kept.fresh:
            uid = attachments.keep(work, conversation, kept.id, brought.kind, brought.media_type, brought.data)
        return Kept(kept.id, held, uid)

    async def _answered(self, kept: Kept) -> list[dict[str, Any]]:
        """Process a kept message to its end, here or wherever it is held; its replies."""
        if kept.held is None:
            mine = False
        elif kept.looked is None:
            mine = await self._path.take_up(kept.held, kept.answered)
        else:
            mine = await self._path.go_on(kept.held, kept.looked)
        return kept.replies if mine else await self._answered_elsewhere(kept.id)

    async def _answered_elsewhere(self, inbox_id: int) -> list[dict[str, Any]]:
        """The replies to a message that is done, or that waits for an earlier one or for another process."""
        give_up = time.monotonic() + ANSWER_WITHIN_SECONDS
        while not await self._path.handle(inbox_id):
            if await asyncio.to_thread(self._is_done, inbox_id):
                break
            if time.monotonic() > give_up:
                raise Problem(503, "web.not_stored_calm")
            await asyncio.sleep(0.05)
        return await asyncio.to_thread(self._replies, inbox_id)

    def _is_done(self, inbox_id: int) -> bool:
        with self._database.read() as session:
            return session.get_one(Inbox, inbox_id).state != "kept"

    def _replies(self, inbox_id: int) -> list[dict[str, Any]]:
        with self._database.begin() as session:
            work = Work(session, self._vault, self._now())
            return _answer_to(work, inbox_id)

    async def since(self, request: Request) -> JSONResponse:
        """Everything said after a message id, including what was said unasked."""
        conversation = await self._admitted(request)
        after = incoming.message_id(request.query_params.get("after"))
        return JSONResponse({"messages": await asyncio.to_thread(self._since, conversation, after)})

    def _since(self, conversation: str, after: int) -> list[dict[str, Any]]:
        with self._database.begin() as session:
            work = Work(session, self._vault, self._now())
            rows = mailbox.said_since(work, conversation, after)
            mailbox.delivered(work, [row.id for row in rows])
            return _worded(work, rows)

    async def sheet(self, request: Request) -> JSONResponse:
        """The self-check of this conversation on one page, as long as it is kept."""
        conversation = await self._admitted(request)
        found = await asyncio.to_thread(self._sheet, conversation)
        if found is None:
            raise Problem(404, "web.no_sheet")
        return JSONResponse(found.as_dict())

    def _sheet(self, conversation: str) -> eligibility_page.Sheet | None:
        with self._database.read() as session:
            return eligibility_page.sheet(Work(session, self._vault, self._now()), conversation)

    async def picture(self, request: Request) -> Response:
        """The PNG of one message of this conversation."""
        conversation = await self._admitted(request)
        drawn = await asyncio.to_thread(
            self._drawn, conversation, incoming.message_id(str(request.path_params["message"]))
        )
        if drawn is None:
            raise Problem(404, "web.no_picture")
        return Response(drawn, media_type="image/png")

    def _drawn(self, conversation: str, message: int) -> bytes | None:
        with self._database.read() as session:
            work = Work(session, self._vault, self._now())
            row = mailbox.said(work, conversation, message)
            return pictures.of(row.key, mailbox.args_of(work, row)) if row is not None else None

    async def events(self, request: Request) -> StreamingResponse:
        """Everything said after a message id as it comes."""
        conversation = await self._admitted(request)
        after = incoming.message_id(request.headers.get("last-event-id") or request.query_params.get("after"))
        stream = self._stream(conversation, after)
        return StreamingResponse(stream, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})

    async def _stream(self, conversation: str, after: int) -> AsyncIterator[str]:
        with self._hub.listening(conversation) as news:
            yield ": hello\n\n"
            while not self._hub.closing:
                news.clear()
                for message in await asyncio.to_thread(self._since, conversation, after):
                    after = max(after, int(message["id"]))
                    yield f"id: {after}\nevent: message\ndata: {json.dumps(message, ensure_ascii=False)}\n\n"
                try:
                    await asyncio.wait_for(news.wait(), HEARTBEAT_SECONDS)
                except TimeoutError:
                    yield ": still here\n\n"

    async def _admitted(self, request: Request) -> str:
        conversation = str(request.path_params["conversation"])
        await self._admit(conversation, incoming.token(request))
        return conversation

    async def _admit(self, conversation: str, token: str) -> None:
        try:
            async with asyncio.timeout(NUMBERS_WITHIN_SECONDS):
                if not await asyncio.to_thread(self._holds, conversation, token):
                    raise Problem(404, "web.no_such_conversation")
        except (SQLAlchemyError, TimeoutError):
            raise Problem(503, "web.not_stored_calm") from None

    def _holds(self, conversation: str, token: str) -> bool:
        with self._database.read() as session:
            return conversations.web_holder(Work(session, self._vault, self._now()), conversation, token)


def _answer_to(work: Work, inbox_id: int) -> list[dict[str, Any]]:
    """The answer to a message, handed over to the person's device.

    What has been withdrawn meanwhile (a receipt, what quoted the person) is gone for a repeated request too.
    """
    return _worded(work, mailbox.hand_over_replies(work, inbox_id))


def _worded(work: Work, rows: list[Outbox]) -> list[dict[str, Any]]:
    """Rows in words. One that cannot be worded (changed in the database) must not hide all others of the talk."""
    found = []
    for row in rows:
        try:
            found.append(_message(work, row))
        except (LookupError, ValueError) as error:
            LOG.error("message %s cannot be worded: %s", row.id, type(error).__name__)
    return found


def _message(work: Work, row: Outbox) -> dict[str, Any]:
    said = texts.render(row.key, mailbox.args_of(work, row))
    choices = [{"label": c.label, "value": c.value, **({"style": c.style} if c.style else {})} for c in said.choices]
    return {
        "id": row.id,
        "text": said.text,
        "choices": choices,
        "kind": said.kind,
        "at": row.created_at.isoformat(),
        "from": "us",
        **({"edits": row.edits} if row.edits is not None else {}),
    }
