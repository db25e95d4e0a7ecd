"""Breaking the glass: an emergency look at what is closed to a role, with its purpose, for some hours, reviewed after.

What may be opened this way is what roles.yml marks `bg`: of a report its content and its reporter's identity, of a
child's file what is basic and what is sensitive. Chat transcripts are marked, too; none is kept that could be opened.
Everybody who reviews such looks hears of it at once, and once more when the time for it is over; where nobody could
review, who looks after the service hears that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from bot.care import calendar, parameters, receipt, roles
from bot.services import journal
from bot.services.casework import reports
from bot.services.mail import mailbox
from bot.services.register import children
from bot.services.staff import access, accounts, flags
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Account, BrokenGlass, Child, Report

IDENTITY, CONTENT = "reporter_identity", "report_content"
OF_A_FILE = (children.BASIC, children.SENSITIVE)
REVIEWER, PARTNER = "privacy_officer", "partner_county"
SHORTEST_PURPOSE = 6
BROUGHT_UP_FOR = timedelta(days=30)
"""PROPOSED, ours: a look taken longer ago has been brought up, and is not once more."""
VERDICTS = ("justified", "unjustified")
# Whoever tells of himself as a child tells where he can be found: that is about the child, not a reporter to protect.
ABOUT_THE_CHILD = "child_self"
CONTACT = "safe_contact"
SEALED_AWAY = "held_contact"
"""What a legal hold keeps of a reporter who withdrew: told words of this name are read by nothing here."""


@dataclass(frozen=True)
class Look:
    """One look as the reviewer sees it. `number`: of the report or the file; `due`: the last day of the review;
    `may`: this reviewer may judge it."""

    glass: BrokenGlass
    number: str
    who: str
    purpose: str
    due: date
    late: bool
    may: bool


def may_break(member: accounts.Member, report: Report, resource: str) -> bool:
    """Whether a post of this member, covering the place, opens this resource by breaking the glass."""
    return any(
        "bg" in roles.may(role, resource, "read")
        and roles.covers(area, report.area or area)
        and role not in report.conflicted.split(",")
        for role, area in member.posts
    )


def may_break_file(member: accounts.Member, child: Child, resource: str) -> bool:
    """Whether a post of this member covers where the child lives, or as the hukou's county where it is registered,
    and opens this resource of files by breaking the glass."""
    return any(
        "bg" in roles.may(role, resource, "read")
        and roles.covers(area, (child.hukou_area if role == PARTNER else child.area) or "")
        for role, area in member.posts
    )


def opens_files(member: accounts.Member) -> list[str]:
    """What of a child's file some post of this member opens by breaking the glass; for the form."""
    return [of for of in OF_A_FILE if any("bg" in roles.may(role, of, "read") for role, _ in member.posts)]


def break_it(work: Work, member: accounts.Member, report_uid: str, resource: str, purpose: str) -> reports.Outcome:
    """Open a resource of a report that the member sees, for access.break_glass.duration, for a stated purpose."""
    report = access.reach(work, member, report_uid)
    if report is None:
        return reports.Outcome(False, "absent")
    return _break(work, member, report, resource, purpose)


def break_by_number(work: Work, member: accounts.Member, number: str, purpose: str) -> reports.Outcome:
    """Open a report's content by its number, for a role that sees none otherwise. Unknown and barred answer alike."""
    try:
        plain = receipt.read_code(number, 6)
    except receipt.Miscopied:
        return reports.Outcome(False, "absent")
    report = work.session.scalar(select(Report).where(Report.number == plain))
    if report is None or not may_break(member, report, CONTENT):
        return reports.Outcome(False, "absent")
    return _break(work, member, report, CONTENT, purpose)


def break_file(work: Work, member: accounts.Member, number: str, resource: str, purpose: str) -> children.Outcome:
    """Open a resource of a child's file by the file's number. Unknown and barred answer alike."""
    child = work.session.scalar(select(Child).where(Child.number == number.strip().upper()))
    if child is None or resource not in OF_A_FILE or not may_break_file(member, child, resource):
        return children.ABSENT
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        return children.Outcome(False, "purpose_missing", child)
    _write(work, member, resource, purpose, child=child)
    return children.Outcome(True, None, child)


def _break(work: Work, member: accounts.Member, report: Report, resource: str, purpose: str) -> reports.Outcome:
    if not may_break(member, report, resource):
        return reports.Outcome(False, "actor_not_allowed", report)
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        return reports.Outcome(False, "purpose_missing", report)
    _write(work, member, resource, purpose, report=report)
    return reports.Outcome(True, None, report)


def _write(
    work: Work,
    member: accounts.Member,
    resource: str,
    purpose: str,
    *,
    report: Report | None = None,
    child: Child | None = None,
) -> None:
    uid, of = opaque_id(), report or child
    assert of is not None  # noqa: S101 - a look is at one of the two
    work.session.add(
        BrokenGlass(
            uid=uid,
            account=member.account,
            resource=resource,
            report=report.uid if report is not None else None,
            child=child.uid if child is not None else None,
            purpose_sealed=work.seal("broken_glass.purpose", uid, purpose.strip()),
            at=work.now,
            until=work.now + timedelta(hours=parameters.number("access.break_glass.duration")),
        )
    )
    work.session.flush()
    journal.record(work, member.account, "glass broken", of.uid, resource=resource, look=uid)
    key = "staff.glass" if report is not None else "staff.glass_file"
    days = int(parameters.number("access.break_glass.review_within"))
    if _tell_reviewers(work, of, member.account, key, {"number": of.number, "days": days}, f"glass:{uid}") is None:
        flags.nobody_to_review(work, of, uid)


def _tell_reviewers(
    work: Work, of: Report | Child, taker: str, key: str, args: dict[str, Any], once: str
) -> int | None:
    """Push whoever may review a look of this account. How many hear it for the first time; None: there is nobody."""
    people = [who for who in _reviewers(work, of) if who.conversation is not None and who.uid != taker]
    if not people:
        return None
    return sum(
        mailbox.say(
            work,
            str(who.conversation),
            key,
            args,
            push=True,
            priority=mailbox.LATER,
            natural_key=f"{once}:{who.uid}",
            not_before=calendar.next_allowed(work.now),
        )
        for who in people
    )


def remind(work: Work, limit: int = 200) -> int:
    """Looks whose time for review is over (access.break_glass.review_within): reviewers hear it once more, and where
    there is none, who looks after the service. Returns how many looks were brought up.
    """
    days = int(parameters.number("access.break_glass.review_within"))
    rows = work.session.execute(
        select(BrokenGlass, Report, Child)
        .outerjoin(Report, Report.uid == BrokenGlass.report)
        .outerjoin(Child, Child.uid == BrokenGlass.child)
        .where(
            BrokenGlass.reviewed_at.is_(None),
            BrokenGlass.at <= work.now - timedelta(days=days),
            BrokenGlass.at > work.now - BROUGHT_UP_FOR,
        )
        .order_by(BrokenGlass.at.desc())  # what cannot be reviewed any more keeps no newer one from being brought up
        .limit(limit)
    ).all()
    late = [(look, report or child) for look, report, child in rows if work.today > _review_due(look)]
    return sum(_remind(work, look, of) for look, of in late)


def _remind(work: Work, look: BrokenGlass, of: Report | Child) -> bool:
    once = f"glass late:{look.uid}"
    told = _tell_reviewers(work, of, look.account, "staff.glass_late", {"number": of.number}, once)
    return bool(flags.nobody_to_review(work, of, look.uid) if told is None else told)


def open_until(work: Work, member: accounts.Member, report: Report, resource: str) -> BrokenGlass | None:
    """The look that is open now for this member, if there is one and the post that allowed it is still held."""
    found = work.session.scalar(
        select(BrokenGlass)
        .where(
            BrokenGlass.account == member.account,
            BrokenGlass.report == report.uid,
            BrokenGlass.resource == resource,
            BrokenGlass.until > work.now,
        )
        .order_by(BrokenGlass.until.desc())
        .limit(1)
    )
    return found if found is not None and may_break(member, report, resource) else None


def file_open(work: Work, member: accounts.Member, child_uid: str) -> tuple[Child, frozenset[str]] | None:
    """A child's file while a look of this member at it is open, and which resources of it; journalled as a read."""
    rows = work.session.scalars(
        select(BrokenGlass).where(
            BrokenGlass.account == member.account, BrokenGlass.child == child_uid, BrokenGlass.until > work.now
        )
    ).all()
    child = work.session.get(Child, child_uid) if rows else None
    if child is None:
        return None
    found = frozenset(row.resource for row in rows if may_break_file(member, child, row.resource))
    if not found:
        return None
    for row in (row for row in rows if row.resource in found):
        journal.record(work, member.account, "child read", child.uid, purpose="emergency look", look=row.uid)
    return child, found


def identity(work: Work, member: accounts.Member, report: Report, told: dict[str, Any]) -> list[str] | None:
    """How the reporter can be reached, journalled, while a look is open. None: closed to this member now."""
    look = open_until(work, member, report, IDENTITY)
    if look is None:
        return None
    journal.record(work, member.account, "identity read", report.uid, look=look.uid)
    return [words for field, words in told["words"] if field == CONTACT]


def hides(told: dict[str, Any], field: str) -> bool:
    """Whether a told field is the reporter's identity and so not part of the content."""
    identity = field == CONTACT and told["facts"].get("reporter_type") != ABOUT_THE_CHILD
    return identity or field == SEALED_AWAY


def opens(told: dict[str, Any]) -> bool:
    """Whether the reporter left a way to be reached that an emergency look opens."""
    return any(field == CONTACT and hides(told, field) for field, _ in told["words"])


def looks(work: Work, member: accounts.Member, limit: int = 100) -> list[Look]:
    """Looks to review in this member's areas, the oldest first, then those reviewed already, newest first."""
    areas = [area for role, area in member.posts if role == REVIEWER]
    if not areas:
        return []
    rows = work.session.execute(
        select(BrokenGlass, Report, Child)
        .outerjoin(Report, Report.uid == BrokenGlass.report)
        .outerjoin(Child, Child.uid == BrokenGlass.child)
        .order_by(BrokenGlass.reviewed_at.is_not(None), BrokenGlass.at)
        .limit(limit)
    ).all()
    return [
        _look(work, member, glass, (report or child).number)
        for glass, report, child in rows
        if any(_within(area, report or child) for area in areas) and not _barred(report)
    ]


def _within(scope: str, of: Report | Child) -> bool:
    return roles.covers(scope, of.area or scope)


def _barred(of: Report | Child | None) -> bool:
    """Whether reviewers are named in a report themselves."""
    return isinstance(of, Report) and REVIEWER in of.conflicted.split(",")


def review(work: Work, member: accounts.Member, look_uid: str, verdict: str) -> reports.Outcome:
    """Judge a look, once, by somebody else than who took it (access.break_glass.review_within)."""
    found = next((look for look in looks(work, member) if look.glass.uid == look_uid), None)
    if found is None or verdict not in VERDICTS:
        return reports.Outcome(False, "absent")
    if found.glass.account == member.account:
        return reports.Outcome(False, "second_person")
    if found.glass.reviewed_at is not None:
        return reports.Outcome(False, "already")
    found.glass.reviewed_at, found.glass.reviewed_by, found.glass.verdict = work.now, member.account, verdict
    of = found.glass.report or str(found.glass.child)
    journal.record(work, member.account, "glass reviewed", of, look=look_uid, verdict=verdict)
    return reports.Outcome(True)


def _look(work: Work, member: accounts.Member, glass: BrokenGlass, number: str) -> Look:
    due = _review_due(glass)
    late = glass.reviewed_at is None and work.today > due
    purpose: str = work.open("broken_glass.purpose", glass.uid, glass.purpose_sealed)
    who = accounts.name_of(work, work.session.get_one(Account, glass.account))
    may = glass.reviewed_at is None and glass.account != member.account
    return Look(glass, number, who, purpose, due, late, may)


def _review_due(glass: BrokenGlass) -> date:
    """The last day on which a look is reviewed in time."""
    days = int(parameters.number("access.break_glass.review_within"))
    return calendar.add_workdays(calendar.local(glass.at).date(), days).day


def _reviewers(work: Work, of: Report | Child) -> list[Account]:
    if _barred(of):
        return []
    area = of.area or ""
    return accounts.holders(work, REVIEWER, {area[:digits] for digits in (2, 4, 6)} | {"22"})
