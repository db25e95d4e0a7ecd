"""A day set for a visit that was none: the words had meant something else (不是下次走访 是炉子的事)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from bot.services import journal
from bot.services.staff.accounts import Member
from bot.services.visits import digests, recording
from bot.services.work import Work
from bot.storage.tables import VisitPlan, VisitReason


def take_back(work: Work, member: Member, since: datetime) -> tuple[list[str], date | None]:
    """Take back the day this member set last for a visit since a moment. Returns the children it was set for and the
    day; none and None where there is no such day, or it is settled already. The due day never depended on it."""
    mine = select(VisitReason).where(VisitReason.by == member.account, VisitReason.at >= since)
    rows = list(work.session.scalars(mine.where(VisitReason.until.is_not(None)).order_by(VisitReason.at.desc())))
    rows = [row for row in rows if row.at == rows[0].at]
    children = [row.child for row in rows if recording.reach(work, member, row.child) is not None]
    until = rows[0].until if rows else None
    for row in rows:
        plan = work.session.get(VisitPlan, row.child)
        if plan is not None and plan.planned_for == row.until:
            plan.planned_for = None
        row.until = None
        journal.record(work, member.account, "visit day taken back", row.child)
    work.session.flush()
    if children:
        digests.refresh(work, member, digests.readers(work, children))
    return children, until
