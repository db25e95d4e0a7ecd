"""The staff page: what a staff member does in an office browser or on a phone. Plain pages and forms, no script needed.

Each request reads rights anew; each act is one service call; the answer of a form is a page to come back to.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.responses import RedirectResponse

from bot.gateway.web import (
    acting,
    arrangements,
    calling,
    checking,
    contact,
    family_papers,
    looking,
    needs,
    offering,
    printing,
    register,
    showing,
    talking,
    tasks,
    work_log,
)
from bot.gateway.web.showing import NOTHING_BEFORE, After
from bot.gateway.web.signing import GONE, Form, Refused, Sessions, an_id, read_form
from bot.services.casework import asking, dossier, overview
from bot.services.staff import access, roster, signing_in
from bot.services.work import Work
from bot.storage.crypto import Vault
from bot.storage.database import Database

SEE_OTHER = 303
CONFLICT = 409


class StaffPage:
    """All routes under /staff. `woken` is called after every act that may have put something in the outbox."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        now: Callable[[], datetime],
        public_url: str = "",
        woken: Callable[[], None] = lambda: None,
    ) -> None:
        self.sessions = Sessions(database, vault, now, public_url)
        self._woken = woken

    def join(self, site: FastAPI) -> None:
        """Put the page on the site."""
        site.mount("/staff/files", StaticFiles(directory=showing.FILES), name="staff files")
        router = APIRouter(prefix="/staff", include_in_schema=False)
        for path, method, endpoint in (
            ("", "GET", self.queue),
            ("/in/{token}", "GET", self.door),
            ("/in/{token}", "POST", self.enter),
            ("/out", "POST", self.leave),
            ("/duty", "GET", self.duty),
            ("/duty", "POST", self.enter_duty),
            ("/reports/{uid}", "GET", self.report),
            ("/reports/{uid}/do/{act}", "POST", self.act),
        ):
            router.add_api_route(path, endpoint, methods=[method])
        printing.Printing(self.sessions).routes(router)
        looking.Looking(self.sessions, self._woken).routes(router)
        talking.Talking(self.sessions, self._woken).routes(router)
        tasks.Tasks(self.sessions, self._woken).routes(router)
        calling.Calling(self.sessions, self._woken).routes(router)
        register.Register(self.sessions, self._woken).routes(router)
        checking.Checking(self.sessions).routes(router)
        needs.Needs(self.sessions, self._woken).routes(router)
        work_log.WorkLogs(self.sessions).routes(router)
        arrangements.Arrangements(self.sessions, self._woken).routes(router)
        contact.ContactPages(self.sessions, self._woken).routes(router)
        router.add_api_route("/{rest:path}", self.nothing, methods=["GET", "POST"])
        site.include_router(family_papers.FamilyPapers(self.sessions).routes())
        site.include_router(router)
        site.add_exception_handler(Refused, _refused)

    def door(self, token: str) -> Response:
        """What a link shows first. Only the button opens it: a chat's preview of the link must not use it up."""
        with self.sessions.work() as work:
            alive = signing_in.opens(work, token[:100])
        return showing.page("enter", token=token) if alive else showing.page("door", 410, late=True)

    def enter(self, request: Request, token: str) -> Response:
        """Open the link, once, and give this browser a session of its own."""
        self.sessions.from_here(request)
        with self.sessions.work() as work:
            entered = signing_in.enter(work, token[:100], self.sessions.token(request))
        if entered is None:
            return showing.page("door", 410, late=True)
        response = RedirectResponse(f"/staff/reports/{entered.goes_to}" if entered.goes_to else "/staff", SEE_OTHER)
        self.sessions.keep(response, entered.token)
        return response

    def leave(self, request: Request, form: Form = Depends(read_form)) -> Response:  # noqa: B008 - how FastAPI asks
        """Sign out."""
        with self.sessions.act(request, form) as (work, _):
            signing_in.leave(work, self.sessions.token(request))
        response = showing.page("left")
        self.sessions.drop(response)
        return response

    def queue(
        self, request: Request, group: str = overview.OPEN, whose: str = overview.MINE, done: str = ""
    ) -> Response:
        """My reports, most urgent first."""
        with self.sessions.visit(request) as (work, visitor):
            wide = overview.sees_an_area(visitor.member)
            group = group if group in (overview.OPEN, *overview.GROUPS) else overview.OPEN
            whose = overview.AREA if wide and whose == overview.AREA else overview.MINE
            found = overview.queue(work, visitor.member, group, whose)
            return showing.page(
                "queue",
                **showing.common(visitor),
                queue=found,
                group=group,
                whose=whose,
                wide=wide,
                said=showing.done(done),
            )

    def report(self, request: Request, uid: str, done: str = "") -> Response:
        """One report. Opening it is journalled."""
        with self.sessions.visit(request) as (work, visitor):
            return _sheet_page(work, visitor, uid, after=After(showing.done(done)))

    def act(self, request: Request, uid: str, act: str, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """One act on a report. Refused: the page again, with why, and with what was written."""
        with self.sessions.act(request, form) as (work, visitor):
            outcome = acting.do(work, visitor.member, an_id(uid), act, form)
            if outcome.refusal == "absent":
                raise Refused(*GONE)
            if not outcome.allowed:
                why = asking.why_not(form.get("text", "")) if outcome.refusal == "never_ask" else None
                why = (why or showing.refusal(outcome.refusal)).rstrip("。")
                response: Response = _sheet_page(work, visitor, uid, after=After(why=why, tried=act, filled=form))
                response.status_code = CONFLICT
            else:
                # Who works on a report while it is open may not read it once it has ended: back to the list then.
                stays = access.reach(work, visitor.member, uid) is not None
                where = f"/staff/reports/{uid}" if stays else "/staff"
                response = RedirectResponse(f"{where}?done={acting.done(act, outcome)}", SEE_OTHER)
        self._woken()
        return response

    def duty(self, request: Request, done: str = "") -> Response:
        """The county's roster and its people."""
        with self.sessions.visit(request) as (work, visitor):
            return _duty_page(work, visitor, after=After(showing.done(done)))

    def enter_duty(self, request: Request, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """Put somebody on the roster."""
        with self.sessions.act(request, form) as (work, visitor):
            outcome = acting.enter_duty(work, visitor.member, form)
            if not outcome.allowed:
                return _duty_page(work, visitor, after=After(why=showing.refusal(outcome.refusal)), status=CONFLICT)
        return RedirectResponse("/staff/duty?done=saved", SEE_OTHER)

    def nothing(self, request: Request) -> Response:
        """Whatever is not there looks like whatever may not be seen."""
        with self.sessions.visit(request):
            raise Refused(*GONE)


def _sheet_page(
    work: Work,
    visitor: signing_in.Visitor,
    uid: str,
    *,
    after: After = NOTHING_BEFORE,
) -> Response:
    sheet = dossier.open_sheet(work, visitor.member, an_id(uid))
    if sheet is None:
        raise Refused(*GONE)
    return showing.page(
        "report",
        **showing.common(visitor),
        sheet=sheet,
        report=sheet.report,
        **offering.around(work, visitor.member, sheet),
        now=work.now,
        **vars(after),
    )


def _duty_page(
    work: Work, visitor: signing_in.Visitor, *, after: After = NOTHING_BEFORE, status: int = 200
) -> Response:
    common = showing.common(visitor)
    if not common["duties"]:
        raise Refused(*GONE)
    counties = roster.counties(work, visitor.member)
    return showing.page("roster", status, **common, counties=counties, now=work.now, **vars(after))


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)  # noqa: S101 - registered for this class only
    return showing.page(error.page, error.status)
