"""A report whose time of keeping is over: what was told and done is erased, its row and journal stay.

A legal hold overrides it. Until then nothing of a report that ended is touched.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, select, update

from bot.care import keeping, receipt
from bot.reading.measures import codes
from bot.services import journal
from bot.services.casework import glass, reports, timeline
from bot.services.reporting import attachments
from bot.services.staff import access
from bot.services.work import Work
from bot.storage.beginnings import begins
from bot.storage.crypto import opaque_id
from bot.storage.tables import (
    CallTask,
    Closing,
    LegalHold,
    Note,
    Outbox,
    PoliceReport,
    Question,
    Report,
    ReportChild,
    ReportMove,
    Transfer,
)

REASON = "legal_holds.reason"
ASKED_BY = ("court", "procuratorate", "police", "supervision", "audit")
"""Who may want to know, by its document, what a hold keeps of a reporter who withdrew."""
DOCUMENT = range(4, 61)
"""Characters of a document's number."""
NOTHING: dict[str, Any] = {"facts": {}, "words": [], "area": None, "given": {}}
# Rows that are content through and through.
_CONTENT = (Note, Question, Transfer, Closing, PoliceReport, CallTask, ReportChild)


def erase(work: Work, limit: int = 50) -> int:
    """Erase the content of reports that need not be kept any longer and are under no legal hold. Returns how many."""
    ended = (Report.state.in_(access.ENDED), Report.erased_at.is_(None))
    for report in work.session.scalars(select(Report).where(*ended, Report.kept_until.is_(None)).limit(limit)):
        report.kept_until = _kept_until(work, report)
    work.session.flush()
    held = exists().where(LegalHold.report == Report.uid, LegalHold.until.is_(None))
    over = work.session.scalars(
        select(Report).where(*ended, Report.kept_until <= work.now, ~held).order_by(Report.kept_until).limit(limit)
    ).all()
    for report in over:
        _erase(work, report)
    return len(over)


def hold(work: Work, number: str, reason: str) -> LegalHold | None:
    """Keep a report whatever its time of keeping says. None: no such report, or its content is gone already."""
    report = _by_number(work, number)
    if report is None or report.erased_at is not None:
        return None
    uid = opaque_id()
    made = LegalHold(uid=uid, report=report.uid, reason_sealed=work.seal(REASON, uid, reason), since=work.now)
    work.session.add(made)
    work.session.flush()
    journal.record(work, journal.OPERATOR, "legal hold began", report.uid, hold=uid)
    return made


def release(work: Work, number: str) -> int:
    """End every legal hold of a report; what they kept of a reporter who withdrew goes. Returns how many."""
    report = _by_number(work, number)
    held = [] if report is None else [one for one, _ in holds(work) if one.report == report.uid]
    for one in held:
        one.until = work.now
        journal.record(work, journal.OPERATOR, "legal hold ended", one.report, hold=one.uid)
    if report is not None and held:
        _keep_words(work, report, lambda field: None if field == glass.SEALED_AWAY else field)
    return len(held)


def open_held(work: Work, number: str, asked_by: str, document: str) -> tuple[list[str], str | None]:
    """How a reporter who withdrew can be reached, as a legal hold keeps it, for a body that asks by a document; its
    number stands in the journal. Returns the words, and why there are none.

    Refusals: "asked_by_unknown", "document_missing" (no number of a document), "nothing_held".
    """
    if asked_by not in ASKED_BY:
        return [], "asked_by_unknown"
    named = " ".join(document.split())
    # The journal is open to more people than the number of a person may be.
    if len(named) not in DOCUMENT or not any(map(str.isdigit, named)) or codes.find(named):
        return [], "document_missing"
    report = _by_number(work, number)
    told = reports.told_of(work, report)["words"] if report is not None and _is_held(work, report) else []
    words = [said for name, said in told if name == glass.SEALED_AWAY]
    if report is None or not words:
        return [], "nothing_held"
    journal.record(work, journal.OPERATOR, timeline.HELD_READ, report.uid, asked_by=asked_by, document=named)
    return words, None


def forget_contact(work: Work, report: Report) -> bool:
    """The ways to reach its reporter that were told go; under a legal hold they are put where nothing uses them.

    A child's own way to be reached is no reporter's: people must still be able to see that it is well. Returns
    whether a legal hold keeps something.
    """
    told = reports.told_of(work, report)
    kept = glass.SEALED_AWAY if _is_held(work, report) else None
    gone = glass.opens(told)
    _keep_words(work, report, lambda field: kept if field == glass.CONTACT and glass.hides(told, field) else field)
    return gone and kept is not None


def _is_held(work: Work, report: Report) -> bool:
    open_now = select(LegalHold.uid).where(LegalHold.report == report.uid, LegalHold.until.is_(None))
    return work.session.scalar(open_now.limit(1)) is not None


def _keep_words(work: Work, report: Report, named: Callable[[str], str | None]) -> None:
    """What was told under other names; what gets none goes."""
    told = reports.told_of(work, report)
    words = [[name, said] for field, said in told["words"] if (name := named(field)) is not None]
    if words != told["words"]:
        report.told_sealed = work.seal("reports.told", report.uid, {**told, "words": words})


def holds(work: Work) -> list[tuple[LegalHold, str]]:
    """Every legal hold that is open, the oldest first, with the number of its report."""
    rows = work.session.execute(
        select(LegalHold, Report.number)
        .join(Report, Report.uid == LegalHold.report)
        .where(LegalHold.until.is_(None))
        .order_by(LegalHold.since)
    )
    return [(one, number) for one, number in rows]


def _by_number(work: Work, number: str) -> Report | None:
    try:
        plain = receipt.read_code(number, access.NUMBER_LENGTH)
    except receipt.Miscopied:
        return None
    return work.session.scalar(select(Report).where(Report.number == plain))


def _kept_until(work: Work, report: Report) -> datetime:
    age = reports.told_of(work, report)["facts"].get("child_age_years")
    ended = report.closed_at or report.moved_at
    return keeping.kept_until(ended, report.received_at, report.close_reason, age if isinstance(age, int) else None)


def _erase(work: Work, report: Report) -> None:
    attachments.erase_of_report(work, report.uid)
    for table in _CONTENT:
        work.session.execute(delete(table).where(table.report == report.uid))
    work.session.execute(update(ReportMove).where(ReportMove.report == report.uid).values(reason_sealed=None))
    for kind in ("alert", "case", "taken", "reporter"):
        work.session.execute(
            update(Outbox)
            .where(begins(Outbox.natural_key, f"{kind}:{report.uid}:"))
            .values(args_sealed=None, state="withdrawn")
        )
    report.told_sealed = work.seal("reports.told", report.uid, NOTHING)
    report.code_key = report.pin_salt = report.pin_hash = report.conversation = None
    report.follow_up, report.erased_at = False, work.now
    work.session.flush()
    journal.record(work, reports.SYSTEM, "report erased", report.uid)
