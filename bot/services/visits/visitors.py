"""Who visits: the director of the village, the deputy while away; nobody there: the supervisor, then the county."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import or_, select

from bot.care import roles
from bot.services.staff.accounts import Member, valid_post
from bot.services.work import Work
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
    rows = work.session.execute(
        select(Post.role, Post.area, Account.uid, Account.conversation)
        .join(Account, Account.uid == Post.account)
        .where(
            Post.role.in_(UPWARD),
            or_(Post.area.between(area, f"{area}:"), Post.area.in_(_above(area))),
            Account.state == "active",
            Account.conversation.is_not(None),
            *valid_post(work),
        )
        .order_by(Account.uid)
    ).all()
    stands_in = _deputies(work, [row.uid for row in rows], on)
    found = People()
    for role, area, uid, conversation in rows:
        acting, talk = stands_in.get(uid, (uid, conversation))
        if acting is not None and talk is not None:
            holders = found.posts.setdefault((role, area), [])
            found.conversations[acting] = talk
            if acting not in holders:
                holders.append(acting)
    return found


def _above(area: str) -> list[str]:
    return sorted({area[: roles.area_digits(role)] for role in UPWARD} - {area})


def _deputies(work: Work, accounts: Iterable[str], on: date) -> dict[str, tuple[str | None, str | None]]:
    """Of those away: who stands in and where to write; (None, None) where nobody does."""
    away = work.session.execute(
        select(AwaySpan.account, Account.uid, Account.conversation)
        .outerjoin(
            Account,
            (Account.uid == AwaySpan.deputy) & (Account.state == "active") & Account.conversation.is_not(None),
        )
        .where(AwaySpan.since <= on, AwaySpan.until >= on, AwaySpan.account.in_(list(accounts)))
    )
    return {account: (deputy, talk) for account, deputy, talk in away}


def areas_of(work: Work, member: Member, on: date) -> list[tuple[str, str]]:
    """The posts a member visits for on a day: the own ones, and those of people the member stands in for."""
    own = [(role, area) for role, area in member.posts if role in UPWARD]
    theirs = work.session.execute(
        select(Post.role, Post.area)
        .join(AwaySpan, AwaySpan.account == Post.account)
        .where(
            AwaySpan.deputy == member.account,
            AwaySpan.since <= on,
            AwaySpan.until >= on,
            Post.role.in_(UPWARD),
            *valid_post(work),
        )
    )
    return list(dict.fromkeys([*own, *((role, area) for role, area in theirs)]))


def role_for(work: Work, member: Member, area: str, on: date) -> str | None:
    """The role in which a member may write a visit record of a child served in `area` (roles.yml#visit_record)."""
    for role, own in areas_of(work, member, on):
        if roles.covers(own, area) and roles.may(role, "visit_record", "write"):
            return role
    return None


def conversation_of(work: Work, accounts: Iterable[str]) -> dict[str, str]:
    """Where to write to these accounts, as far as they are bound and active."""
    rows = work.session.execute(
        select(Account.uid, Account.conversation).where(Account.uid.in_(list(accounts)), Account.state == "active")
    )
    return {uid: talk for uid, talk in rows if talk is not None}
