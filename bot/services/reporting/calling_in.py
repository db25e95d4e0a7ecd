"""A reporter who calls: a member of staff enters code and PIN for them, reads out how it stands
and what they were asked back, adds what they tell.

Code and PIN prove that it is the reporter; tries are limited as everywhere. Whoever may not see the report learns
nothing, not even that the code was right. What is added later in the call needs no PIN again, but a slip of this hour.
"""

from __future__ import annotations

from datetime import timedelta

from bot.care import receipt
from bot.services import journal, passes
from bot.services.casework import asking
from bot.services.reporting import adding, receipts
from bot.services.staff import access
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.tables import Report

WRONG, LOCKED, OVER, ANSWERED = "caller_wrong", "caller_locked", "caller_over", "caller_answered"
HOUR = timedelta(hours=1)


def open_for(work: Work, member: Member, code: str, pin: str) -> tuple[Report | None, str]:
    """The caller's report, and "" or why it stays closed (WRONG, LOCKED). Opening it is journalled."""
    try:
        read = receipt.read_code(code)
    except receipt.Miscopied:
        return None, WRONG
    found = receipts.open_with(work, member.account, read, pin.strip())
    if found.outcome == "locked":
        return None, LOCKED
    report = _seen(work, member, found.report.uid) if found.report is not None else None
    if report is None:
        return None, WRONG
    journal.record(work, member.account, "code read for a caller", report.uid)
    return report, ""


def slip(work: Work, member: Member, report: Report) -> str:
    """What the form for the caller's words carries instead of code and PIN: good for this member, an hour or two."""
    return f"{report.uid}:{passes.give(work, 'caller', _of_hour(work, member, report.uid))}"


def add(work: Work, member: Member, slip: str, words: str) -> tuple[Report | None, str]:
    """What the caller tells belongs to the report, and danger in it alarms, as if written.

    Returns the report, and "" or OVER: the slip is too old, another's, or the report may not be seen any more.
    """
    report = _by_slip(work, member, slip)
    if report is None:
        return None, OVER
    journal.record(work, member.account, "caller's words added", report.uid)
    adding.add(work, report, words)
    return report, ""


def answer(work: Work, member: Member, slip: str, question_uid: str, words: str) -> tuple[Report | None, str]:
    """The caller answers what they were asked back (`asking`); danger in the answer alarms, as if written.

    Returns the report, and "" or why not: OVER as in `add`, ANSWERED (no such question waits in this report now).
    """
    report = _by_slip(work, member, slip)
    if report is None:
        return None, OVER
    question = asking.waiting(work, report)
    if question is None or question.uid != question_uid:
        return None, ANSWERED
    journal.record(work, member.account, "caller's answer kept", report.uid, question=question.uid)
    asking.settle(work, report, question, words)
    return report, ""


def _by_slip(work: Work, member: Member, slip: str) -> Report | None:
    """The report a slip of this member of this hour or the last is for, while it may be seen."""
    uid, _, proof = slip.partition(":")
    good = (_of_hour(work, member, uid, ago) for ago in (timedelta(), HOUR))
    return _seen(work, member, uid) if any(passes.holds(work, "caller", one, proof) for one in good) else None


def _seen(work: Work, member: Member, uid: str) -> Report | None:
    return work.session.scalar(access.visible(work, member, ended=True).where(Report.uid == uid))


def _of_hour(work: Work, member: Member, uid: str, ago: timedelta = timedelta()) -> str:
    return f"{uid}:{member.account}:{work.now - ago:%Y%m%d%H}"
