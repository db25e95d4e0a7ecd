"""Who visits: the director of the village, the deputy while away; nobody there: the supervisor, then the county."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from sqlalchemy import Date, bindparam, or_, select
from sqlalchemy.orm import aliased

from bot.care import roles
from bot.services.staff.accounts import NOW, Member, counts_at
from bot.services.work import Work
from bot.storage.asked import Question, rows_once
from bot.storage.tables import Account, AwaySpan, Post

DIRECTOR, SUPERVISOR, COUNTY, MANAGER = "child_director", "child_supervisor", "county_caseworker", "county_manager"
# Who takes what nobody below is there for (visits.md §7: vacancy → 儿童督导员; above that, up).
UPWARD = (DIRECTOR, SUPERVISOR, COUNTY, MANAGER)
LADDER = (SUPERVISOR, COUNTY, MANAGER)
COUNTY_DIGITS = 6


@dataclass
class People:
    """Who holds which post of a county on one day, as account ids; whoever is away is replaced by the deputy."""

    posts: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    conversations: dict[str, str] = field(default_factory=dict)

    def holding(self, role: str, area: str) -> list[str]:
        """The accounts that hold a role for the division this area lies in."""
        return self.posts.get((role, area[: roles.area_digits(role)]), [])

    def up_from(self, role: str, area: str) -> tuple[str, list[str]]:
        """The first role from this one upward that somebody holds, and who; nobody at all: the role and no one."""
        for step in UPWARD[UPWARD.index(role) :]:
            if found := self.holding(step, area):
                return step, found
        return role, []


def people_of(work: Work, area: str, on: date) -> People:
    """Everybody with a post in a division or above it, bound and active, with the deputies of those away on a day."""
    asked = {"area": area, "beyond": f"{area}:", "above": _above(area), "on": on, "now": work.now}
    rows = rows_once(work.session, _holders(), asked)
    stands_in = {row[2]: (row[5], row[6]) for row in rows if row[4] is not None}
    found = People()
    for role, area, uid, conversation, *_ in rows:
        acting, talk = stands_in.get(uid, (uid, conversation))
        if acting is not None and talk is not None:
            holders = found.posts.setdefault((role, area), [])
            found.conversations[acting] = talk
            if acting not in holders:
                holders.append(acting)
    return found


@cache
def _holders() -> Question:
    """Who holds a post; if away, since when, who stands in (nobody, if that one cannot act) and where to write."""
    day, deputy = bindparam("on", type_=Date), aliased(Account)
    acts = (deputy.state == "active") & deputy.conversation.is_not(None)
    return Question(
        select(Post.role, Post.area, Account.uid, Account.conversation, AwaySpan.since, deputy.uid, deputy.conversation)
        .join(Account, Account.uid == Post.account)
        .outerjoin(AwaySpan, (AwaySpan.account == Account.uid) & (AwaySpan.since <= day) & (AwaySpan.until >= day))
        .outerjoin(deputy, (deputy.uid == AwaySpan.deputy) & acts)
        .where(
            Post.role.in_(UPWARD),
            or_(
                Post.area.between(bindparam("area"), bindparam("beyond")),
                Post.area.in_(bindparam("above", expanding=True)),
            ),
            Account.state == "active",
            Account.conversation.is_not(None),
            *counts_at(NOW),
        )
        .order_by(Account.uid),
        (Post, Account, AwaySpan),
    )


def _above(area: str) -> tuple[str, ...]:
    return tuple(sorted({area[: roles.area_digits(role)] for role in UPWARD} - {area}))


def areas_of(work: Work, member: Member, on: date) -> list[tuple[str, str]]:
    """The posts a member visits for on a day: the own ones, and those of people the member stands in for."""
    own = [(role, area) for role, area in member.posts if role in UPWARD]
    theirs = rows_once(work.session, _stood_in_for(), {"deputy": member.account, "on": on, "now": work.now})
    return list(dict.fromkeys([*own, *((role, area) for role, area in theirs)]))


@cache
def _stood_in_for() -> Question:
    day = bindparam("on", type_=Date)
    return Question(
        select(Post.role, Post.area)
        .join(AwaySpan, AwaySpan.account == Post.account)
        .where(
            AwaySpan.deputy == bindparam("deputy"),
            AwaySpan.since <= day,
            AwaySpan.until >= day,
            Post.role.in_(UPWARD),
            *counts_at(NOW),
        ),
        (Post, AwaySpan),
    )


def role_among(posts: Iterable[tuple[str, str]], area: str) -> str | None:
    """The first of these posts (role, area) whose holder may write a visit record of a child served in `area`."""
    may = (role for role, own in posts if roles.covers(own, area) and roles.may(role, "visit_record", "write"))
    return next(may, None)


def role_of(posts: Iterable[tuple[str, str]]) -> str | None:
    """The first of these posts whose holder writes visit records at all: of whoever is sent to a home elsewhere."""
    return next((role for role, _ in posts if roles.may(role, "visit_record", "write")), None)


def conversation_of(work: Work, accounts: Iterable[str]) -> dict[str, str]:
    """Where to write to these accounts, as far as they are bound and active."""
    rows = work.session.execute(
        select(Account.uid, Account.conversation).where(Account.uid.in_(list(accounts)), Account.state == "active")
    )
    return {uid: talk for uid, talk in rows if talk is not None}
