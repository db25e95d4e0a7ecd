"""Open needs on the staff page: whose, what, who looks after it, until when; given to somebody, closed with what became
of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

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
        router.add_api_route("/needs/{uid}/give", self.give, methods=["POST"])

    def mine(self, request: Request, done: str = "") -> Response:
        """The open needs of the children I see after. Looking is journalled."""
        with self._sessions.visit(request) as (work, visitor):
            return _page(work, visitor, After(showing.done(done)))

    def settle(self, request: Request, uid: str, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """What became of one. Refused: the page again, with why and with what was written."""
        with self._sessions.act(request, form) as (work, visitor):
            need = an_id(uid)
            made = visit_needs.settle(work, visitor.member, need, form.get("outcome", ""), form.get("words", ""))
            if (refused := _done(work, visitor, made, After(tried=need, filled=form))) is not None:
                return refused
        self._woken()
        return RedirectResponse("/staff/needs?done=saved", SEE_OTHER)

    def give(self, request: Request, uid: str, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """Who sees to one, of the list or in words, and until when. Refused: the page again, as in `settle`."""
        with self._sessions.act(request, form) as (work, visitor):
            need, due = an_id(uid), _day(form.get("due", ""))
            who, doer = form.get("who", ""), form.get("doer", "").strip()
            made = visit_needs.give(work, visitor.member, need, who, due, doer)
            if (refused := _done(work, visitor, made, After(tried=f"{need}/give", filled=form))) is not None:
                return refused
        self._woken()
        return RedirectResponse(f"/staff/needs?done=saved#{need}", SEE_OTHER)


def _day(written: str) -> date | None:
    """The day of the form; None where none was chosen."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _done(work: Work, visitor: signing_in.Visitor, made: visit_needs.Outcome, after: After) -> Response | None:
    """The page again where it was refused; None: it is done."""
    if made.need is None:
        raise Refused(*GONE)
    if made.refusal is not None:
        why = texts.phrase(f"needs.refusal.{made.refusal}")
        return _page(work, visitor, replace(after, why=why), CONFLICT)
    digests.refresh(work, visitor.member, digests.readers(work, [made.need.child]))
    return None


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
        today=work.today.isoformat(),
        **vars(after),
    )
