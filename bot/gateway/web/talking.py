"""A live talk on the staff page: what was said, a field to write, and an end. It refreshes itself where scripts run."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from bot.gateway.web import showing
from bot.gateway.web.signing import GONE, Form, Refused, Sessions, an_id, read_form
from bot.services import journal
from bot.services.casework import spoken, takeover
from bot.services.casework.reports import Outcome
from bot.services.staff import access
from bot.services.staff.signing_in import Visitor
from bot.services.work import Work

SEE_OTHER, CONFLICT = 303, 409
STEPS = ("start", "say", "end")


class Talking:
    """The routes of one report's live talk."""

    def __init__(self, sessions: Sessions, woken: Callable[[], None]) -> None:
        self._sessions, self._woken = sessions, woken

    def routes(self, router: APIRouter) -> None:
        """Add them to the staff page's routes."""
        router.add_api_route("/reports/{uid}/talk", self.talk, methods=["GET"])
        router.add_api_route("/reports/{uid}/talk/news", self.news, methods=["GET"])
        router.add_api_route("/reports/{uid}/talk/{step}", self.step, methods=["POST"])

    def talk(self, request: Request, uid: str) -> Response:
        """The talk so far."""
        with self._sessions.visit(request) as (work, visitor):
            return _page(work, visitor, uid)

    def news(self, request: Request, uid: str) -> Response:
        """Only what was said, for the page to look at by itself; looking keeps nobody signed in."""
        with self._sessions.visit(request, touch=False) as (work, visitor):
            report = access.reach(work, visitor.member, an_id(uid))
            made = spoken.talk_of(work, visitor.member, report) if report is not None else None
            if made is None:
                raise Refused(*GONE)
            return showing.page("said", said=spoken.lines(work, made))

    def step(self, request: Request, uid: str, step: str, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """Begin, say something, or end."""
        with self._sessions.act(request, form) as (work, visitor):
            outcome = _do(work, visitor, an_id(uid), step, form)
            if outcome.refusal == "absent":
                raise Refused(*GONE)
            if not outcome.allowed:
                return _page(work, visitor, uid, why=showing.refusal(outcome.refusal), status=CONFLICT)
        self._woken()
        return RedirectResponse(f"/staff/reports/{uid}" + ("" if step == "end" else "/talk#end"), SEE_OTHER)


def _do(work: Work, visitor: Visitor, uid: str, step: str, form: Form) -> Outcome:
    member = visitor.member
    if step == "start":
        return takeover.start(work, member, uid)
    report = access.reach(work, member, uid)
    if report is None or step not in STEPS:
        return Outcome(False, "absent")
    return spoken.say(work, member, report, form.get("text", "")) if step == "say" else spoken.end(work, member, report)


def _page(work: Work, visitor: Visitor, uid: str, *, why: str = "", status: int = 200) -> Response:
    report = access.reach(work, visitor.member, an_id(uid))
    if report is None:
        raise Refused(*GONE)
    made = spoken.talk_of(work, visitor.member, report)
    if made is not None:
        journal.record(work, visitor.member.account, "report read", report.uid, purpose="talk")
    return showing.page(
        "talk",
        status,
        **showing.common(visitor),
        report=report,
        going=made is not None,
        said=spoken.lines(work, made) if made is not None else [],
        may_start=made is None and takeover.offered(work, visitor.member, report),
        why=why,
    )
