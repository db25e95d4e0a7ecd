"""On the staff page: the yearly check of files, from draw to last correction; how visits went month by month."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from bot import texts
from bot.gateway.web import showing
from bot.gateway.web.showing import NOTHING_BEFORE, After
from bot.gateway.web.signing import GONE, Form, Refused, Sessions, an_id, read_form
from bot.services import journal
from bot.services.register import quarterly, spot_checks
from bot.services.staff import signing_in
from bot.services.visits import trends
from bot.services.work import Work

SEE_OTHER, CONFLICT = 303, 409
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Checking:
    """Routes of the yearly check and of the trends."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def routes(self, router: APIRouter) -> None:
        """Add them to the staff page's routes."""
        router.add_api_route("/check", self.check, methods=["GET"])
        router.add_api_route("/check/draw", self.draw, methods=["POST"])
        router.add_api_route("/check/sheet", self.sheet, methods=["POST"])
        router.add_api_route("/check/{uid}", self.settle, methods=["POST"])
        router.add_api_route("/trends", self.trends, methods=["GET"])

    def check(self, request: Request, done: str = "") -> Response:
        """This year's check of every county somebody sees: what was drawn, what is open, what is to be corrected."""
        with self._sessions.visit(request) as (work, visitor):
            return _page(work, visitor, after=After(showing.done(done)))

    def draw(self, request: Request, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """Draw this year's sample of a county, once; the seed stays on the page."""
        with self._sessions.act(request, form) as (work, visitor):
            county = _entered(work, visitor, form)
            spot_checks.draw(work, county, work.today.year, by=visitor.member.account)
        return RedirectResponse("/staff/check?done=saved", SEE_OTHER)

    def settle(self, request: Request, uid: str, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """What a look at a file found. Refused: the page again, with why and with what was written."""
        with self._sessions.act(request, form) as (work, visitor):
            file = an_id(uid)
            due = _day(form.get("due", ""))
            words = form.get("words", "")[:500]
            outcome = spot_checks.settle(work, visitor.member, file, form.get("state", ""), words, due)
            if outcome.refusal == "absent":
                raise Refused(*GONE)
            if not outcome.allowed:
                why = texts.phrase(f"spot.refusal.{outcome.refusal}")
                response: Response = _page(work, visitor, after=After(why=why, tried=file, filled=form))
                response.status_code = CONFLICT
                return response
        return RedirectResponse("/staff/check?done=saved", SEE_OTHER)

    def sheet(self, request: Request, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """The check sheets as XLSX; taking them is journalled."""
        with self._sessions.act(request, form) as (work, visitor):
            county = _entered(work, visitor, form)
            found = spot_checks.of(work, county, work.today.year)
            if found is None:
                raise Refused(*GONE)
            journal.record(work, visitor.member.account, "check sheets taken", county)
            body = spot_checks.sheet(work, found)
        headers = {**showing.HEADERS, "Content-Disposition": f'attachment; filename="hutong-check-{county}.xlsx"'}
        return Response(body, media_type=XLSX, headers=headers)

    def trends(self, request: Request) -> Response:
        """Visits made and late, month by month, as a picture and as a table."""
        with self._sessions.visit(request) as (work, visitor):
            found = trends.months(work, visitor.member)
            if not found:
                raise Refused(*GONE)
            most = max(1, *(max(month.made, month.late) for month in found))
            return showing.page("trends", **showing.common(visitor), months=found, most=most)


def _entered(work: Work, visitor: signing_in.Visitor, form: Form) -> str:
    """The county of a form, if this person enters for it."""
    county = form.get("county", "")
    if not quarterly.may_enter(work, visitor.member, county):
        raise Refused(*GONE)
    return county


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _page(
    work: Work,
    visitor: signing_in.Visitor,
    *,
    after: After = NOTHING_BEFORE,
) -> Response:
    counties = quarterly.counties(work, visitor.member)
    if not counties:
        raise Refused(*GONE)
    year = work.today.year
    found = [(county, spot_checks.of(work, county, year)) for county in counties]
    return showing.page(
        "check",
        **showing.common(visitor),
        year=year,
        today=work.today,
        counties=[
            (
                county,
                check,
                spot_checks.files(work, check) if check is not None else [],
                quarterly.may_enter(work, visitor.member, county),
            )
            for county, check in found
        ],
        looked_at=spot_checks.LOOKED_AT,
        **vars(after),
    )
