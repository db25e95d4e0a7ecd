"""Staff: accounts with posts, one-time invite codes, binding to a conversation, suspension."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, literal, or_, select, update

from bot.care import parameters, receipt, roles
from bot.services import attempts, journal
from bot.services.work import Work
from bot.storage.asked import Question, asked_once, rows_once
from bot.storage.crypto import opaque_id
from bot.storage.tables import Account, Invite, Moment, Post

INVITE_LENGTH = 12
CODE_LENGTHS = (2, 4, 6, 9, 12)
"""Digits of a division code: province, prefecture, county, township, village."""
NOW: ColumnElement[datetime] = bindparam("now", type_=Moment)
"""The moment in a statement that is built once: its argument `now`."""


BOUND_HERE = Question(
    select(Account.uid).where(Account.conversation == bindparam("whose"), Account.state == "active").limit(1),
    (Account,),
)
"""The account that is bound to a conversation and may act."""


@dataclass(frozen=True)
class Invited:
    """A new or renewed invitation: the account and the code to hand over in person or by phone."""

    account: str
    code: str


@dataclass(frozen=True)
class Member:
    """A bound, active staff member with the posts valid now as (role, area) pairs."""

    account: str
    name: str
    posts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Bound:
    """Outcome of trying an invite code: "bound", "wrong", "locked" (too many guesses) or "already" (bound before)."""

    outcome: str
    member: Member | None = None


def add(work: Work, name: str, role: str, area: str, department: str | None = None) -> Invited:
    """Create an account with one post. Raises ValueError when role and area do not fit (roles.yml#area_codes)."""
    roles.validate_area(role, area)
    uid = opaque_id()
    work.session.add(
        Account(uid=uid, name_sealed=work.seal("accounts.name", uid, name), created_at=work.now, state="invited")
    )
    work.session.flush()
    work.session.add(Post(uid=opaque_id(), account=uid, role=role, area=area, department=department, since=work.now))
    journal.record(work, "system", "staff added", uid, role=role, area=area)
    return Invited(uid, invite(work, uid))


def invite(work: Work, account: str) -> str:
    """A fresh one-time code for an account; an earlier one stops working (staff.invite_code.expiry)."""
    work.session.execute(
        update(Invite).where(Invite.account == account, Invite.closed_at.is_(None)).values(closed_at=work.now)
    )
    code = receipt.new_code(secrets.token_bytes, length=INVITE_LENGTH)
    hours = int(parameters.number("staff.invite_code.expiry"))
    work.session.add(
        Invite(
            uid=opaque_id(),
            account=account,
            code_key=work.vault.blind("invite", code),
            created_at=work.now,
            expires_at=work.now + timedelta(hours=hours),
        )
    )
    work.session.flush()
    return receipt.shown(code)


def bind(work: Work, conversation: str, code: str) -> Bound:
    """Bind this conversation to the account of an invite code. Guessing locks the conversation for an hour."""
    if attempts.count(work, "invite", conversation) >= int(parameters.number("staff.invite_code.max_attempts")):
        return Bound("locked")
    try:
        plain = receipt.read_code(code, INVITE_LENGTH)
    except receipt.Miscopied:
        plain = code  # counts as a wrong guess below
    found = work.session.scalar(
        select(Invite).where(Invite.code_key == work.vault.blind("invite", plain)).with_for_update()
    )
    account = work.session.get(Account, found.account) if found is not None else None
    if found is None or account is None or found.closed_at or found.expires_at <= work.now or account.suspended_at:
        attempts.note_wrong(work, "invite", conversation)
        return Bound("wrong")
    holder = work.session.scalar(select(Account).where(Account.conversation == conversation))
    if holder is not None and holder.uid != account.uid:
        return Bound("already", member(work, conversation))
    found.closed_at = work.now
    account.conversation, account.state, account.bound_at = conversation, "active", work.now
    work.session.flush()
    journal.record(work, account.uid, "staff bound", account.uid)
    return Bound("bound", member(work, conversation))


def suspend(work: Work, account: str) -> bool:
    """Take away all access at once: the conversation is unbound and open invitations end. False: no such account."""
    row = work.session.get(Account, account)
    if row is None:
        return False
    row.state, row.suspended_at, row.conversation = "suspended", work.now, None
    work.session.execute(
        update(Invite).where(Invite.account == account, Invite.closed_at.is_(None)).values(closed_at=work.now)
    )
    journal.record(work, "system", "staff suspended", account)
    return True


def member(work: Work, conversation: str) -> Member | None:
    """Who is bound to this conversation and may act now; read anew each time, so rights change at the next turn."""
    account = asked_once(work.session, BOUND_HERE, {"whose": conversation})
    if account is None:
        return None
    row = work.session.get_one(Account, account)
    return Member(row.uid, name_of(work, row), posts_of(work, row.uid))


def posts_of(work: Work, account: str) -> tuple[tuple[str, str], ...]:
    """The posts of an account that count now, as (role, area)."""
    posts = rows_once(work.session, _posts_of(), {"whose": account, "now": work.now})
    return tuple((post.role, post.area) for post in posts)


@cache
def _posts_of() -> Question:
    return Question(select(Post.role, Post.area).where(Post.account == bindparam("whose"), *counts_at(NOW)), (Post,))


def name_of(work: Work, row: Account) -> str:
    """The name a staff member was registered with."""
    name: str = work.open("accounts.name", row.uid, row.name_sealed)
    return name


def label(work: Work, account: str) -> str:
    """The name of an account, whatever became of it."""
    return name_of(work, work.session.get_one(Account, account))


def holders(work: Work, role: str, areas: Iterable[str], department: str | None = None) -> list[Account]:
    """Active, bound accounts that hold a role for one of these exact area codes."""
    asked = {"role": role, "areas": list(areas), "department": department, "now": work.now}
    return list(work.session.scalars(_holding(department is not None), asked).unique())


@dataclass(frozen=True)
class Held:
    """A post that counts, and the active, bound account that holds it."""

    account: Account
    role: str
    area: str
    department: str | None


def near(work: Work, area: str) -> list[Held]:
    """The posts at a place and at all it lies in, by account: looked up once, whoever is asked for there afterwards.

    area: a division code. The province's own posts are among them.
    """
    within = {area[:digits] for digits in CODE_LENGTHS}
    rows = rows_once(work.session, _near(), {"areas": tuple(sorted(within)), "now": work.now})
    return [Held(*row) for row in rows]


def anywhere(work: Work, among: Iterable[str]) -> list[Account]:
    """Active, bound accounts that hold one of these roles, wherever it is."""
    held = _bound().where(Post.role.in_(among))
    return list(work.session.scalars(held, {"now": work.now}).unique())


_IN_AREAS = Post.area.in_(bindparam("areas", expanding=True))


def _bound() -> Select[Account, str, str, str | None]:
    """Active accounts that are bound, one row for each post that counts now."""
    return (
        select(Account, Post.role, Post.area, Post.department)
        .join(Post, Post.account == Account.uid)
        .where(
            Account.state == "active",
            Account.conversation.is_not(None),
            *counts_at(NOW),
        )
        .order_by(Account.uid)
    )


@cache
def _near() -> Question:
    everyone = sorted(role for role in roles.ids() if roles.area_lengths(role))  # posts are found by role and area
    return Question(_bound().where(Post.role.in_(everyone), _IN_AREAS), (Account, Post))


@cache
def _holding(in_department: bool) -> Select[Account, str, str, str | None]:
    query = _bound().where(Post.role == bindparam("role"), _IN_AREAS)
    return query.where(Post.department == bindparam("department")) if in_department else query


def everybody(work: Work) -> list[tuple[Account, list[Post]]]:
    """All accounts with their posts, for the command line."""
    posts: dict[str, list[Post]] = {}
    for post in work.session.scalars(select(Post).order_by(Post.since)):
        posts.setdefault(post.account, []).append(post)
    accounts = work.session.scalars(select(Account).order_by(Account.created_at))
    return [(account, posts.get(account.uid, [])) for account in accounts]


def valid_post(work: Work) -> tuple[ColumnElement[bool], ...]:
    """The condition under which a post counts at this moment."""
    return counts_at(literal(work.now, Moment))


def counts_at(moment: ColumnElement[datetime]) -> tuple[ColumnElement[bool], ...]:
    """The condition under which a post counts at a moment; `NOW` in statements that are built once."""
    return (Post.since <= moment, or_(Post.until.is_(None), Post.until > moment))
