"""Who is at the staff page: the session cookie, forms that only this page can have sent, and kind refusals.

A form is taken only from this very site (Origin) and from this very session (its secret); SameSite=Strict stands
before both. Absent and forbidden are the same page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from fastapi import Request, Response
from sqlalchemy.exc import SQLAlchemyError

from bot.gateway.web import limits
from bot.services.casework import archives
from bot.services.staff import signing_in
from bot.services.work import Work
from bot.storage.crypto import Vault
from bot.storage.database import Database

Form = dict[str, str]
LONGEST_FIELD = 4000
_ID = re.compile("[a-z2-7]{26}")


class Refused(Exception):
    """The page cannot be given; `page` names its template, `status` its HTTP status."""

    def __init__(self, status: int, page: str) -> None:
        super().__init__(page)
        self.status, self.page = status, page


GONE = (404, "gone")
SIGNED_OUT = (401, "door")
NOT_FROM_HERE = (403, "not_from_here")
BUSY = (503, "busy")


class Sessions:
    """Sessions of the staff page over one database. `public_url` tells whether browsers come over https."""

    def __init__(self, database: Database, vault: Vault, now: Callable[[], datetime], public_url: str = "") -> None:
        self._database, self._vault, self.now, self.public_url = database, vault, now, public_url
        self.secure = public_url.startswith("https://")
        self.cookie = "__Host-staff" if self.secure else "staff"

    @contextmanager
    def work(self) -> Iterator[Work]:
        """One transaction. A database that is away becomes a page that says so."""
        try:
            with self._database.begin() as session:
                yield Work(session, self._vault, self.now(), None, self.public_url)
        except SQLAlchemyError:
            raise Refused(*BUSY) from None

    @contextmanager
    def visit(self, request: Request, *, touch: bool = True) -> Iterator[tuple[Work, signing_in.Visitor]]:
        """One transaction of whoever is signed in; rights are those of this moment. Raises Refused: nobody is."""
        # The end of a session is kept in a transaction of its own, whatever the refusal does to the other.
        with self.work() as work:
            visitor = signing_in.visitor(work, self.token(request), touch=touch)
        if visitor is None:
            raise Refused(*SIGNED_OUT)
        with self.work() as work:
            yield work, visitor

    @contextmanager
    def act(self, request: Request, form: Form) -> Iterator[tuple[Work, signing_in.Visitor]]:
        """As `visit`, for a form: it must come from this site and from this session."""
        self.from_here(request)
        with self.visit(request) as (work, visitor):
            if not signing_in.fits(visitor, form.get("form_key", "")):
                raise Refused(*NOT_FROM_HERE)
            yield work, visitor

    def from_here(self, request: Request) -> None:
        """Raise Refused unless the browser says that the form was sent from a page of this site."""
        origin = request.headers.get("origin", "")
        ours = {request.headers.get("host", ""), urlsplit(self.public_url).netloc} - {""}
        if urlsplit(origin).netloc not in ours or request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            raise Refused(*NOT_FROM_HERE)

    def token(self, request: Request) -> str:
        """The session's secret the browser sent; empty when it sent none."""
        return request.cookies.get(self.cookie, "")[:100]

    def sign(self, data: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
        """An archive of evidence, signed with the key that follows from our key file."""
        return archives.archive(self._vault, data, files)

    def keep(self, response: Response, token: str) -> None:
        """Give the browser a new session. It ends with the browser at the latest."""
        response.set_cookie(self.cookie, token, path="/", secure=self.secure, httponly=True, samesite="strict")

    def drop(self, response: Response) -> None:
        """Take the session out of the browser."""
        response.delete_cookie(self.cookie, path="/", secure=self.secure, httponly=True, samesite="strict")


def an_id(written: str) -> str:
    """An id from an address. Raises Refused for what cannot be one, just as for one that is not there."""
    if _ID.fullmatch(written) is None:
        raise Refused(*GONE)
    return written


async def read_form(request: Request) -> Form:
    """The fields of a form as the browser sent them, each cut at 4,000 characters. Raises Refused for anything else."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Refused(*NOT_FROM_HERE)
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > limits.BODY_BYTES:
            raise Refused(413, "too_long")
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=60)
    except (ValueError, UnicodeDecodeError):
        raise Refused(*NOT_FROM_HERE) from None
    return {name: value.replace("\0", "").strip()[:LONGEST_FIELD] for name, value in pairs}
