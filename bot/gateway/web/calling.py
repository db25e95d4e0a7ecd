"""来电凭码查询 on the staff page: code and PIN of a reporter on the phone; how it stands, and what they add."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from bot import texts
from bot.gateway.web import showing
from bot.gateway.web.signing import Form, Sessions, read_form
from bot.services.reporting import calling_in, standing

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
            return showing.page("caller", **showing.common(visitor), words="", slip="", code="", why="")

    def look(self, request: Request, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """How it stands, to be read out. The PIN is never written into a page."""
        with self._sessions.act(request, form) as (work, visitor):
            common, code = showing.common(visitor), form.get("code", "")
            report, refusal = calling_in.open_for(work, visitor.member, code, form.get("pin", ""))
            if report is None:
                why = showing.refusal(refusal)
                return showing.page("caller", CONFLICT, **common, words="", slip="", code=code, why=why)
            words = texts.render("reporter.status", standing.words(work, report)).text
            slip = calling_in.slip(work, visitor.member, report)
            return showing.page("caller", **common, words=words, slip=slip, code="", why="")

    def add(self, request: Request, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """The caller's words are added, and the report is opened."""
        with self._sessions.act(request, form) as (work, visitor):
            told = form.get("told", "").strip()[:LONGEST]
            if not told:
                return RedirectResponse("/staff/caller", SEE_OTHER)
            report, refusal = calling_in.add(work, visitor.member, form.get("slip", ""), told)
            if report is None:
                common, why = showing.common(visitor), showing.refusal(refusal)
                return showing.page("caller", CONFLICT, **common, words="", slip="", code="", why=why)
            where = f"/staff/reports/{report.uid}?done=saved"
        self._woken()
        return RedirectResponse(where, SEE_OTHER)
