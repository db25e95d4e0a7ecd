"""Needs heard at visits (困难诉求): which are open, who looks after each, and what became of one.

A need stays with the child: when the director changes, whoever visits now looks after it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select

from bot.care import roles
from bot.services import journal
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.visits import need_days, need_keeping, recording, visitors
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child, Responsibility, Visit, VisitNeed

OPEN, OUTCOMES = need_days.OPEN, ("met", "unmet", "void")
NEED, HOW = need_keeping.NEED, "visit_needs.how"
LONGEST, MOST = 300, 100


@dataclass(frozen=True)
class Line:
    """One open need: whose, what, heard on which day, who looks after it, who else is to see to it (`doer`);
    `may_settle`: whether the reader may; `givable`: the accounts it may be given to, with their names."""

    need: VisitNeed
    child: Child
    name: str
    what: str
    heard_on: date
    owners: tuple[str, ...]
    late: bool
    may_settle: bool
    doer: str = ""
    givable: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What became of settling or giving a need. Refusals: absent, over (it has an outcome already), no_such_outcome,
    in_past, too_far, nothing_said."""

    refusal: str | None = None
    need: VisitNeed | None = None


def _readable(work: Work, member: Member) -> list[str]:
    posts = visitors.areas_of(work, member, work.today)
    return [area for role, area in posts if roles.may(role, "visit_record", "read")]


def _of(work: Work, member: Member) -> Select[VisitNeed, Child, str] | None:
    areas = _readable(work, member)
    if not areas:
        return None
    within = or_(*(Responsibility.area.startswith(area) for area in areas))
    return need_days.open_needs(work.today).where(within)


def count(work: Work, member: Member) -> int:
    """How many open needs a member may read of."""
    query = _of(work, member)
    return 0 if query is None else work.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def open_of(work: Work, member: Member, limit: int = MOST) -> list[Line]:
    """The open needs a member may read of, those whose day came first before the others."""
    query = _of(work, member)
    if query is None:
        return []
    rows = work.session.execute(query.order_by(VisitNeed.due, VisitNeed.uid).limit(limit)).all()
    return _lines(work, member, rows)


def of_child(work: Work, member: Member, child: str) -> list[Line]:
    """The open needs of one child, as far as a member may read of its visits."""
    query = _of(work, member)
    if query is None:
        return []
    rows = work.session.execute(query.where(VisitNeed.child == child).order_by(VisitNeed.due)).all()
    return _lines(work, member, rows)


def one(work: Work, member: Member, uid: str) -> Line | None:
    """One open need; None for an absent, a settled and a forbidden one alike."""
    query = _of(work, member)
    if query is None:
        return None
    return next(iter(_lines(work, member, work.session.execute(query.where(VisitNeed.uid == uid)).all())), None)


def _lines(work: Work, member: Member, rows: Iterable[tuple[VisitNeed, Child, str]]) -> list[Line]:
    today = work.today
    people: dict[str, visitors.People] = {}
    posts = visitors.areas_of(work, member, today)
    found = []
    for need, child, office in rows:
        county = office[: visitors.COUNTY_DIGITS]
        if county not in people:
            people[county] = visitors.people_of(work, county, today)
        follow = need_days.looked_after_by(people[county], need.owner, office)
        owners = tuple(accounts.label(work, account) for account in sorted(follow))
        found.append(
            Line(
                need,
                child,
                visit_words.name(work, child),
                str(work.open(NEED, need.uid, need.what_sealed)),
                work.session.get_one(Visit, need.visit).on,
                owners,
                need.due < today,
                visitors.role_among(posts, office) is not None,
                need_keeping.doer(work, need),
                tuple((uid, accounts.label(work, uid)) for uid in need_keeping.givable(people[county], office)),
            )
        )
    return found


def settle(work: Work, member: Member, uid: str, outcome: str, how: str = "") -> Outcome:
    """Say what became of a need: met, unmet or void, with words. Only for whoever may record visits of the child."""
    need = work.session.scalar(select(VisitNeed).where(VisitNeed.uid == uid).with_for_update())
    if need is None or recording.reach(work, member, need.child) is None:
        return Outcome("absent")
    if outcome not in OUTCOMES:
        return Outcome("no_such_outcome", need)
    if need.state != OPEN:
        return Outcome("over", need)
    need.state, need.settled_at, need.settled_by = outcome, work.now, member.account
    _keep_words(work, need, how)
    work.session.flush()
    journal.record(work, member.account, "need settled", uid, outcome=outcome)
    return Outcome(None, need)


def give(work: Work, member: Member, uid: str, who: str, due: date | None, doer: str = "") -> Outcome:
    """Say who sees to a need ("me", "supervisor", an account it may be given to, or words) and until when; `doer`: in
    words who does it beside the account that looks after it."""
    need = work.session.scalar(select(VisitNeed).where(VisitNeed.uid == uid).with_for_update())
    if need is None or recording.reach(work, member, need.child) is None:
        return Outcome("absent")
    if need.state != OPEN:
        return Outcome("over", need)
    due = None if due == need.due else due
    if not (who or doer or due):
        return Outcome("nothing_said", need)
    if due is not None and not work.today <= due <= work.today + need_keeping.AT_MOST:
        return Outcome("in_past" if due < work.today else "too_far", need)
    need_keeping.give(work, member, need, who, due)
    need_keeping.give(work, member, need, doer, None)
    return Outcome(None, need)


def add_words(work: Work, member: Member, uid: str, how: str) -> bool:
    """Words that come after the outcome, from whoever settled it."""
    need = work.session.get(VisitNeed, uid)
    if need is None or need.settled_by != member.account or recording.reach(work, member, need.child) is None:
        return False
    before = str(work.open(HOW, uid, need.how_sealed)) if need.how_sealed is not None else ""
    _keep_words(work, need, "；".join(filter(None, (before, how))))
    work.session.flush()
    return True


def _keep_words(work: Work, need: VisitNeed, how: str) -> None:
    if how.strip():
        need.how_sealed = work.seal(HOW, need.uid, how.strip()[:LONGEST])
