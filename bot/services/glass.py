"""Breaking the glass: an emergency look at what is closed to a role, with its purpose, for some hours, reviewed after.

What may be opened this way is what roles.yml marks `bg`. Everybody who reviews such looks hears of it at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from bot.care import calendar, parameters, receipt, roles
from bot.services import access, journal, mailbox, reports, staff
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Account, BrokenGlass, Report

IDENTITY, CONTENT = "reporter_identity", "report_content"
REVIEWER = "privacy_officer"
SHORTEST_PURPOSE = 6
VERDICTS = ("justified", "unjustified")
# Whoever tells of himself as a child tells where he can be found: that is about the child, not a reporter to protect.
ABOUT_THE_CHILD = "child_self"


@dataclass(frozen=True)
class Look:
    """One look as the reviewer sees it. `due`: the last day of the review. `may`: this reviewer may judge it."""

    glass: BrokenGlass
    number: str
    who: str
    purpose: str
    due: date
    late: bool
    may: bool


def may_break(member: staff.Member, report: Report, resource: str) -> bool:
    """Whether a post of this member, covering the place, opens this resource by breaking the glass."""
    return any(
        "bg" in roles.may(role, resource, "read")
        and roles.covers(area, report.area or area)
        and role not in report.conflicted.split(",")
        for role, area in member.posts
    )


def break_it(work: Work, member: staff.Member, report_uid: str, resource: str, purpose: str) -> reports.Outcome:
    """Open a resource of a report that the member sees, for access.break_glass.duration, for a stated purpose."""
    report = access.reach(work, member, report_uid)
    if report is None:
        return reports.Outcome(False, "absent")
    return _break(work, member, report, resource, purpose)


def break_by_number(work: Work, member: staff.Member, number: str, purpose: str) -> reports.Outcome:
    """Open a report's content by its number, for a role that sees none otherwise. Unknown and barred answer alike."""
    try:
        plain = receipt.read_code(number, 6)
    except receipt.Miscopied:
        return reports.Outcome(False, "absent")
    report = work.session.scalar(select(Report).where(Report.number == plain))
    if report is None or not may_break(member, report, CONTENT):
        return reports.Outcome(False, "absent")
    return _break(work, member, report, CONTENT, purpose)


def _break(work: Work, member: staff.Member, report: Report, resource: str, purpose: str) -> reports.Outcome:
    if not may_break(member, report, resource):
        return reports.Outcome(False, "actor_not_allowed", report)
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        return reports.Outcome(False, "purpose_missing", report)
    uid = opaque_id()
    hours = parameters.number("access.break_glass.duration")
    work.session.add(
        BrokenGlass(
            uid=uid,
            account=member.account,
            resource=resource,
            report=report.uid,
            purpose_sealed=work.seal("broken_glass.purpose", uid, purpose.strip()),
            at=work.now,
            until=work.now + timedelta(hours=hours),
        )
    )
    work.session.flush()
    journal.record(work, member.account, "glass broken", report.uid, resource=resource, look=uid)
    for reviewer in _reviewers(work, report):
        if reviewer.conversation is not None and reviewer.uid != member.account:
            mailbox.say(
                work,
                reviewer.conversation,
                "staff.glass",
                {"number": report.number, "days": int(parameters.number("access.break_glass.review_within"))},
                push=True,
                priority=mailbox.LATER,
                natural_key=f"glass:{uid}:{reviewer.uid}",
                not_before=calendar.next_allowed(work.now),
            )
    return reports.Outcome(True, None, report)


def open_until(work: Work, member: staff.Member, report: Report, resource: str) -> BrokenGlass | None:
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


def identity(work: Work, member: staff.Member, report: Report, told: dict[str, Any]) -> list[str] | None:
    """How the reporter can be reached, journalled, while a look is open. None: closed to this member now."""
    look = open_until(work, member, report, IDENTITY)
    if look is None:
        return None
    journal.record(work, member.account, "identity read", report.uid, look=look.uid)
    return [words for field, words in told["words"] if field == "safe_contact"]


def hides(told: dict[str, Any], field: str) -> bool:
    """Whether a told field is the reporter's identity and so not part of the content."""
    return field == "safe_contact" and told["facts"].get("reporter_type") != ABOUT_THE_CHILD


def looks(work: Work, member: staff.Member, limit: int = 100) -> list[Look]:
    """Looks to review in this member's areas, the oldest first, then those reviewed already, newest first."""
    areas = [area for role, area in member.posts if role == REVIEWER]
    if not areas:
        return []
    rows = work.session.execute(
        select(BrokenGlass, Report)
        .join(Report, Report.uid == BrokenGlass.report)
        .order_by(BrokenGlass.reviewed_at.is_not(None), BrokenGlass.at)
        .limit(limit)
    ).all()
    return [
        _look(work, member, glass, report)
        for glass, report in rows
        if any(roles.covers(area, report.area or area) for area in areas) and REVIEWER not in report.conflicted
    ]


def review(work: Work, member: staff.Member, look_uid: str, verdict: str) -> reports.Outcome:
    """Judge a look, once, by somebody else than who took it (access.break_glass.review_within)."""
    found = next((look for look in looks(work, member) if look.glass.uid == look_uid), None)
    if found is None or verdict not in VERDICTS:
        return reports.Outcome(False, "absent")
    if found.glass.account == member.account:
        return reports.Outcome(False, "second_person")
    if found.glass.reviewed_at is not None:
        return reports.Outcome(False, "already")
    found.glass.reviewed_at, found.glass.reviewed_by, found.glass.verdict = work.now, member.account, verdict
    journal.record(work, member.account, "glass reviewed", found.glass.report, look=look_uid, verdict=verdict)
    return reports.Outcome(True)


def _look(work: Work, member: staff.Member, glass: BrokenGlass, report: Report) -> Look:
    days = int(parameters.number("access.break_glass.review_within"))
    due = calendar.add_workdays(calendar.local(glass.at).date(), days).day
    late = glass.reviewed_at is None and calendar.local(work.now).date() > due
    purpose: str = work.open("broken_glass.purpose", glass.uid, glass.purpose_sealed)
    who = staff.name_of(work, work.session.get_one(Account, glass.account))
    may = glass.reviewed_at is None and glass.account != member.account
    return Look(glass, report.number, who, purpose, due, late, may)


def _reviewers(work: Work, report: Report) -> list[Account]:
    if REVIEWER in report.conflicted.split(","):
        return []
    area = report.area or ""
    return staff.holders(work, REVIEWER, {area[:digits] for digits in (2, 4, 6)} | {"22"})
