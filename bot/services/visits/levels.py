"""The guardianship level a worker sets at a visit (JL-3.5.a); it counts from the day of the visit,
once the supervisor has confirmed it where it is the laxer one (`register.reviewing`).

It is asked for anew after half a year at most (visit.reassess_level.at_least_every, PROPOSED) and after what may have
changed it: an emergency, another carer, a change of key focus (visits.md §3).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import BindParameter, Date, bindparam, select

from bot import texts
from bot.care import calendar
from bot.services.mail import mailbox
from bot.services.register import finding, reviewing
from bot.services.staff.accounts import Member
from bot.services.visits import plans as visit_plans
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child, ChildChange, Moment, Visit

NEVER, HALF_YEAR, EMERGENCY = "never", "half_year", "emergency"
CHANGES = ("carer", "key_focus")
"""Changes of a file after which a level is looked at again."""
_OF_CHILD: BindParameter[str] = bindparam("child")
_LAST_VISIT = (
    select(Visit.on).where(Visit.child == _OF_CHILD, Visit.kind == "home_visit").order_by(Visit.on.desc()).limit(1)
)
_EMERGENCY = (
    select(Visit.uid)
    .where(Visit.child == _OF_CHILD, Visit.on > bindparam("since", type_=Date), Visit.report.is_not(None))
    .limit(1)
)
_CHANGED = (
    select(ChildChange.kind)
    .where(
        ChildChange.child == _OF_CHILD,
        ChildChange.at >= bindparam("after", type_=Moment),
        ChildChange.kind.in_(CHANGES),
    )
    .order_by(ChildChange.at.desc())
    .limit(1)
)


def set_level(work: Work, member: Member, children: list[Child], level: str) -> date | None:
    """Set the level of children the caller may record visits of. Returns the day of the next visit, the earliest."""
    dues = []
    for child in children:
        last = last_visit(work, child)
        reviewing.set_level(work, member, child, level, last or work.today)
        plan = visit_plans.replan(work, child, standing_from=last)
        if plan is not None and plan.due is not None:
            dues.append(plan.due)
    return min(dues, default=None)


def last_visit(work: Work, child: Child) -> date | None:
    """The day of the last visit in person."""
    return work.session.scalar(_LAST_VISIT, {"child": child.uid})


def ask_if_due(work: Work, conversation: str, inbox_id: int, home: str, children: Sequence[Child]) -> None:
    """After a visit: the level is asked for where there is none, and again where it is time."""
    why = {child.uid: reason for child in children if (reason := due_again(work, child)) is not None}
    never = [child for child in children if why.get(child.uid) == NEVER]
    if never:
        args = {"names": visit_words.names(work, never), "home": home}
        mailbox.say(work, conversation, "visit.level", args, reply_to=inbox_id)
        return
    again = [child for child in children if child.uid in why]
    if again:
        first = again[0]
        since = first.level_since or first.filed_on
        day = f"{since.year}年{visit_words.day(since)}"
        args = {
            "names": visit_words.names(work, again),
            "home": home,
            "level": texts.phrase(f"visits.tier.{first.level}"),
            "why": texts.phrase(f"visit.level.why.{why[first.uid]}").format(date=day),
        }
        mailbox.say(work, conversation, "visit.level.again", args, reply_to=inbox_id)


def due_again(work: Work, child: Child) -> str | None:
    """Why the level of a child is to be assessed (again): never, half_year, emergency, carer, key_focus; None: not."""
    if child.level is None:
        return NEVER
    since = child.level_since or child.filed_on
    if since <= finding.level_old_from(work.today):
        return HALF_YEAR
    if work.session.scalar(_EMERGENCY, {"child": child.uid, "since": since}) is not None:
        return EMERGENCY
    after = datetime.combine(since + timedelta(days=1), time(), calendar.ZONE)
    return work.session.scalar(_CHANGED, {"child": child.uid, "after": after})
