"""That the police were told: which station, when, the receipt number (QZBG-2, JL-3.8.k)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from bot.services import access, journal, reports, telling
from bot.services.reports import Outcome
from bot.services.staff import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import PoliceReport, Report

LONGEST_STATION, LONGEST_NUMBER = 200, 60


def record(
    work: Work, member: Member, report_uid: str, station: str, told_at: datetime, number: str | None = None
) -> Outcome:
    """Record that the police were told: the station, the moment (aware), the receipt number if there is one.

    It ends the open duty of reporter and staff. Refusals: "absent", "actor_not_allowed", "station_missing",
    "text_too_long", "time_in_future".
    """
    report = access.reach(work, member, report_uid, lock=True)
    if report is None:
        return Outcome(False, "absent")
    refusal = _unfit(work, station, told_at, number)
    if refusal is None and access.may_write(work, member, report) is None:
        refusal = "actor_not_allowed"
    if refusal is not None:
        return Outcome(False, refusal, report)
    report.first_action_at = report.first_action_at or work.now
    _keep(work, report, station, told_at, number, member.account)
    return Outcome(True, None, report)


def record_by_reporter(work: Work, report: Report, words: str) -> None:
    """The reporter says which police station took the report; kept as said, the moment is now (QZBG-2)."""
    _keep(work, report, words[:LONGEST_STATION], work.now, None, None)


def duty_open(work: Work, report: Report) -> bool:
    """Whether the police must be told and nobody has recorded it yet."""
    if (
        report.state in access.ENDED
        or not reports.triage_of(work, report, reports.told_of(work, report)).mandatory_report
    ):
        return False
    return work.session.scalar(select(PoliceReport.uid).where(PoliceReport.report == report.uid).limit(1)) is None


def _unfit(work: Work, station: str, told_at: datetime, number: str | None) -> str | None:
    if not station.strip():
        return "station_missing"
    if len(station) > LONGEST_STATION or len(number or "") > LONGEST_NUMBER:
        return "text_too_long"
    return "time_in_future" if told_at > work.now else None


def _keep(work: Work, report: Report, station: str, told_at: datetime, number: str | None, account: str | None) -> None:
    uid = opaque_id()
    number = (number or "").strip()
    work.session.add(
        PoliceReport(
            uid=uid,
            report=report.uid,
            station_sealed=work.seal("police_reports.station", uid, station.strip()),
            number_sealed=work.seal("police_reports.number", uid, number) if number else None,
            told_at=told_at,
            recorded_by=account,
            recorded_at=work.now,
        )
    )
    work.session.flush()
    journal.record(work, account or reports.REPORTER, "report police", report.uid)
    if account is None:
        telling.assigned(work, report, "staff.police_told", once=f"police:{uid}")
