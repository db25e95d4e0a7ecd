"""Everybody whose assessment is out of date is assessed anew: a birthday came, or the model has a new reading.

Stopped half-way it goes on where it was: what was assessed is committed, and how far a new reading has come is noted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select

from bot.care import model as models
from bot.services.register import assessing, children
from bot.services.register.assessing import VALUE
from bot.services.work import Work
from bot.storage.tables import Child, ChildAssessment, Mark, StaffFact

MARK = "reassessed"
BATCH = 50
"""Children in one transaction: on SQLite everybody else who writes waits for it."""
DONE = "~"


def waiting(work: Work) -> int:
    """How many children are still to be assessed anew."""
    count = select(func.count()).select_from(Child)
    by_calendar = work.session.scalar(count.where(*_known(), _too_old(work))) or 0
    if _upto(work) == DONE:
        return by_calendar
    return by_calendar + (work.session.scalar(count.where(*_known(), ~_too_old(work), *_of_old_reading(work))) or 0)


def tick(work: Work, limit: int = BATCH) -> dict[str, int]:
    """Assess up to `limit` children anew; `left`: there may be more. Safe to stop and to run again at any time."""
    wanted = select(Child).where(*_known(), _too_old(work)).order_by(Child.recheck_on, Child.uid).limit(limit)
    found = list(work.session.scalars(wanted))
    if len(found) < limit:
        found += _next_of_old_reading(work, limit - len(found))
    changed = _assess(work, found)
    return {"assessed": len(found), "changed": changed, "left": int(len(found) == limit)}


def _known() -> tuple[ColumnElement[bool], ...]:
    """On file, and assessed before: a child nobody ever assessed stays so."""
    return Child.state.in_(children.LISTED), Child.left_behind.is_not(None)


def _too_old(work: Work) -> ColumnElement[bool]:
    return func.coalesce(Child.recheck_on <= children.today(work), False)


def _of_old_reading(work: Work) -> tuple[ColumnElement[bool], ...]:
    """Behind the mark, and without an assessment by the reading in force."""
    version, upto = models.in_force(children.today(work)).version, _upto(work)
    current = select(ChildAssessment.uid).where(
        ChildAssessment.child == Child.uid, ChildAssessment.model_version == version
    )
    return Child.uid > upto, ~current.correlate(Child).exists()


def _upto(work: Work) -> str:
    """Up to which child everybody has been assessed by the reading in force; DONE: up to the last."""
    mark = work.session.get(Mark, MARK)
    version, _, upto = mark.value.decode().partition(" ") if mark is not None else ("", "", "")
    return upto if version == models.in_force(children.today(work)).version else ""


def _next_of_old_reading(work: Work, limit: int) -> list[Child]:
    if _upto(work) == DONE:
        return []
    wanted = select(Child).where(*_known(), ~_too_old(work), *_of_old_reading(work)).order_by(Child.uid).limit(limit)
    found = list(work.session.scalars(wanted))
    value = f"{models.in_force(children.today(work)).version} {found[-1].uid if len(found) == limit else DONE}"
    mark = work.session.get(Mark, MARK)
    if mark is None:
        work.session.add(Mark(name=MARK, value=value.encode()))
    else:
        mark.value = value.encode()
    return found


def _assess(work: Work, found: Sequence[Child]) -> int:
    """Assess these children by what is told of them, read in two statements; returns for how many anything changed."""
    uids = [child.uid for child in found]
    newest = {
        row.child: row
        for row in work.session.scalars(
            select(ChildAssessment)
            .where(ChildAssessment.child.in_(uids))
            .order_by(ChildAssessment.created_at, ChildAssessment.assessed_on)
        )
    }
    settled: dict[str, dict[str, str]] = defaultdict(dict)
    for fact in work.session.scalars(select(StaffFact).where(StaffFact.child.in_(uids)).order_by(StaffFact.at)):
        settled[fact.child][fact.fact] = work.open(VALUE, fact.uid, fact.value_sealed)
    changed = 0
    for child in found:
        before = (child.left_behind, child.hardship, child.key_focus)
        facts = assessing.gathered(work, child, newest.get(child.uid), settled[child.uid])
        assessing.attach(work, child, facts, by=None, source="model")
        changed += before != (child.left_behind, child.hardship, child.key_focus)
    work.session.flush()
    return changed
