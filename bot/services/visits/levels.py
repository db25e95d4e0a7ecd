"""The guardianship level a worker sets at a visit (JL-3.5.a); it counts from the day of the visit."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from bot.services import journal
from bot.services.staff.accounts import Member
from bot.services.visits import plans as visit_plans
from bot.services.work import Work
from bot.storage.tables import Child, Visit


def set_level(work: Work, member: Member, children: list[Child], level: str) -> date | None:
    """Set the level of children the caller may record visits of. Returns the day of the next visit, the earliest."""
    dues = []
    for child in children:
        last = last_visit(work, child)
        child.level, child.level_since = level, last or work.today
        child.changed_at = work.now
        journal.record(work, member.account, "child level", child.uid, level=level)
        plan = visit_plans.replan(work, child, standing_from=last)
        if plan is not None and plan.due is not None:
            dues.append(plan.due)
    return min(dues, default=None)


def last_visit(work: Work, child: Child) -> date | None:
    """The day of the last visit in person."""
    return work.session.scalar(
        select(Visit.on).where(Visit.child == child.uid, Visit.kind == "home_visit").order_by(Visit.on.desc()).limit(1)
    )
