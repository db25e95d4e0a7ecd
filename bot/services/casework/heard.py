"""Who has heard of a report, by delivery records alone, and the public status that is true by them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from bot import texts
from bot.care import reports as rules
from bot.services.casework import alerts
from bot.services.staff import access, duty
from bot.services.work import Work
from bot.storage.beginnings import begins
from bot.storage.tables import Assignment, Outbox, Report


def told(work: Work, report: Report) -> dict[str, datetime]:
    """Roles whose people an alert has reached, each with the moment it first did, the earliest first; none of those
    kept out of it."""
    delivered = select(Outbox.natural_key, Outbox.sent_at).where(
        begins(Outbox.natural_key, f"alert:{report.uid}:"), Outbox.sent_at.is_not(None)
    )
    known = select(Assignment.account, Assignment.role).where(Assignment.report == report.uid)
    offices = {account: role for account, role in work.session.execute(known)}
    out = access.conflicted(report)
    first: dict[str, datetime] = {}
    reached = [(at, str(key).rpartition(":")[2]) for key, at in work.session.execute(delivered) if at is not None]
    for at, account in sorted(reached):
        role = offices.get(account)
        if role is not None and role not in out:
            first.setdefault(role, at)
    return first


def by_nobody(work: Work, report: Report) -> bool:
    """Whether nobody has it, nobody was reached, and nobody is there to be told."""
    waits = report.acknowledged_at is None and report.state not in access.ENDED
    return waits and not alerts.was_told(work, report) and not alerts.assigned_people(work, report)


def status(work: Work, report: Report) -> str:
    """Public status; nobody is said to have been told without a delivery record, and nobody on duty who was not."""
    if by_nobody(work, report):
        return texts.phrase("reporter.status.nobody")
    if report.state == "emergency_handoff":
        reached = told(work, report)
        if not reached:
            return texts.phrase("reporter.status.telling")
        if duty.ROLE not in reached:
            return texts.phrase("reporter.status.told")
    return rules.public_status(report.state)
