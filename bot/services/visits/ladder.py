"""A late visit goes up, to the supervisor and then to the county (visits.md §7). Nothing but a visit ends the duty."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import insert, select

from bot.care import calendar, visit_days
from bot.services import rounds
from bot.services.mail import mailbox
from bot.services.visits import lists as visit_lists
from bot.services.visits import plans as visit_plans
from bot.services.visits import visitors
from bot.services.visits.lists import Line
from bot.services.work import Work
from bot.storage.many import among
from bot.storage.tables import Child, VisitEscalation

MARK = "visits ladder"


def climb(work: Work) -> dict[str, int]:
    """Raise what is late enough in one county, once a day; `left`: there are more counties to look at.

    Rows only: the supervisor and the county read of it in their own message of the next workday.
    """
    day = work.today
    county = rounds.next_county(work, MARK, day)
    if county is None:
        return {"raised": 0, "left": 0}
    late = visit_lists.within(work, county, day, visit_lists.late(day))
    known = _known(work, [line.child for line in late])
    raised = [row for line in late for row in _raise(work, line, day, known)]
    if raised:
        work.session.execute(insert(VisitEscalation), raised)
    return {"raised": len(raised), "left": 1}


def _known(work: Work, children: list[str]) -> set[str]:
    """The keys of what was raised about these children before."""
    keys = select(VisitEscalation.natural_key).where(among(work.dialect, VisitEscalation.child, children))
    return set(work.session.scalars(keys))


def _raise(work: Work, line: Line, day: date, known: set[str]) -> list[dict[str, Any]]:
    """The roles a late visit goes up to today and has not gone up to yet."""
    due = line.owed.due
    return [
        _escalation(work, line.child, due, role, "overdue")
        for role in visit_days.goes_up(line.owed, day)
        if _key(line.child, due, role) not in known
    ]


def _escalation(work: Work, child: str, due: date, role: str, why: str) -> dict[str, Any]:
    return {
        "natural_key": _key(child, due, role if why == "overdue" else why),
        "child": child,
        "due": due,
        "role": role,
        "why": why,
        "raised_on": work.today,
        "raised_at": work.now,
    }


def _key(child: str, due: date, tail: str) -> str:
    return f"{visit_plans.task_key(child, due)}:{tail}"


def not_found_again(work: Work, child: Child, due: date) -> bool:
    """Nobody was home, or let in, for the second time since the last visit: the supervisor hears it at once, outside
    the quiet hours. False: it was raised before."""
    day = work.today
    if work.session.get(VisitEscalation, _key(child.uid, due, "attempts")) is not None:
        return False
    work.session.add(VisitEscalation(**_escalation(work, child.uid, due, visitors.SUPERVISOR, "attempts")))
    office = visit_lists.office_of(work, child.uid, day) or child.area
    people = visitors.people_of(work, office[: visitors.COUNTY_DIGITS], day)
    _, above = people.up_from(visitors.SUPERVISOR, office)
    for account in above:
        mailbox.say(
            work,
            people.conversations[account],
            "visits.not_found_again",
            {"number": child.number},
            push=True,
            priority=mailbox.LATER,
            natural_key=f"{visit_plans.task_key(child.uid, due)}:attempts:{account}",
            not_before=calendar.next_allowed(work.now),
        )
    return True
