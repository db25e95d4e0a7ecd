"""What became of visits month by month in the places somebody supervises: made, and late at the month's end.

Places are added up, people never: no score and no ranking of persons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, or_, select

from bot import texts
from bot.care import calendar
from bot.services.mail import mailbox
from bot.services.register import children, supervising
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.tables import Child, Visit, VisitTask

MONTHS = 12


@dataclass(frozen=True)
class Month:
    """One month: how many children a visit was made to (each time counts), how many were late when it ended.

    The running month counts up to today.
    """

    first: date
    made: int
    late: int


def months(work: Work, member: Member, count: int = MONTHS) -> list[Month]:
    """The last months of everything a member supervises, the running one last; empty for whoever supervises nothing."""
    areas = supervising.areas(work, member)
    if not areas:
        return []
    today = work.today
    firsts = [calendar.add_months(today.replace(day=1), back)[0] for back in range(1 - count, 1)]
    made = _made(work, areas, firsts[0], today)
    return [Month(first, made[first.year, first.month], _late(work, areas, _end(first, today))) for first in firsts]


def tell(work: Work, member: Member, conversation: str, inbox_id: int) -> None:
    """The last months as a picture in chat, with the same figures in words."""
    found = months(work, member)
    if not found:
        mailbox.say(work, conversation, "visits.trends.none", reply_to=inbox_id)
        return
    rows = [[one.first.year, one.first.month, one.made, one.late] for one in found]
    line = texts.phrase("visits.trends.line")
    lines = "\n".join(line.format(year=y, month=m, made=made, late=late) for y, m, made, late in reversed(rows))
    args = {"count": len(rows), "lines": lines, "months": rows}
    mailbox.say(work, conversation, "visits.trends", args, reply_to=inbox_id)


def _end(first: date, today: date) -> date:
    return min(calendar.add_months(first, 1)[0] - timedelta(days=1), today)


def _made(work: Work, areas: Sequence[str], since: date, until: date) -> Counter[tuple[int, int]]:
    days = work.session.execute(
        select(Visit.on, func.count())
        .join(Child, Child.uid == Visit.child)
        .where(Visit.kind == "home_visit", Visit.on.between(since, until), children.inside(areas))
        .group_by(Visit.on)
    )
    found: Counter[tuple[int, int]] = Counter()
    for on, count in days:
        found[on.year, on.month] += count
    return found


def _late(work: Work, areas: Sequence[str], on: date) -> int:
    """How many visits that were owed by the day before were still owed at the end of a day."""
    end = datetime.combine(on + timedelta(days=1), time.min, calendar.ZONE)
    owed = or_(VisitTask.closed_at.is_(None), VisitTask.closed_at >= end)
    query = select(func.count()).select_from(VisitTask).join(Child, Child.uid == VisitTask.child)
    return (
        work.session.scalar(query.where(VisitTask.due < on, VisitTask.opened_at < end, owed, children.inside(areas)))
        or 0
    )
