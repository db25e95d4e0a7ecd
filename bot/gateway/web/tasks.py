"""Tasks of the office on the staff page: what waits at my places, one to read, taken and ended with an outcome."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from bot.gateway.web import showing
from bot.gateway.web.showing import NOTHING_BEFORE, After
from bot.gateway.web.signing import GONE, Form, Refused, Sessions, an_id, read_form
from bot.services.casework.reports import Outcome
from bot.services.register import from_check
from bot.services.staff.signing_in import Visitor
from bot.services.tasks import care_tasks
from bot.services.tasks import work as care_task_work
from bot.services.work import Work

SEE_OTHER, CONFLICT = 303, 409


class Tasks:
    """Routes of the tasks."""

    def __init__(self, sessions: Sessions, woken: Callable[[], None]) -> None:
        self._sessions, self._woken = sessions, woken

    def routes(self, router: APIRouter) -> None:
        """Add them to the staff page's routes."""
        router.add_api_route("/tasks", self.mine, methods=["GET"])
        router.add_api_route("/tasks/{uid}", self.one, methods=["GET"])
        router.add_api_route("/tasks/{uid}/do/{act}", self.act, methods=["POST"])

    def mine(self, request: Request, ended: bool = False) -> Response:
        """What waits at the places I answer for, or what was ended there."""
        with self._sessions.visit(request) as (work, visitor):
            common = showing.common(visitor)
            if not common["tasks"]:
                raise Refused(*GONE)
            found = care_task_work.listed(work, visitor.member, ended=ended)
            return showing.page("tasks", **common, found=found, ended=ended)

    def one(self, request: Request, uid: str, done: str = "") -> Response:
        """One task. Opening it is journalled."""
        with self._sessions.visit(request) as (work, visitor):
            return _page(work, visitor, uid, after=After(showing.done(done)))

    def act(self, request: Request, uid: str, act: str, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """Take it or end it. Refused: the page again, with why."""
        with self._sessions.act(request, form) as (work, visitor):
            outcome = _do(work, visitor, an_id(uid), act, form)
            if outcome.refusal == "absent":
                raise Refused(*GONE)
            if not outcome.allowed:
                return _page(work, visitor, uid, after=After(why=showing.refusal(outcome.refusal)), status=CONFLICT)
        self._woken()
        return RedirectResponse(f"/staff/tasks/{uid}?done=task_{act}", SEE_OTHER)


def _do(work: Work, visitor: Visitor, uid: str, act: str, form: Form) -> Outcome:
    if act == "take":
        return care_task_work.take(work, visitor.member, uid)
    if act == "finish":
        return care_task_work.finish(work, visitor.member, uid, form.get("outcome", ""), form.get("note", ""))
    if act == "file":
        return from_check.attach(work, visitor.member, uid, form.get("child", ""), form.get("agreed", ""))
    return Outcome(False, "absent")


def _page(work: Work, visitor: Visitor, uid: str, *, after: After = NOTHING_BEFORE, status: int = 200) -> Response:
    opened = care_task_work.opened(work, visitor.member, an_id(uid))
    if opened is None:
        raise Refused(*GONE)
    return showing.page(
        "task",
        status,
        **showing.common(visitor),
        opened=opened,
        task=opened.task,
        outcomes=care_task_work.OUTCOMES,
        check=opened.task.kind in care_tasks.FROM_FAMILIES and bool(opened.held.get("facts")),
        consented=from_check.consented(opened.held),
        ways=from_check.TO_STAFF,
        **vars(after),
    )
