"""Open needs on the staff page: whose, what, who looks after it, until when; closed with what became of it."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from bot import texts
from bot.gateway.web import showing
from bot.gateway.web.showing import NOTHING_BEFORE, After
from bot.gateway.web.signing import GONE, Form, Refused, Sessions, an_id, read_form
from bot.services import journal
from bot.services.staff import signing_in
from bot.services.visits import digests
from bot.services.visits import needs as visit_needs
from bot.services.work import Work

SEE_OTHER, CONFLICT = 303, 409


class Needs:
    """Routes of the open needs."""

    def __init__(self, sessions: Sessions, woken: Callable[[], None]) -> None:
        self._sessions, self._woken = sessions, woken

    def routes(self, router: APIRouter) -> None:
        """Add them to the staff page's routes."""
        router.add_api_route("/needs", self.mine, methods=["GET"])
        router.add_api_route("/needs/{uid}", self.settle, methods=["POST"])

    def mine(self, request: Request, done: str = "") -> Response:
        """The open needs of the children I see after. Looking is journalled."""
        with self._sessions.visit(request) as (work, visitor):
            return _page(work, visitor, After(showing.done(done)))

    def settle(self, request: Request, uid: str, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """What became of one. Refused: the page again, with why and with what was written."""
        with self._sessions.act(request, form) as (work, visitor):
            need = an_id(uid)
            outcome, words = form.get("outcome", ""), form.get("words", "")
            settled = visit_needs.settle(work, visitor.member, need, outcome, words)
            if settled.need is None:
                raise Refused(*GONE)
            if settled.refusal is not None:
                why = texts.phrase(f"needs.refusal.{settled.refusal}")
                return _page(work, visitor, After(why=why, tried=need, filled=form), CONFLICT)
            digests.refresh(work, visitor.member, digests.readers(work, [settled.need.child]))
        self._woken()
        return RedirectResponse("/staff/needs?done=saved", SEE_OTHER)


def _page(work: Work, visitor: signing_in.Visitor, after: After = NOTHING_BEFORE, status: int = 200) -> Response:
    common = showing.common(visitor)
    if not common["register"]:
        raise Refused(*GONE)
    journal.record(work, visitor.member.account, "needs read", visitor.member.account)
    return showing.page(
        "needs",
        status,
        **common,
        found=visit_needs.open_of(work, visitor.member),
        count=visit_needs.count(work, visitor.member),
        outcomes=visit_needs.OUTCOMES,
        **vars(after),
    )
