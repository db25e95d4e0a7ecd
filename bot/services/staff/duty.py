"""The duty roster of a county: who is told first of an emergency, and the deputy (reports.yml#assignment)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from bot.services import journal
from bot.services.staff import accounts
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Account, Duty, Post

ROLE = "duty_officer"


def enter(
    work: Work, area: str, account: str, since: datetime, until: datetime, deputy: str | None = None
) -> str | None:
    """Put a duty officer of a county, and a deputy, on the roster from `since` to `until` (aware moments).

    Returns None when it is done, else why not: "not_a_duty_officer" (one of them holds no such post there),
    "same_person" (the deputy is the officer), "time_order" (it ends before it begins, or is over).
    """
    if until <= since or until <= work.now:
        return "time_order"
    if deputy == account:
        return "same_person"
    for uid in (account, deputy):
        if uid is not None and not _holds(work, uid, area):
            return "not_a_duty_officer"
    uid = opaque_id()
    work.session.add(Duty(uid=uid, area=area, account=account, deputy=deputy, since=since, until=until))
    work.session.flush()
    journal.record(work, "system", "duty entered", account, area=area, deputy=deputy)
    return None


def _holds(work: Work, account: str, area: str) -> bool:
    post = select(Post.uid).where(
        Post.account == account, Post.role == ROLE, Post.area == area, *accounts.valid_post(work)
    )
    return work.session.scalar(post) is not None


def on_duty(work: Work, area: str, among: Iterable[Account]) -> list[Account]:
    """Of all duty officers of a county those on duty now, else their deputies; all of them where nobody is listed."""
    people = list(among)
    current = _current(work, area)
    for listed in ({duty.account for duty in current}, {duty.deputy for duty in current}):
        found = [person for person in people if person.uid in listed]
        if found:
            return found
    return people


def deputies(work: Work, area: str | None) -> list[Account]:
    """The deputies of those on duty now, as far as they are bound and still hold the post."""
    if area is None:
        return []
    listed = {duty.deputy for duty in _current(work, area)}
    return [person for person in accounts.holders(work, ROLE, [area]) if person.uid in listed]


def _current(work: Work, area: str) -> list[Duty]:
    return list(
        work.session.scalars(
            select(Duty).where(Duty.area == area, Duty.since <= work.now, Duty.until > work.now).order_by(Duty.since)
        )
    )
