"""Planning: the facts of a child as they stand, the plan they give, and the one visit that is owed for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, Executable, and_, bindparam, literal, null, or_, select, tuple_, union_all, update

from bot.care import calendar, parameters, visits
from bot.services.register.children import IN_SERVICE, planned_level, profile
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import (
    CareTask,
    Child,
    Mark,
    Moment,
    Responsibility,
    Visit,
    VisitEscalation,
    VisitPlan,
    VisitStanding,
    VisitTask,
)

DUTY, HANDOVER = "visit", "handover"
MARK = "visits planned to"
# A change is stamped when its transaction begins and seen when it ends: look back a little.
MARGIN = timedelta(minutes=10)
BATCH = 60
"""Children in one transaction: on SQLite everybody else who writes waits for it."""


_THESE: BindParameter[str] = bindparam("uids", expanding=True)
# Built once: building a statement costs more than running it, and each record of a visit plans a child anew.
_STANDINGS = select(VisitStanding).where(VisitStanding.child.in_(_THESE)).order_by(VisitStanding.since)
_TASKS = select(VisitTask).where(VisitTask.child.in_(_THESE))
_PLANS = select(VisitPlan).where(VisitPlan.child.in_(_THESE))
_VISIT, _OFFICE, _RAISED, _HANDED_OVER = "visit", "office", "raised", "handed over"
_SO_FAR: Executable = union_all(
    select(literal(_VISIT), Visit.child, Visit.on, Visit.kind).where(Visit.child.in_(_THESE)),
    select(literal(_OFFICE), Responsibility.child, null(), null()).where(
        Responsibility.child.in_(_THESE), Responsibility.duty == DUTY
    ),
    select(literal(_RAISED), VisitEscalation.child, null(), null()).where(
        VisitEscalation.child.in_(_THESE), VisitEscalation.settled_at.is_(None)
    ),
    select(literal(_HANDED_OVER), CareTask.natural_key, null(), null()).where(
        CareTask.child.in_(_THESE), CareTask.kind == HANDOVER, CareTask.state == "done"
    ),
)
"""Which visits were made, which children have an office, about which something is still raised, which hand-overs are
done."""


@dataclass(frozen=True)
class Loaded:
    """What planning some children needs, read in a few statements however many they are. Lists by date."""

    standings: dict[str, list[VisitStanding]]
    seen: dict[str, list[tuple[date, str]]]
    tasks: dict[str, list[VisitTask]]
    plans: dict[str, VisitPlan]
    with_office: set[str]
    raised: set[str]
    handed_over: set[str]


def load(work: Work, children: Sequence[Child]) -> Loaded:
    """Read what planning these children needs."""
    asked = {"uids": [child.uid for child in children]}
    read = work.session
    loaded = Loaded(defaultdict(list), defaultdict(list), defaultdict(list), {}, set(), set(), set())
    if not children:
        return loaded
    for standing in read.scalars(_STANDINGS, asked):
        loaded.standings[standing.child].append(standing)
    for task in read.scalars(_TASKS, asked):
        loaded.tasks[task.child].append(task)
    loaded.plans.update((row.child, row) for row in read.scalars(_PLANS, asked))
    so_far = {_OFFICE: loaded.with_office, _RAISED: loaded.raised, _HANDED_OVER: loaded.handed_over}
    for what, which, on, kind in read.execute(_SO_FAR, asked):
        if what == _VISIT:
            loaded.seen[which].append((on, kind))
        else:
            so_far[what].add(which)
    for days in loaded.seen.values():
        days.sort(key=lambda seen: seen[0])
    return loaded


@dataclass(frozen=True)
class Planned:
    """What planning anew gave: the row, and the whole plan. Neither: the child is not in service."""

    row: VisitPlan | None = None
    made: visits.Plan | None = None


NOT_IN_SERVICE = Planned()


def made_of(work: Work, child: Child) -> visits.Plan:
    """The whole plan of a child as of now, with reminders and what is still to be told."""
    return _plan(work, child, load(work, [child]))


def _plan(work: Work, child: Child, loaded: Loaded) -> visits.Plan:
    """The plan; a hand-over that was recorded counts for the age limit it was about, and for no later one."""
    facts = _still_ours(child, _facts(work, child, loaded), loaded, work.today)
    made = visits.plan(facts, work.today)
    on = made.handover_task_on
    if on is not None and handover_key(child.uid, on) in loaded.handed_over:
        return visits.plan({**facts, "handover_recorded": "yes"}, work.today)
    return made


def _still_ours(child: Child, facts: dict[str, Any], loaded: Loaded, on: date) -> dict[str, Any]:
    """Whom a birthday took out of the two groups stays in service until the hand-over is recorded (visits.md §4)."""
    planned = loaded.plans.get(child.uid)
    if planned is None or planned.handover_on is None or planned.due is None:
        return facts
    over = planned.handover_on + timedelta(days=int(parameters.number("visit.handover.before_age_limit")))
    recorded = handover_key(child.uid, planned.handover_on) in loaded.handed_over
    if on < over or recorded or any(facts[line] in visits.IN_SERVICE for line in visits.AGE_LIMIT):
        return facts
    born = date.fromisoformat(facts["birth_date"])
    left = [line for line, age in visits.AGE_LIMIT.items() if calendar.add_months(born, age * 12)[0] < over]
    return {**facts, max(left, key=lambda line: visits.AGE_LIMIT[line]): "needs_verification"}


def handover_key(child: str, on: date) -> str:
    """The natural key of the task that begins on a day to hand a child over that grows out of the service."""
    return f"handover:{child}:{on.isoformat()}"


def _facts(work: Work, child: Child, loaded: Loaded) -> dict[str, Any]:
    """The facts of a child as `care.visits.plan` takes them; what nobody assessed is unknown, and unknown counts."""
    return {
        "history": [
            # Which tag it is plays no part (roles.yml, hiv_protection): the plan knows only that there is one.
            {"on": row.since, "level": row.level, "tags": [visits.KEY_FOCUS] if row.key_focus else []}
            for row in loaded.standings[child.uid]
        ],
        "visits": [{"date": on, "kind": kind} for on, kind in loaded.seen[child.uid]],
        "left_behind": child.left_behind or "needs_verification",
        "hardship": child.hardship or "needs_verification",
        "birth_date": profile(work, child).get("birth_date"),
    }


def replan(work: Work, child: Child, *, standing_from: date | None = None) -> VisitPlan | None:
    """Plan a child anew after a fact changed. `standing_from`: the day a new level counts from, else its own or today.

    The visit owed before is done when a visit was made since, else void; what had been raised about it is settled only
    by a visit. None: the child is not in service (a draft, or ended).
    """
    return replan_all(work, [child], standing_from=standing_from)[child.uid].row


def replan_all(work: Work, children: Sequence[Child], *, standing_from: date | None = None) -> dict[str, Planned]:
    """As `replan`, for several children at once, by their ids."""
    loaded = load(work, children)
    planned = {child.uid: _replan(work, child, loaded, standing_from) for child in children}
    work.session.flush()
    return planned


def _replan(work: Work, child: Child, loaded: Loaded, standing_from: date | None = None) -> Planned:
    row = loaded.plans.get(child.uid)
    if child.state not in IN_SERVICE:
        if row is not None:
            _write(work, child, row, None, loaded)
        return NOT_IN_SERVICE
    _keep_standing(work, child, loaded, standing_from)
    _keep_office(work, child, loaded)
    made = _plan(work, child, loaded)
    row = row or VisitPlan(child=child.uid)
    _write(work, child, row, made, loaded)
    return Planned(row, made)


def _write(work: Work, child: Child, row: VisitPlan, made: visits.Plan | None, loaded: Loaded) -> None:
    due = made.due if made is not None else None
    days = [on for on, kind in loaded.seen[child.uid] if kind == "home_visit" and on <= work.today]
    last = days[-1] if days else None
    if last is not None and last != child.last_visit:
        row.planned_for = row.paused_until = None  # they were about a visit that has been made
        if child.uid in loaded.raised:
            _settle(work, child)
    row.tier, row.state = (made.tier, made.state) if made is not None else ("unassessed", "stopped")
    row.due, child.next_due, child.last_visit = due, due, last or child.last_visit
    row.clause, row.basis = (made.why_clause, made.why_basis) if made is not None else (None, None)
    row.steps = "\n".join(made.why_steps) if made is not None else ""
    row.handover_on = made.handover_task_on if made is not None else None
    row.seen_change, row.planned_at = child.changed_at, work.now
    work.session.add(row)
    _owe(work, child, due, last, loaded.tasks[child.uid])


def _settle(work: Work, child: Child) -> None:
    work.session.execute(
        update(VisitEscalation)
        .where(VisitEscalation.child == child.uid, VisitEscalation.settled_at.is_(None))
        .values(settled_at=work.now)
    )


def _owe(work: Work, child: Child, due: date | None, last: date | None, tasks: list[VisitTask]) -> None:
    """Exactly one visit is owed while there is a due date: visit:<child>:<due>."""
    key = task_key(child.uid, due) if due is not None else None
    for task in tasks:
        if task.state == "open" and task.natural_key != key:
            made = last is not None and last >= calendar.local(task.opened_at).date()
            task.state, task.closed_at = "done" if made else "void", work.now
    if due is None or key is None:
        return
    known = next((task for task in tasks if task.natural_key == key), None)
    if known is None:
        work.session.add(VisitTask(natural_key=key, child=child.uid, due=due, state="open", opened_at=work.now))
    else:
        known.state, known.closed_at = "open", None


def task_key(child: str, due: date) -> str:
    """The natural key of the visit a child is owed on a day."""
    return f"visit:{child}:{due.isoformat()}"


def _keep_standing(work: Work, child: Child, loaded: Loaded, since: date | None) -> None:
    """Write down a level or key focus that is new; the first one holds from the day of filing."""
    history = loaded.standings[child.uid]
    newest = history[-1] if history else None
    level = planned_level(child)
    if newest is None:
        since = child.filed_on
    elif (newest.level, newest.key_focus) == (level, child.key_focus):
        return
    else:
        own = child.level_since if newest.level != level else None
        since = since or (own if own is not None and own <= work.today else work.today)
        since = max(since, newest.since)
    if newest is not None and newest.since == since:
        newest.level, newest.key_focus = level, child.key_focus
        return
    row = VisitStanding(uid=opaque_id(), child=child.uid, since=since, level=level, key_focus=child.key_focus)
    work.session.add(row)
    history.append(row)


def _keep_office(work: Work, child: Child, loaded: Loaded) -> None:
    """Somebody answers for every child in service: where no office is written down, that of the place it lives in."""
    if child.uid not in loaded.with_office:
        since, why = child.filed_on, "lives_there"
        work.session.add(
            Responsibility(uid=opaque_id(), child=child.uid, duty=DUTY, area=child.area, since=since, why=why)
        )


@dataclass(frozen=True)
class Pass:
    """One walk through the changed files, oldest change first. `since`: what changed before was planned by the walk
    before; `began`: when this one began; `upto`: how far it has come, as (change, child)."""

    since: datetime | None
    began: datetime
    upto: tuple[datetime, str] | None = None

    def kept(self) -> bytes:
        """As the mark keeps it."""
        since = self.since.isoformat() if self.since is not None else "-"
        upto = f" {self.upto[0].isoformat()} {self.upto[1]}" if self.upto is not None else ""
        return f"{since} {self.began.isoformat()}{upto}".encode()


def _taken_up(work: Work, mark: Mark | None) -> Pass:
    """The walk that is under way, else a new one from where the last one began."""
    if mark is None:
        return Pass(None, work.now)
    since, began, *upto = mark.value.decode().split(" ")
    if upto:
        passed = datetime.fromisoformat(upto[0]), upto[1]
        return Pass(datetime.fromisoformat(since) if since != "-" else None, datetime.fromisoformat(began), passed)
    last = datetime.fromisoformat(began) - MARGIN
    # The clock was ahead when that was noted: what changed since has earlier stamps, so everything is looked at.
    return Pass(last if last <= work.now else None, work.now)


def changed(work: Work, limit: int = BATCH) -> dict[str, int]:
    """Plan anew every child whose file changed since it was planned, oldest change first; `left`: there may be more."""
    mark = work.session.get(Mark, MARK)
    walk = _taken_up(work, mark)
    # Not "older than": who waited for another to finish writes later what was stamped earlier.
    behind = or_(VisitPlan.child.is_(None), VisitPlan.seen_change != Child.changed_at)
    over = and_(Child.state.not_in(IN_SERVICE), VisitPlan.due.is_not(None))
    query = select(Child).outerjoin(VisitPlan, VisitPlan.child == Child.uid)
    query = query.where(or_(and_(Child.state.in_(IN_SERVICE), behind), over))
    if walk.upto is not None:
        passed = tuple_(literal(walk.upto[0], Moment), literal(walk.upto[1]))
        query = query.where(tuple_(Child.changed_at, Child.uid) > passed)
    elif walk.since is not None:
        query = query.where(Child.changed_at >= walk.since)
    found = work.session.scalars(query.order_by(Child.changed_at, Child.uid).limit(limit)).all()
    reached = (found[-1].changed_at, found[-1].uid) if len(found) == limit else None
    loaded = load(work, found)
    planned = sum(_replan(work, child, loaded).row is not None for child in found)
    kept = replace(walk, upto=reached).kept()
    if mark is None:
        work.session.add(Mark(name=MARK, value=kept))
    else:
        mark.value = kept
    work.session.flush()
    return {"planned": planned, "left": int(reached is not None)}


def of(work: Work, children: Iterable[str]) -> dict[str, VisitPlan]:
    """The plans of some children."""
    rows = work.session.scalars(select(VisitPlan).where(VisitPlan.child.in_(list(children))))
    return {row.child: row for row in rows}
