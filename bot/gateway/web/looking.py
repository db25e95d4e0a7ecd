"""Emergency looks on the staff page: at a report, at a child's file, and their review by somebody else."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from bot.gateway.web import showing
from bot.gateway.web.signing import GONE, Form, Refused, Sessions, an_id, read_form
from bot.services.casework import glass
from bot.services.register import assessing, children, finding
from bot.services.staff import signing_in
from bot.services.work import Work
from bot.storage.tables import Household

SEE_OTHER, CONFLICT = 303, 409


class Looking:
    """Routes of emergency looks."""

    def __init__(self, sessions: Sessions, woken: Callable[[], None]) -> None:
        self._sessions, self._woken = sessions, woken

    def routes(self, router: APIRouter) -> None:
        """Add them to the staff page's routes."""
        router.add_api_route("/looks", self.looks, methods=["GET"])
        router.add_api_route("/looks", self.look, methods=["POST"])
        router.add_api_route("/looks/file", self.look_at_file, methods=["POST"])
        router.add_api_route("/looks/file/{uid}", self.file, methods=["GET"])
        router.add_api_route("/looks/{look}", self.review, methods=["POST"])

    def looks(self, request: Request, done: str = "") -> Response:
        """Emergency looks to review, and one by number for who sees no report otherwise."""
        with self._sessions.visit(request) as (work, visitor):
            return _looks_page(work, visitor, done=done)

    def look(self, request: Request, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """Break the glass of a report by its number."""
        with self._sessions.act(request, form) as (work, visitor):
            outcome = glass.break_by_number(work, visitor.member, form.get("number", ""), form.get("purpose", ""))
            if not outcome.allowed or outcome.report is None:
                return _looks_page(work, visitor, outcome.refusal, status=CONFLICT)
            address = f"/staff/reports/{outcome.report.uid}?done=glass"
        self._woken()
        return RedirectResponse(address, SEE_OTHER)

    def look_at_file(self, request: Request, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """Break the glass of a child's file by its number."""
        with self._sessions.act(request, form) as (work, visitor):
            number, resource, purpose = (form.get(field, "") for field in ("number", "resource", "purpose"))
            outcome = glass.break_file(work, visitor.member, number, resource, purpose)
            if not outcome.allowed or outcome.child is None:
                refusal = "no_such_file" if outcome.refusal == "absent" else outcome.refusal
                return _looks_page(work, visitor, refusal, status=CONFLICT)
            address = f"/staff/looks/file/{outcome.child.uid}"
        self._woken()
        return RedirectResponse(address, SEE_OTHER)

    def file(self, request: Request, uid: str) -> Response:
        """What an open look shows of a child's file, and no more."""
        with self._sessions.visit(request) as (work, visitor):
            opened = glass.file_open(work, visitor.member, an_id(uid))
            if opened is None:
                raise Refused(*GONE)
            child, resources = opened
            return showing.page(
                "file_look",
                **showing.common(visitor),
                child=child,
                basic=children.BASIC in resources,
                sensitive=children.SENSITIVE in resources,
                line=finding.line(work, child),
                profile=children.profile(work, child),
                address=children.address(work, work.session.get_one(Household, child.household)),
                around=children.around(work, child),
                facts=assessing.shown_facts(work, visitor.member, child),
                assessments=assessing.history(work, child, 1),
            )

    def review(self, request: Request, look: str, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """Judge an emergency look."""
        with self._sessions.act(request, form) as (work, visitor):
            outcome = glass.review(work, visitor.member, look, form.get("verdict", ""))
            if outcome.refusal == "absent":
                raise Refused(*GONE)
            if not outcome.allowed:
                return _looks_page(work, visitor, outcome.refusal, status=CONFLICT)
        return RedirectResponse("/staff/looks?done=reviewed", SEE_OTHER)


def _looks_page(
    work: Work, visitor: signing_in.Visitor, refusal: str | None = None, *, done: str = "", status: int = 200
) -> Response:
    common = showing.common(visitor)
    if not common["reviews"] and not common["file_looks"]:
        raise Refused(*GONE)
    return showing.page(
        "looks",
        status,
        **common,
        looks=glass.looks(work, visitor.member),
        said=showing.done(done),
        why=showing.refusal(refusal) if refusal is not None else "",
    )
