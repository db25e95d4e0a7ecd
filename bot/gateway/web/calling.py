"""来电凭码查询 on the staff page: code and PIN of a reporter on the phone; how it stands, and what they add."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from bot import texts
from bot.gateway.web import showing
from bot.gateway.web.signing import Form, Sessions, read_form
from bot.services.casework import asking
from bot.services.reporting import calling_in, standing
from bot.services.staff.signing_in import Visitor

SEE_OTHER, CONFLICT, LONGEST = 303, 409, 4096


class Calling:
    """Routes for reporters who call."""

    def __init__(self, sessions: Sessions, woken: Callable[[], None]) -> None:
        self._sessions, self._woken = sessions, woken

    def routes(self, router: APIRouter) -> None:
        """Add them to the staff page's routes."""
        router.add_api_route("/caller", self.asked, methods=["GET"])
        router.add_api_route("/caller", self.look, methods=["POST"])
        router.add_api_route("/caller/add", self.add, methods=["POST"])

    def asked(self, request: Request) -> Response:
        """The form."""
        with self._sessions.visit(request) as (_, visitor):
            return _page(visitor)

    def look(self, request: Request, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """How it stands, to be read out. The PIN is never written into a page."""
        with self._sessions.act(request, form) as (work, visitor):
            code = form.get("code", "")
            report, refusal = calling_in.open_for(work, visitor.member, code, form.get("pin", ""))
            if report is None:
                return _page(visitor, CONFLICT, code=code, why=showing.refusal(refusal))
            words = texts.render("reporter.status", standing.words(work, report)).text
            waits = asking.waiting(work, report)
            asked = (waits.uid, asking.text_of(work, waits)) if waits is not None else None
            return _page(visitor, words=words, slip=calling_in.slip(work, visitor.member, report), asked=asked)

    def add(self, request: Request, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """The caller's words are added, or answer the question that waited, and the report is opened."""
        with self._sessions.act(request, form) as (work, visitor):
            told = form.get("told", "").strip()[:LONGEST]
            if not told:
                return RedirectResponse("/staff/caller", SEE_OTHER)
            slip, question = form.get("slip", ""), form.get("question", "")
            if question:
                report, refusal = calling_in.answer(work, visitor.member, slip, question, told)
            else:
                report, refusal = calling_in.add(work, visitor.member, slip, told)
            if report is None:
                return _page(visitor, CONFLICT, why=showing.refusal(refusal))
            where = f"/staff/reports/{report.uid}?done=saved"
        self._woken()
        return RedirectResponse(where, SEE_OTHER)


def _page(visitor: Visitor, status: int = 200, **said: object) -> Response:
    blank = {"words": "", "slip": "", "code": "", "why": "", "asked": None}
    return showing.page("caller", status, **showing.common(visitor), **{**blank, **said})
