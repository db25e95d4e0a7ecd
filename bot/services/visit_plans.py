"""Planning: the facts of a child as they stand, the plan they give, and the one visit that is owed for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, or_, select, update

from bot.care import calendar, visits
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import (
    Child,
    Mark,
    Responsibility,
    Visit,
    VisitEscalation,
    VisitPlan,
    VisitStanding,
    VisitTask,
)

PROFILE = "children.profile"
IN_SERVICE = ("active", "away")
DUTY = "visit"
MARK = "visits planned"
# A change is stamped when its transaction begins and seen when it ends: look back a little.
MARGIN = timedelta(minutes=10)


def today(work: Work) -> date:
    """The day it is in Shanghai."""
    return calendar.local(work.now).date()


def facts_of(work: Work, child: Child) -> dict[str, Any]:
    """The facts of a child as `care.visits.plan` takes them; what nobody assessed is unknown, and unknown counts."""
    history = work.session.scalars(
        select(VisitStanding).where(VisitStanding.child == child.uid).order_by(VisitStanding.since)
    )
    seen = work.session.execute(select(Visit.on, Visit.kind).where(Visit.child == child.uid).order_by(Visit.on))
    return {
        "history": [
            # Which tag it is plays no part (roles.yml, hiv_protection): the plan knows only that there is one.
            {"on": row.since, "level": row.level, "tags": [visits.KEY_FOCUS] if row.key_focus else []}
            for row in history
        ],
        "visits": [{"date": on, "kind": kind} for on, kind in seen],
        "left_behind": child.left_behind or "needs_verification",
        "hardship": child.hardship or "needs_verification",
        "birth_date": profile(work, child).get("birth_date"),
    }


def profile(work: Work, child: Child) -> dict[str, Any]:
    """What the file says of who the child is."""
    opened: dict[str, Any] = work.open(PROFILE, child.uid, child.profile_sealed)
    return opened


def replan(work: Work, child: Child, *, standing_from: date | None = None) -> VisitPlan | None:
    """Plan a child anew after a fact changed. `standing_from`: the day a new level counts from, else its own or today.

    The visit owed before is done when a visit was made since, else void; what had been raised about it is settled only
    by a visit. None: the child is not in service (a draft, or ended).
    """
    row = work.session.get(VisitPlan, child.uid)
    if child.state not in IN_SERVICE:
        if row is not None:
            _write(work, child, row, None)
        return None
    _keep_standing(work, child, standing_from)
    _keep_office(work, child)
    made = made_of(work, child)
    row = row or VisitPlan(child=child.uid)
    _write(work, child, row, made)
    return row


def made_of(work: Work, child: Child) -> visits.Plan:
    """The whole plan of a child as of now, with reminders and what is still to be told."""
    return visits.plan(facts_of(work, child), today(work))


def _write(work: Work, child: Child, row: VisitPlan, made: visits.Plan | None) -> None:
    due = made.due if made is not None else None
    last = work.session.scalar(
        select(Visit.on)
        .where(Visit.child == child.uid, Visit.kind == "home_visit", Visit.on <= today(work))
        .order_by(Visit.on.desc())
        .limit(1)
    )
    if last is not None and last != child.last_visit:
        row.planned_for = row.paused_until = None  # they were about a visit that has been made
        _settle(work, child)
    row.tier, row.state = (made.tier, made.state) if made is not None else ("unassessed", "stopped")
    row.due, child.next_due, child.last_visit = due, due, last or child.last_visit
    row.clause, row.basis = (made.why_clause, made.why_basis) if made is not None else (None, None)
    row.steps = "\n".join(made.why_steps) if made is not None else ""
    row.handover_on = made.handover_task_on if made is not None else None
    row.seen_change, row.planned_at = child.changed_at, work.now
    work.session.add(row)
    work.session.flush()
    _owe(work, child, due, last)


def _settle(work: Work, child: Child) -> None:
    work.session.execute(
        update(VisitEscalation)
        .where(VisitEscalation.child == child.uid, VisitEscalation.settled_at.is_(None))
        .values(settled_at=work.now)
    )


def _owe(work: Work, child: Child, due: date | None, last: date | None) -> None:
    """Exactly one visit is owed while there is a due date: visit:<child>:<due>."""
    key = task_key(child.uid, due) if due is not None else None
    open_tasks = work.session.scalars(
        select(VisitTask).where(VisitTask.child == child.uid, VisitTask.state == "open")
    ).all()
    for task in open_tasks:
        if task.natural_key != key:
            made = last is not None and last > calendar.local(task.opened_at).date() - timedelta(days=1)
            task.state, task.closed_at = "done" if made else "void", work.now
    if due is not None and key is not None and key not in {task.natural_key for task in open_tasks}:
        known = work.session.get(VisitTask, key)
        if known is None:
            work.session.add(VisitTask(natural_key=key, child=child.uid, due=due, opened_at=work.now))
        else:
            known.state, known.closed_at = "open", None
    work.session.flush()


def task_key(child: str, due: date) -> str:
    """The natural key of the visit a child is owed on a day."""
    return f"visit:{child}:{due.isoformat()}"


def _keep_standing(work: Work, child: Child, since: date | None) -> None:
    """Write down a level or key focus that is new; the first one holds from the day of filing."""
    newest = work.session.scalar(
        select(VisitStanding).where(VisitStanding.child == child.uid).order_by(VisitStanding.since.desc()).limit(1)
    )
    level = child.level or "unassessed"
    if newest is not None and (newest.level, newest.key_focus) == (level, child.key_focus):
        return
    if newest is None:
        since = child.filed_on
    elif since is None:
        own = child.level_since if newest.level != level else None
        since = own if own is not None and newest.since < own <= today(work) else today(work)
    since = max(since, newest.since) if newest is not None else since
    work.session.execute(delete(VisitStanding).where(VisitStanding.child == child.uid, VisitStanding.since == since))
    work.session.add(
        VisitStanding(uid=opaque_id(), child=child.uid, since=since, level=level, key_focus=child.key_focus)
    )
    work.session.flush()


def _keep_office(work: Work, child: Child) -> None:
    """Somebody answers for every child in service: where no office is written down, that of the place it lives in."""
    known = select(Responsibility.uid).where(Responsibility.child == child.uid, Responsibility.duty == DUTY)
    if work.session.scalar(known.limit(1)) is None:
        work.session.add(
            Responsibility(
                uid=opaque_id(), child=child.uid, duty=DUTY, area=child.area, since=child.filed_on, why="lives_there"
            )
        )
        work.session.flush()


def changed(work: Work, limit: int = 300) -> dict[str, int]:
    """Plan anew every child whose file changed since it was planned, oldest change first; `left`: there may be more."""
    mark = work.session.get(Mark, MARK)
    since = datetime.fromisoformat(mark.value.decode()) - MARGIN if mark is not None else None
    behind = or_(VisitPlan.child.is_(None), VisitPlan.seen_change < Child.changed_at)
    wanted = and_(Child.state.in_(IN_SERVICE), behind) | and_(
        Child.state.not_in(IN_SERVICE), VisitPlan.due.is_not(None)
    )
    query = select(Child).outerjoin(VisitPlan, VisitPlan.child == Child.uid).where(wanted)
    if since is not None:
        query = query.where(Child.changed_at >= since)
    found = work.session.scalars(query.order_by(Child.changed_at).limit(limit)).all()
    planned = sum(replan(work, child) is not None for child in found)
    if len(found) < limit:
        _note(work, mark)
    return {"planned": planned, "left": int(len(found) == limit)}


def _note(work: Work, mark: Mark | None) -> None:
    if mark is None:
        work.session.add(Mark(name=MARK, value=work.now.isoformat().encode()))
    else:
        mark.value = work.now.isoformat().encode()
    work.session.flush()


def of(work: Work, children: Iterable[str]) -> dict[str, VisitPlan]:
    """The plans of some children."""
    rows = work.session.scalars(select(VisitPlan).where(VisitPlan.child.in_(list(children))))
    return {row.child: row for row in rows}
