"""A reporter who calls: a member of staff enters code and PIN for them, reads out how it stands, adds what they tell.

Code and PIN prove that it is the reporter; tries are limited as everywhere. Whoever may not see the report learns
nothing, not even that the code was right.
"""

from __future__ import annotations

from bot.care import receipt
from bot.services import journal
from bot.services.reporting import adding, receipts
from bot.services.staff import access
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.tables import Report

WRONG, LOCKED = "caller_wrong", "caller_locked"


def open_for(work: Work, member: Member, code: str, pin: str) -> tuple[Report | None, str]:
    """The caller's report, and "" or why it stays closed (WRONG, LOCKED). Opening it is journalled."""
    try:
        read = receipt.read_code(code)
    except receipt.Miscopied:
        return None, WRONG
    found = receipts.open_with(work, member.account, read, pin.strip())
    if found.outcome == "locked":
        return None, LOCKED
    report = found.report
    seen = access.visible(work, member, ended=True)
    if report is None or work.session.scalar(seen.where(Report.uid == report.uid)) is None:
        return None, WRONG
    journal.record(work, member.account, "code read for a caller", report.uid)
    return report, ""


def add(work: Work, member: Member, report: Report, words: str) -> None:
    """What the caller tells belongs to the report, and danger in it alarms, as if written."""
    journal.record(work, member.account, "caller's words added", report.uid)
    adding.add(work, report, words)
