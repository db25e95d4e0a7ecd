"""The county's people at a glance for those who run it: who is on duty when, and who works where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.care import roles
from bot.services.casework.reports import Outcome
from bot.services.staff import accounts, duty
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.tables import Account, Duty, Post

SEES = ("county_manager", "county_caseworker", "duty_officer")
ENTERS = "county_manager"
COUNTY_DIGITS = 6


@dataclass(frozen=True)
class Turn:
    """One turn of duty; `now`: it is running."""

    name: str
    deputy: str | None
    since: datetime
    until: datetime
    now: bool


@dataclass(frozen=True)
class Colleague:
    """Somebody with a post in the county."""

    account: str
    name: str
    role: str
    area: str
    bound: bool


@dataclass(frozen=True)
class County:
    """One county as its staff see it. `may_enter`: this member may put somebody on the roster."""

    area: str
    turns: list[Turn]
    now: bool
    people: list[Colleague]
    officers: list[Colleague]
    may_enter: bool


def counties(work: Work, member: Member) -> list[County]:
    """The counties this member has a post of the county in."""
    areas = dict.fromkeys(area for role, area in member.posts if role in SEES and len(area) == COUNTY_DIGITS)
    return [_county(work, member, area) for area in areas]


def enter(
    work: Work, member: Member, area: str, account: str, deputy: str | None, since: datetime, until: datetime
) -> Outcome:
    """Put somebody on the roster of a county. Refusals: "actor_not_allowed", and those of `duty.enter`."""
    if (ENTERS, area) not in member.posts:
        return Outcome(False, "actor_not_allowed")
    refusal = duty.enter(work, area, account, since, until, deputy)
    return Outcome(refusal is None, refusal)


def _county(work: Work, member: Member, area: str) -> County:
    people = _people(work, area)
    names = {one.account: one.name for one in people}
    rows = work.session.scalars(select(Duty).where(Duty.area == area, Duty.until > work.now).order_by(Duty.since))
    turns = [
        Turn(
            names.get(row.account, "—"),
            names.get(row.deputy, "—") if row.deputy else None,
            row.since,
            row.until,
            row.since <= work.now,
        )
        for row in rows
    ]
    officers = [one for one in people if one.role == duty.ROLE and one.area == area]
    return County(area, turns, any(turn.now for turn in turns), people, officers, (ENTERS, area) in member.posts)


def _people(work: Work, area: str) -> list[Colleague]:
    rows = work.session.execute(
        select(Account, Post)
        .join(Post, Post.account == Account.uid)
        .where(Post.area.startswith(area), Account.state != "suspended", *accounts.valid_post(work))
        .order_by(Post.area, Post.role, Account.uid)
    ).all()
    return [
        Colleague(account.uid, accounts.name_of(work, account), post.role, post.area, account.conversation is not None)
        for account, post in rows
        if post.role in roles.ids()
    ]
