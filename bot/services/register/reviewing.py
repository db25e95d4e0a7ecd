"""Who reviews what a director writes, and guardianship levels that wait for it (visits.md §3).

A level a director sets waits for the supervisor; until he confirms it, visits go by the more frequent of it and the one
before. As with files, the county confirms where there is no supervisor, and where nobody could, it counts at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, and_, func, select

from bot.care import calendar, parameters, roles
from bot.care import children as rules
from bot.services import journal
from bot.services.mail import mailbox
from bot.services.register import children
from bot.services.register.children import ABSENT, Outcome
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.visits import plans as visit_plans
from bot.services.work import Work
from bot.storage.tables import Account, Child, ChildChange, Outbox

REVIEWERS = ("child_supervisor", "county_caseworker")
CHANGE = "level"
LONGEST = 200
WAITS: ColumnElement[bool] = and_(Child.level_waits_since.is_not(None), Child.state.in_(children.IN_SERVICE))
"""A level that a director set and nobody has confirmed; that of a new file is reviewed with the file."""


@dataclass(frozen=True)
class Waiting:
    """A level that waits: whose, set by whom; `before`: the one confirmed before, None when there was none."""

    child: Child
    name: str
    level: str
    before: str | None
    by: str


def reviewers(work: Work, area: str) -> list[Account]:
    """Who reviews what is written of this village: the supervisor, and where there is none the county."""
    for role in REVIEWERS:
        found = accounts.holders(work, role, [area[: roles.area_digits(role)]])
        if found:
            return found
    return []


def reviews(work: Work, member: Member, child: Child) -> bool:
    """Whether a member holds the post of a reviewer where the child lives."""
    return any(child.area.startswith(area) for area in _areas(work, member))


def _areas(work: Work, member: Member) -> list[str]:
    return [area for role, area in children.posts(work, member) if role in REVIEWERS and area]


def set_level(work: Work, member: Member, child: Child, level: str, since: date) -> None:
    """Set a level; it waits when somebody other than its setter is there to confirm it."""
    settled = child.level_waits_since is None
    waits = not reviews(work, member, child) and bool(reviewers(work, child.area))
    if waits and settled:
        child.level_before = child.level
    child.level, child.level_since, child.level_by = level, since, member.account
    child.level_waits_since = work.now if waits else None
    child.changed_at = work.now
    journal.record(work, member.account, "child level", child.uid, level=level, waits=waits)
    work.session.flush()
    for account in reviewers(work, child.area) if waits else ():
        _word_push(work, account, _told_on(work.now))


def count(work: Work, member: Member) -> int:
    """How many levels wait for a member."""
    query = select(func.count()).where(WAITS, children.inside(_areas(work, member), Child.area))
    return work.session.scalar(query) or 0


def waiting(work: Work, member: Member, limit: int) -> list[Waiting]:
    """The levels that wait for a member, the longest waiting first."""
    query = select(Child).where(WAITS, children.inside(_areas(work, member), Child.area))
    rows = work.session.scalars(query.order_by(Child.level_waits_since, Child.number).limit(limit))
    return [
        Waiting(
            child,
            str(children.profile(work, child).get("name", child.number)),
            str(child.level),
            child.level_before,
            accounts.label(work, child.level_by) if child.level_by is not None else "",
        )
        for child in rows
    ]


def confirm(work: Work, member: Member, uid: str) -> Outcome:
    """Confirm the level that waits. Refusals: absent, actor_not_allowed, already."""
    child, refusal = _settled(work, member, uid)
    if child is None or refusal is not None:
        return Outcome(False, refusal, child)
    # A visit that is late already stays owed: what is laxer then counts after it. Else the level counts from its day.
    on_time = child.next_due is None or child.next_due >= work.today
    _settle(work, member, child, (child.level_since if on_time else None) or work.today, confirmed=True)
    return Outcome(True, None, child)


def refuse(work: Work, member: Member, uid: str, level: str, why: str) -> Outcome:
    """Set another level than the one that waits, with why; whoever set that one hears it.

    Refusals: absent, actor_not_allowed, already, level_unknown, reason_missing.
    """
    why = why.strip()[:LONGEST]
    child, refusal = _settled(work, member, uid)
    refusal = refusal or ("level_unknown" if level not in rules.LEVELS else None) or (None if why else "reason_missing")
    if child is None or refusal is not None:
        return Outcome(False, refusal, child)
    setter = child.level_by
    child.level, child.level_since, child.level_by = level, work.today, member.account
    _settle(work, member, child, work.today, reason=why)
    for account in _hearing(work, child, setter):
        key = f"child level refused:{uid}:{work.now.isoformat()}:{account.uid}"
        mailbox.say(
            work,
            str(account.conversation),
            "child.level.told",
            {"child": uid},
            push=True,
            natural_key=key,
            not_before=calendar.next_allowed(work.now),
        )
    return Outcome(True, None, child)


def _settled(work: Work, member: Member, uid: str) -> tuple[Child | None, str | None]:
    """The child whose level a member settles, or why he does not."""
    child = children.reach(work, member, uid, children.LEVEL, "write", lock=True)
    if child is None:
        return None, ABSENT.refusal
    if not reviews(work, member, child):
        return child, "actor_not_allowed"
    waits = child.level_waits_since is not None and child.state in children.IN_SERVICE
    return child, None if waits else "already"


def _settle(work: Work, member: Member, child: Child, since: date, **detail: object) -> None:
    waited = child.level_waits_since or work.now
    child.level_waits_since = child.level_before = None
    children.note_change(work, child, CHANGE, member.account, level=child.level, **detail)
    journal.record(work, member.account, "child level settled", child.uid, level=child.level)
    work.session.flush()
    visit_plans.replan(work, child, standing_from=since)
    for account in reviewers(work, child.area):
        _word_push(work, account, _told_on(waited))


def _hearing(work: Work, child: Child, setter: str | None) -> Sequence[Account]:
    """Who hears that a level was set otherwise: whoever had set it, else the village's directors of today."""
    account = work.session.get(Account, setter) if setter is not None else None
    if account is not None and account.state == "active" and account.conversation is not None:
        return [account]
    return accounts.holders(work, "child_director", [child.area])


def reason(work: Work, member: Member, uid: str) -> tuple[Child, str] | None:
    """Why the level of a child was last set otherwise than its director had; None: it was not, or is not to be seen."""
    child = children.reach(work, member, uid, children.LEVEL)
    rows = select(ChildChange).where(ChildChange.child == uid, ChildChange.kind == CHANGE)
    for row in work.session.scalars(rows.order_by(ChildChange.at.desc())) if child is not None else ():
        if why := children.change_detail(work, row).get("reason"):
            return (child, str(why)) if child is not None else None
    return None


def _told_on(waits_since: datetime) -> date:
    """The morning that tells of a level: that of the next workday, so that a day's levels are told in one go."""
    return calendar.add_workdays(calendar.local(waits_since).date(), 1).day


def _word_push(work: Work, account: Account, day: date) -> None:
    """The one message of a morning about what waits for review, as it stands; none when nothing new waits by then."""
    member = accounts.member(work, account.conversation) if account.conversation is not None else None
    if member is None or account.conversation is None:
        return
    key = f"levels:{account.uid}:{day.isoformat()}"
    row = work.session.scalar(select(Outbox).where(Outbox.natural_key == key).with_for_update())
    if row is not None and (row.sent_at is not None or row.claimed_until is not None):
        return
    here = children.inside(_areas(work, member), Child.area)
    since = work.session.scalars(select(Child.level_waits_since).where(WAITS, here)).all()
    fresh = any(at is not None and _told_on(at) == day for at in since)
    drafts = work.session.scalar(select(func.count()).where(Child.state == "draft", here)) or 0
    args = {"count": str(len(since) + drafts)}
    if row is not None:
        row.state, row.args_sealed = ("due", work.seal("outbox.args", row.uid, args)) if fresh else ("withdrawn", None)
    elif fresh:
        hour = time.fromisoformat(str(parameters.value("visit.digest.time").value))
        at = datetime.combine(day, hour, calendar.ZONE)
        mailbox.say(work, account.conversation, "child.levels.wanted", args, push=True, natural_key=key, not_before=at)
    work.session.flush()
