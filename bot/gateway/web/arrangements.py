"""委托照护 on the staff page: the arrangements of my place, one of them with its moves, its papers to print."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from bot import texts
from bot.care import visit_record
from bot.gateway.web import pdf, showing
from bot.gateway.web.showing import NOTHING_BEFORE, After
from bot.gateway.web.signing import GONE, Form, Refused, Sessions, an_id, read_form
from bot.services import journal
from bot.services.entrusted import acts as entrusted_acts
from bot.services.entrusted import desk as entrusted_desk
from bot.services.entrusted import papers as entrusted_papers
from bot.services.entrusted import steps
from bot.services.entrusted.records import reach
from bot.services.staff import signing_in
from bot.services.work import Work

SEE_OTHER, CONFLICT = 303, 409
PDF = "application/pdf"
GRADED = frozenset(steps.FACTORS)


class Arrangements:
    """Routes of entrusted care."""

    def __init__(self, sessions: Sessions, woken: Callable[[], None]) -> None:
        self._sessions, self._woken = sessions, woken

    def routes(self, router: APIRouter) -> None:
        """Add them to the staff page's routes."""
        router.add_api_route("/entrusted", self.mine, methods=["GET"])
        router.add_api_route("/entrusted/{uid}", self.one, methods=["GET"])
        router.add_api_route("/entrusted/{uid}/do/{act}", self.act, methods=["POST"])
        router.add_api_route("/entrusted/{uid}/paper/{kind}", self.paper, methods=["GET"])

    def mine(self, request: Request, group: str = entrusted_desk.OPEN) -> Response:
        """The arrangements of my place."""
        with self._sessions.visit(request) as (work, visitor):
            if not entrusted_desk.areas(work, visitor.member):
                raise Refused(*GONE)
            group = group if group in entrusted_desk.GROUPS else entrusted_desk.OPEN
            return showing.page(
                "arrangements",
                **showing.common(visitor),
                lines=entrusted_desk.listed(work, visitor.member, group),
                counts=entrusted_desk.counts(work, visitor.member),
                group=group,
            )

    def one(self, request: Request, uid: str, done: str = "") -> Response:
        """One arrangement. Opening it is journalled."""
        with self._sessions.visit(request) as (work, visitor):
            return _page(work, visitor, an_id(uid), after=After(showing.done(done)))

    def act(self, request: Request, uid: str, act: str, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """One move or act. Refused: the page again, with why and with what was written."""
        with self._sessions.act(request, form) as (work, visitor):
            outcome, code = entrusted_acts.do(work, visitor.member, an_id(uid), act, form)
            if outcome.refusal == "absent":
                raise Refused(*GONE)
            if code:
                return _page(work, visitor, uid, code=code)
            if not outcome.allowed:
                why = _why(outcome.refusal)
                response: Response = _page(work, visitor, uid, after=After(why=why, tried=act, filled=form))
                response.status_code = CONFLICT
            else:
                where = outcome.successor or uid
                response = RedirectResponse(f"/staff/entrusted/{where}?done=saved", SEE_OTHER)
        self._woken()
        return response

    def paper(self, request: Request, uid: str, kind: str, file: bool = False) -> Response:
        """A paper to print, or as a PDF file; taking it is journalled."""
        with self._sessions.visit(request) as (work, visitor):
            made = entrusted_papers.make(work, visitor.member, an_id(uid), kind)
            if made is None:
                raise Refused(*GONE)
            shown = showing.page(f"paper_{kind.partition('_')[0]}", paper=made)
        if not file:
            return shown
        named = {"Content-Disposition": f'attachment; filename="hutong-{kind.replace("_", "-")}.pdf"'}
        return Response(pdf.of(bytes(shown.body).decode()), media_type=PDF, headers={**showing.HEADERS, **named})


def _why(refusal: str | None) -> str:
    own = f"refusal.entrusted.{refusal}"
    return texts.phrase(own) if texts.known(own) else showing.refusal(refusal)


def _page(
    work: Work,
    visitor: signing_in.Visitor,
    uid: str,
    *,
    after: After = NOTHING_BEFORE,
    code: str = "",
) -> Response:
    member = visitor.member
    sheet = entrusted_desk.sheet(work, member, uid)
    found = reach(work, member, uid)
    if sheet is None or found is None:
        raise Refused(*GONE)
    journal.record(work, member.account, "arrangement read", uid, purpose="page")
    return showing.page(
        "arrangement",
        **showing.common(visitor),
        sheet=sheet,
        papers=entrusted_papers.offered(work, *found),
        findings=tuple(visit_record.FINDINGS),
        grades=steps.GRADES,
        graded=GRADED,
        today=work.today.isoformat(),
        **vars(after),
        code=code,
    )
