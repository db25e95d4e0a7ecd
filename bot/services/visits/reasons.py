"""Why a late visit was not made: whether somebody has said so, and how often it is asked (visits.md §7).

Asking is all that depends on it: a visit goes up the ladder on its day, told or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache

from sqlalchemy import Select, select

from bot.care import calendar, visit_days, visits
from bot.services.visits.lists import Line
from bot.services.work import Work
from bot.storage.many import among_these, listed
from bot.storage.tables import VisitPlan, VisitReason

UNTOLD = "untold"
"""Another day was chosen without a word why."""


def asked(work: Work, lines: Iterable[Line], on: date, until: date) -> set[str]:
    """The children of whom a morning that speaks for the days `on`…`until` asks why their visit is late."""
    wanted = {line.child: line.owed.due for line in lines if visit_days.asks_reason(line.owed, on, until)}
    return set(wanted) - _told(work, wanted)


def week_of_asking(work: Work, children: Sequence[str]) -> str | None:
    """Which asking this would be, for the natural key of the question: each late visit is asked about once a week.
    None: of every late visit among these somebody has said why."""
    late = _late(work, children)
    untold = set(late) - _told(work, late)
    if not untold:
        return None
    since = min(late[child] for child in untold)
    return f"{since.isoformat()}:{((work.today - since).days - 1) // visits.reason_asked_every()}"


def told(work: Work, children: Sequence[str]) -> bool:
    """Whether of every late visit among these children's somebody has said why."""
    late = _late(work, children)
    return not set(late) - _told(work, late)


def _late(work: Work, children: Sequence[str]) -> dict[str, date]:
    plans = select(VisitPlan.child, VisitPlan.due).where(VisitPlan.child.in_(children), VisitPlan.due < work.today)
    return {child: due for child, due in work.session.execute(plans) if due is not None}


def _told(work: Work, late: dict[str, date]) -> set[str]:
    """Those of whom a reason was told when the visit was late already: what was said before is no answer."""
    if not late:
        return set()
    dialect = work.dialect
    rows = work.session.execute(_reasons_of(dialect), {"these": listed(dialect, late)})
    return {child for child, due, at in rows if due == late[child] and calendar.local(at).date() > due}


@cache
def _reasons_of(dialect: str) -> Select[str, date | None, datetime]:
    these = among_these(dialect, VisitReason.child)
    return select(VisitReason.child, VisitReason.due, VisitReason.at).where(these, VisitReason.reason != UNTOLD)
