"""Contact on the staff page: what is open with whom and why, one family with its history, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from bot.gateway.web import contact_acts, showing
from bot.gateway.web.showing import NOTHING_BEFORE, After
from bot.gateway.web.signing import GONE, Form, Refused, Sessions, an_id, read_form
from bot.services.contact import consents as contact_consents
from bot.services.contact import desk as contact_desk
from bot.services.contact import joining_desk, referrals
from bot.services.contact import sheet as contact_sheet
from bot.services.contact import staff as contact_staff
from bot.services.staff import signing_in
from bot.services.visits import news as visit_news
from bot.services.work import Work

SEE_OTHER, CONFLICT = 303, 409


class ContactPages:
    """Routes of contact."""

    def __init__(self, sessions: Sessions, woken: Callable[[], None]) -> None:
        self._sessions, self._woken = sessions, woken

    def routes(self, router: APIRouter) -> None:
        """Add them to the staff page's routes."""
        router.add_api_route("/contact", self.desk, methods=["GET"])
        router.add_api_route("/contact/joining/{task}", self.join, methods=["POST"])
        router.add_api_route("/contact/{uid}", self.family, methods=["GET"])
        router.add_api_route("/contact/{uid}/do/{act}", self.act, methods=["POST"])
        router.add_api_route("/contact/{uid}/slip/{referral}", self.slip, methods=["GET"])

    def desk(self, request: Request, show: str = "open", done: str = "") -> Response:
        """What is open, the earliest due first; or everybody who joined."""
        with self._sessions.visit(request) as (work, visitor):
            return _desk_page(work, visitor, show=show, after=After(showing.done(done)))

    def family(self, request: Request, uid: str, done: str = "") -> Response:
        """One family. Opening it is journalled."""
        with self._sessions.visit(request) as (work, visitor):
            return _family_page(work, visitor, an_id(uid), after=After(showing.done(done)))

    def act(self, request: Request, uid: str, act: str, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """One act. Refused: the page again, with why and with what was written."""
        with self._sessions.act(request, form) as (work, visitor):
            child = an_id(uid)
            if contact_desk.reach(work, visitor.member, child) is None:
                raise Refused(*GONE)
            outcome = contact_acts.do(work, visitor.member, child, act, form)
            if outcome.refusal == "absent":
                raise Refused(*GONE)
            if not outcome.allowed:
                why = showing.refusal(outcome.refusal)
                response: Response = _family_page(work, visitor, child, after=After(why=why, tried=act, filled=form))
                response.status_code = CONFLICT
            elif outcome.code:
                response = _family_page(work, visitor, child, code=outcome.code)
            else:
                stays = contact_desk.reach(work, visitor.member, child) is not None
                where = f"/staff/contact/{child}" if stays else "/staff/contact"
                response = RedirectResponse(f"{where}?done=saved", SEE_OTHER)
        self._woken()
        return response

    def join(self, request: Request, task: str, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """Somebody who asked to join without a code: confirmed for a child, or not known here."""
        with self._sessions.act(request, form) as (work, visitor):
            outcome = joining_desk.settle(
                work, visitor.member, an_id(task), form.get("number", ""), form.get("kind", ""), form.get("name", "")
            )
            if outcome.refusal == "absent":
                raise Refused(*GONE)
            if not outcome.allowed:
                why = showing.refusal(outcome.refusal)
                response: Response = _desk_page(work, visitor, after=After(why=why, filled={**form, "task": task}))
                response.status_code = CONFLICT
            else:
                response = RedirectResponse("/staff/contact?done=saved", SEE_OTHER)
        self._woken()
        return response

    def slip(self, request: Request, uid: str, referral: str) -> Response:
        """The slip of a referral a guardian agreed to, to print: it names nobody."""
        with self._sessions.visit(request) as (work, visitor):
            child = contact_desk.reach(work, visitor.member, an_id(uid))
            wanted = an_id(referral)
            found = next((one for one in referrals.of_child(work, an_id(uid)) if one.uid == wanted), None)
            if child is None or found is None or found.slip is None:
                raise Refused(*GONE)
            referrals.printed(work, visitor.member, found)
            return showing.page("slip", referral=found, place=referrals.place(work, found), now=work.now)


def _desk_page(
    work: Work,
    visitor: signing_in.Visitor,
    *,
    show: str = "open",
    after: After = NOTHING_BEFORE,
) -> Response:
    if not contact_desk.holds(work, visitor.member):
        raise Refused(*GONE)
    everybody = show == "all"
    return showing.page(
        "contact",
        **showing.common(visitor),
        rungs=[] if everybody else contact_desk.open_rungs(work, visitor.member),
        families=contact_desk.families(work, visitor.member) if everybody else [],
        joinings=contact_desk.joinings(work, visitor.member),
        kinds=contact_staff.KINDS,
        everybody=everybody,
        most=contact_desk.MOST,
        **vars(after),
    )


def _family_page(
    work: Work,
    visitor: signing_in.Visitor,
    uid: str,
    *,
    after: After = NOTHING_BEFORE,
    code: str = "",
) -> Response:
    child = contact_desk.reach(work, visitor.member, uid)
    if child is None:
        raise Refused(*GONE)
    return showing.page(
        "family",
        **showing.common(visitor),
        sheet=contact_sheet.sheet(work, visitor.member, child),
        kinds=contact_staff.KINDS,
        dones=contact_staff.DONE,
        grounds=tuple(contact_staff.GROUNDS),
        ends=referrals.ENDS,
        agrees=visit_news.AGREE,
        relations=contact_consents.RELATIONS,
        heard=contact_consents.TAKEN_DOWN,
        calls_needed=contact_staff.calls_needed(),
        link=f"{work.public_url}/#invite={code.replace('-', '')}" if code and work.public_url else "",
        code=code,
        now=work.now,
        today=work.today,
        **vars(after),
    )
