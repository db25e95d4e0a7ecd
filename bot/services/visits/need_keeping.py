"""Needs as they are written down with a visit: what, who sees to it, until when, and who hears that it is his now.

`follow` of a record holds of each need what was said of that: "who" (`ME`, "supervisor", or in words who is no account:
镇民政办) and "due". Where nothing was said the proposal stands: whoever recorded it looks after it for `WITHIN`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from bot.care import calendar
from bot.reading.visits import following
from bot.services import journal
from bot.services.mail import mailbox
from bot.services.staff.accounts import Member
from bot.services.visits import need_days, visitors
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Child, Visit, VisitNeed

NEED, DOER = "visit_needs.what", "visit_needs.doer"
ME, SUPERVISOR = following.ME, "supervisor"
SUPERVISORS = (SUPERVISOR, "督导", "督导员", "儿童督导员")
WITHIN, AT_MOST = timedelta(days=14), timedelta(days=366)
"""PROPOSED, ours: how long a need may wait when nobody said until when, and at most."""


def keep(work: Work, member: Member, child: Child, row: Visit, record: Mapping[str, Any], known: list[str]) -> None:
    """Write down the needs of a record; of those it held before only what was said anew of who and until when."""
    follow = record.get("follow", {})
    for what in record["needs"]:
        if what not in known:
            _add(work, member, child, row, str(what), follow.get(what, {}))
    again = {what: follow[what] for what in known if follow.get(what)}
    for need in of_visits(work, [row]) if again else ():
        if (plan := again.get(str(work.open(NEED, need.uid, need.what_sealed)))) and need.state == need_days.OPEN:
            give(work, member, need, plan.get("who", ""), day_of(plan))


def of_visits(work: Work, visits: Iterable[Visit]) -> list[VisitNeed]:
    """The needs heard at these visits."""
    uids = [visit.uid for visit in visits]
    return list(work.session.scalars(select(VisitNeed).where(VisitNeed.visit.in_(uids)).order_by(VisitNeed.uid)))


def what(work: Work, need: VisitNeed) -> str:
    """A need in the words in which it was told."""
    return str(work.open(NEED, need.uid, need.what_sealed))


def plans_now(work: Work, member: Member, row: Visit) -> dict[str, dict[str, str]]:
    """Who sees to the open needs of a visit and until when, as a record holds it (`follow`): what was changed since the
    record was written is not undone by writing it anew. Of an owner who is somebody else nothing is said."""
    plans = {}
    for need in of_visits(work, [row]):
        who = doer(work, need) or (ME if need.owner == member.account else "")
        plans[what(work, need)] = {"who": who, "due": need.due.isoformat()} if who else {"due": need.due.isoformat()}
    return plans


def day_of(plan: Mapping[str, str]) -> date | None:
    """Until when, as it is kept in a record."""
    return date.fromisoformat(plan["due"]) if plan.get("due") else None


def _add(work: Work, member: Member, child: Child, row: Visit, what: str, plan: Mapping[str, str]) -> None:
    uid = opaque_id()
    need = VisitNeed(
        uid=uid,
        child=child.uid,
        visit=row.uid,
        what_sealed=work.seal(NEED, uid, what),
        owner=member.account,
        due=work.today + WITHIN,
    )
    work.session.add(need)
    work.session.flush()
    give(work, member, need, plan.get("who", ""), day_of(plan))


def give(work: Work, member: Member, need: VisitNeed, who: str, due: date | None) -> None:
    """Who sees to a need and until when; "" and None leave it as it is. It is brought to mind on the new day."""
    account = _account(work, member, need, who)
    if who:
        words = SUPERVISORS[-1] if who == SUPERVISOR else who[: following.LONGEST_WHO]
        need.doer_sealed = None if account is not None else work.seal(DOER, need.uid, words)
    if account is not None and account != need.owner:
        need.owner = account
        _tell(work, member, need)
    if due is not None and due != need.due:
        need.due, need.told_on = due, None
    work.session.flush()
    if who or due is not None:
        journal.record(work, member.account, "need given", need.uid, due=need.due.isoformat())


def doer(work: Work, need: VisitNeed) -> str:
    """Who is to see to it where that is no account, in words; "" where it is the one who looks after it."""
    return str(work.open(DOER, need.uid, need.doer_sealed)) if need.doer_sealed is not None else ""


def givable(people: visitors.People, office: str) -> list[str]:
    """The accounts a need may be given to: whoever visits there now, and the supervisors above."""
    return sorted({*people.up_from(visitors.DIRECTOR, office)[1], *people.holding(visitors.SUPERVISOR, office)})


def has_supervisor(work: Work, member: Member, child: str) -> bool:
    """Whether there is a supervisor above a child's village who is somebody else."""
    office = need_days.office_of(work, child)
    return bool({*visitors.people_of(work, office, work.today).holding(visitors.SUPERVISOR, office)} - {member.account})


def _account(work: Work, member: Member, need: VisitNeed, who: str) -> str | None:
    """The account that is meant; None where it is nobody who reads here."""
    if who == ME:
        return member.account
    if not who:
        return None
    office = need_days.office_of(work, need.child)
    people = visitors.people_of(work, office, work.today)
    if who in SUPERVISORS:
        return min(people.holding(visitors.SUPERVISOR, office), default=None)
    return who if who in givable(people, office) else None


def _tell(work: Work, member: Member, need: VisitNeed) -> None:
    """Whoever was given needs by somebody else hears of it once for a visit; the message names nobody."""
    talk = visitors.conversation_of(work, [need.owner]).get(need.owner)
    if talk is not None and need.owner != member.account:
        key = f"need-given:{need.visit}:{need.owner}"
        at = calendar.next_allowed(work.now)
        mailbox.say(work, talk, "needs.given", push=True, natural_key=key, not_before=at)
