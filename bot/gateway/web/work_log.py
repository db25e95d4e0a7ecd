"""The work log on the staff page: a line a field, put right and confirmed, and what was confirmed before."""

from __future__ import annotations

from datetime import date, timedelta

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from bot import texts
from bot.gateway.web import showing
from bot.gateway.web.showing import NOTHING_BEFORE, After
from bot.gateway.web.signing import GONE, Form, Refused, Sessions, read_form
from bot.services.staff import signing_in
from bot.services.visits import work_logs
from bot.services.work import Work

SEE_OTHER, CONFLICT = 303, 409
CONFIRM = "confirm"


class WorkLogs:
    """Routes of one's own work log."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def routes(self, router: APIRouter) -> None:
        """Add them to the staff page's routes."""
        router.add_api_route("/log", self.today, methods=["GET"])
        router.add_api_route("/log/{day}", self.one, methods=["GET"])
        router.add_api_route("/log/{day}", self.write, methods=["POST"])

    def today(self, request: Request) -> Response:
        """The log of today."""
        with self._sessions.visit(request) as (work, visitor):
            return _page(work, visitor, work.today)

    def one(self, request: Request, day: str, done: str = "") -> Response:
        """The log of a day."""
        with self._sessions.visit(request) as (work, visitor):
            return _page(work, visitor, _day(work, day), After(showing.done(done)))

    def write(self, request: Request, day: str, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """Keep what was written; confirm it when asked to. Refused: the page again with what was to be added."""
        with self._sessions.act(request, form) as (work, visitor):
            on, member = _day(work, day), visitor.member
            if not work_logs.keeps(member):
                raise Refused(*GONE)
            for name, key in form.items():
                place = name.removeprefix("key_")
                if place != name and f"words_{place}" in form:
                    work_logs.write(work, member, on, key, form[f"words_{place}"])
            more = form.get("more", "")
            if more and not work_logs.add(work, member, on, more):
                return _page(
                    work, visitor, on, After(why=texts.phrase("log.full"), tried="more", filled=form), CONFLICT
                )
            confirms = form.get("then") == CONFIRM
            if confirms:
                work_logs.confirm(work, member, on)
        return RedirectResponse(
            f"/staff/log/{on.isoformat()}?done={'log_confirmed' if confirms else 'saved'}", SEE_OTHER
        )


def _day(work: Work, written: str) -> date:
    try:
        on = date.fromisoformat(written)
    except ValueError:
        raise Refused(*GONE) from None
    if on > work.today:
        raise Refused(*GONE)
    return on


def _page(
    work: Work, visitor: signing_in.Visitor, on: date, after: After = NOTHING_BEFORE, status: int = 200
) -> Response:
    if not work_logs.keeps(visitor.member):
        raise Refused(*GONE)
    return showing.page(
        "log",
        status,
        **showing.common(visitor),
        log=work_logs.of(work, visitor.member, on),
        versions=work_logs.versions(work, visitor.member, on),
        before=on - timedelta(days=1),
        later=on + timedelta(days=1) if on < work.today else None,
        longest=work_logs.LONGEST,
        **vars(after),
    )
