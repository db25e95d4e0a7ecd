"""Everybody whose assessment is out of date is assessed anew: a birthday came, or the model has a new reading.

Stopped half-way it goes on where it was: what was assessed is committed, and how far a new reading has come is noted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from bot.care import model as models
from bot.services.register import assessing, children
from bot.services.register.assessing import VALUE
from bot.services.work import Work
from bot.storage.tables import Child, ChildAssessment, Mark, StaffFact

MARK = "reassessed"
BATCH = 50
"""Children in one transaction: on SQLite everybody else who writes waits for it."""
DONE = "~"
UNREADABLE = (ValueError, LookupError, TypeError)
"""What a file looks like that cannot be read: a seal that does not open, a fact of a shape nobody knows."""


def waiting(work: Work) -> int:
    """How many children are still to be assessed anew."""
    count = select(func.count()).select_from(Child)
    by_calendar = work.session.scalar(count.where(*_known(), _too_old(work))) or 0
    upto = _upto(work)
    if upto == DONE:
        return by_calendar
    return by_calendar + (
        work.session.scalar(count.where(*_known(), ~_too_old(work), *_of_old_reading(work, upto))) or 0
    )


def tick(work: Work, limit: int = BATCH) -> dict[str, int]:
    """Assess up to `limit` children anew; `left`: there may be more. Safe to stop and to run again at any time."""
    found = outdated(work, limit)
    counts = assess(work, found)
    return {**counts, "left": int(len(found) == limit and counts["assessed"] > 0)}


def outdated(work: Work, limit: int) -> list[str]:
    """Who is to be assessed anew, at most `limit`: first whose day has come, then who has an older reading's result."""
    by_calendar = select(Child.uid).where(*_known(), Child.recheck_on <= work.today)
    by_calendar = by_calendar.order_by(Child.recheck_on, Child.uid)
    found = list(work.session.scalars(by_calendar.limit(limit)))
    if len(found) < limit and _upto(work) != DONE:
        found += _next_of_old_reading(work, limit - len(found))
    return found


def assess(work: Work, uids: Sequence[str]) -> dict[str, int]:
    """Assess those of these children who are still out of date; whom another worker has in hand is left to it.

    `broken`: whose file cannot be read. They hold up nobody else, and are tried again the next day.
    """
    wanted = or_(_too_old(work), and_(*_of_old_reading(work)))
    rows = select(Child).where(Child.uid.in_(uids), *_known(), wanted).order_by(Child.uid)
    found = list(work.session.scalars(rows.with_for_update(skip_locked=True)))
    changed, broken = _assess(work, found)
    return {"assessed": len(found) - broken, "changed": changed, "broken": broken}


def _known() -> tuple[ColumnElement[bool], ...]:
    """On file, and assessed before: a child nobody ever assessed stays so.

    The state is no way to find the next batch: nearly everybody has it, and each batch would read all of them.
    """
    return func.coalesce(Child.state, "").in_(children.LISTED), Child.left_behind.is_not(None)


def _too_old(work: Work) -> ColumnElement[bool]:
    return func.coalesce(Child.recheck_on <= work.today, False)


def _of_old_reading(work: Work, after: str = "") -> tuple[ColumnElement[bool], ...]:
    """Behind `after`, and without an assessment by the reading in force."""
    version = models.in_force(work.today).version
    current = select(ChildAssessment.uid).where(
        ChildAssessment.child == Child.uid, ChildAssessment.model_version == version
    )
    return Child.uid > after, ~current.correlate(Child).exists()


def _upto(work: Work) -> str:
    """Up to where everybody has been assessed by the reading in force; DONE: up to the last."""
    mark = work.session.get(Mark, MARK)
    version, _, upto = mark.value.decode().partition(" ") if mark is not None else ("", "", "")
    return upto if version == models.in_force(work.today).version else ""


def _next_of_old_reading(work: Work, limit: int) -> list[str]:
    """The next of them. Who is found is only to be done, so the mark comes to stand before the first."""
    wanted = select(Child.uid).where(*_known(), ~_too_old(work), *_of_old_reading(work, _upto(work)))
    found = list(work.session.scalars(wanted.order_by(Child.uid).limit(limit)))
    value = f"{models.in_force(work.today).version} {found[0][:-1] if found else DONE}"
    mark = work.session.get(Mark, MARK)
    if mark is None:
        work.session.add(Mark(name=MARK, value=value.encode()))
    else:
        mark.value = value.encode()
    return found


def _assess(work: Work, found: Sequence[Child]) -> tuple[int, int]:
    """Assess these children, one by one only when one of them cannot be: for how many anything changed, how many."""
    try:
        with work.session.begin_nested():
            return _together(work, found), 0
    except UNREADABLE:
        changed = broken = 0
    for child in found:
        try:
            with work.session.begin_nested():
                changed += _together(work, [child])
        except UNREADABLE:
            broken += 1
            due = Child.uid == child.uid, _too_old(work)
            work.session.execute(update(Child).where(*due).values(recheck_on=work.today + timedelta(days=1)))
    return changed, broken


def _together(work: Work, found: Sequence[Child]) -> int:
    """Assess these children by what is told of them, read in two statements; returns for how many anything changed."""
    if not found:
        return 0
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
    for uid, known in assessing.confidential(work, uids).items():
        settled[uid] |= known
    changed = 0
    for child in found:
        before = (child.left_behind, child.hardship, child.key_focus)
        facts = assessing.gathered(work, child, newest.get(child.uid), settled[child.uid])
        assessing.attach(work, child, facts, by=None, source="model")
        changed += before != (child.left_behind, child.hardship, child.key_focus)
    work.session.flush()
    return changed
