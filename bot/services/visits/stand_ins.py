"""Somebody else makes one visit: arranged by whoever answers for it, confirmed with one tap, over with the visit.

No right goes further than that home: whoever goes may see it and record its visit, from the tap until a visit is
recorded, somebody else is sent, or a week after the day has passed (PROPOSED, ours). The due day and its ladder stand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sqlalchemy import Date, Select, bindparam, exists, select

from bot.care import calendar
from bot.services import journal
from bot.services.mail import mailbox
from bot.services.register import children as register
from bot.services.staff.accounts import NOW, Member, counts_at, name_of
from bot.services.visits import visitors
from bot.services.work import Work
from bot.storage.asked import Question, rows_once
from bot.storage.crypto import opaque_id
from bot.storage.tables import Account, Child, Post, Visit, VisitStandIn

OPEN_FOR, AHEAD_AT_MOST = timedelta(days=7), timedelta(days=31)
NAME = "visit_stand_ins.name"
GOES = (visitors.DIRECTOR, visitors.SUPERVISOR)
TOWNSHIP_DIGITS = 9


@dataclass(frozen=True)
class Colleague:
    """Somebody who may be sent: the account, None for a name that is none of the staff's here."""

    account: str | None
    name: str


def colleagues(work: Work, areas: Iterable[str]) -> list[Colleague]:
    """Who visits in the townships of these divisions, by account."""
    towns = sorted({area[:TOWNSHIP_DIGITS] for area in areas})
    rows = work.session.scalars(
        select(Account)
        .where(
            Account.state == "active",
            exists().where(
                Post.account == Account.uid,
                Post.role.in_(GOES),
                register.inside(towns, Post.area),
                *counts_at(NOW),
            ),
        )
        .order_by(Account.uid),
        {"now": work.now},
    )
    return [Colleague(row.uid, name_of(work, row)) for row in rows]


def arranged_by(work: Work, member: Member) -> Select[Child]:
    """The children whose visits a member answers for or sees after, as a query to narrow further."""
    readable = register.visible(work, member, "visit_record")
    return readable.where(Child.state.in_(register.IN_SERVICE))


def propose(work: Work, member: Member, children: Collection[str], who: Colleague, on: date) -> str | None:
    """Write down who is to go, until somebody confirms it; what was proposed for these children before makes way.

    Returns what names the proposal; None: one of the children is none of this member's, or the day cannot be.
    """
    query = arranged_by(work, member).where(Child.uid.in_(list(children)))
    reached = list(work.session.scalars(query.with_only_columns(Child.uid)))
    if not reached or len(reached) < len(set(children)) or not work.today <= on <= work.today + AHEAD_AT_MOST:
        return None
    for row in work.session.scalars(
        select(VisitStandIn).where(VisitStandIn.child.in_(reached), _OPEN, VisitStandIn.confirmed_at.is_(None))
    ):
        row.ended_at = work.now
    talk = opaque_id()
    for child in reached:
        uid = opaque_id()
        sealed = work.seal(NAME, uid, who.name)
        work.session.add(
            VisitStandIn(
                uid=uid,
                talk=talk,
                child=child,
                account=who.account,
                name_sealed=sealed,
                on=on,
                by=member.account,
                at=work.now,
            )
        )
    work.session.flush()
    return talk


_OPEN = VisitStandIn.ended_at.is_(None)


def confirm(work: Work, member: Member, talk: str, on: date) -> list[VisitStandIn]:
    """Let a proposal of this member's stand for a day, tell who is to go and who answers for the home. Empty: it is no
    more, or the day cannot be."""
    if not work.today <= on <= work.today + AHEAD_AT_MOST:
        return []
    rows = list(
        work.session.scalars(
            select(VisitStandIn)
            .where(VisitStandIn.talk == talk, VisitStandIn.by == member.account, _OPEN)
            .with_for_update()
        )
    )
    reach = arranged_by(work, member).where(Child.uid.in_([row.child for row in rows])).with_only_columns(Child.uid)
    reached = set(work.session.scalars(reach))
    found = [row for row in rows if row.child in reached]
    for row in found:
        if row.confirmed_at is None:
            row.on = on
            _stand(work, member, row)
    return found


def withdraw(work: Work, member: Member, talk: str) -> None:
    """Let a proposal of this member's go that nobody has confirmed."""
    for row in work.session.scalars(
        select(VisitStandIn).where(
            VisitStandIn.talk == talk, VisitStandIn.by == member.account, VisitStandIn.confirmed_at.is_(None)
        )
    ):
        row.ended_at = work.now


def _stand(work: Work, member: Member, row: VisitStandIn) -> None:
    earlier = select(VisitStandIn).where(
        VisitStandIn.child == row.child, VisitStandIn.uid != row.uid, VisitStandIn.confirmed_at.is_not(None), _OPEN
    )
    for old in work.session.scalars(earlier):
        old.ended_at = work.now
        if old.account not in (None, row.account):
            _tell(work, str(old.account), "standin.not_you", row, old.uid)
    row.confirmed_at = work.now
    work.session.flush()
    journal.record(work, member.account, "visit stand-in", row.child, who=row.account, on=row.on.isoformat())
    if row.account is not None:
        _tell(work, row.account, "standin.asked", row, row.uid)
    child = work.session.get_one(Child, row.child)
    for account in visitors.people_of(work, child.area, work.today).holding(visitors.DIRECTOR, child.area):
        if account not in (row.account, member.account):
            _tell(work, account, "standin.instead", row, f"{row.uid}:{account}")


def _tell(work: Work, account: str, key: str, row: VisitStandIn, once: str) -> None:
    """Push to a colleague; the home is behind the button, nobody is named."""
    for talk in visitors.conversation_of(work, [account]).values():
        mailbox.say(
            work,
            talk,
            key,
            {"date": f"{row.on.month}月{row.on.day}日", "home": work.session.get_one(Child, row.child).household},
            push=True,
            natural_key=f"{key}:{once}",
            not_before=calendar.next_allowed(work.now),
        )


def sent(work: Work, account: str) -> list[str]:
    """The children somebody was sent to whose visit is not recorded yet, the nearest day first."""
    rows = rows_once(work.session, _sent(), {"who": account, "since": work.today - OPEN_FOR})
    return [child for (child,) in rows]


@cache
def _sent() -> Question:
    visited = exists().where(
        Visit.child == VisitStandIn.child, Visit.kind == "home_visit", Visit.created_at >= VisitStandIn.at
    )
    return Question(
        select(VisitStandIn.child)
        .where(
            VisitStandIn.account == bindparam("who"),
            VisitStandIn.confirmed_at.is_not(None),
            VisitStandIn.on >= bindparam("since", type_=Date),
            _OPEN,
            ~visited,
        )
        .order_by(VisitStandIn.on, VisitStandIn.uid),
        (VisitStandIn, Visit),
    )


def person(work: Work, row: VisitStandIn) -> str:
    """The name of whoever was sent."""
    name: str = work.open(NAME, row.uid, row.name_sealed)
    return name
