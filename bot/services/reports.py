"""Reports: opening one, adding to it, moving it, and who may see it. The rules are `care.reports`; this file obeys."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bot.care import receipt, reports
from bot.services import alerts, journal, mailbox, redirecting, staff
from bot.services.access import may_act_on, visible
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Assignment, Report, ReportMove

SYSTEM = "system"
REPORTER = "reporter"


@dataclass(frozen=True)
class Outcome:
    """What came of a move: allowed, or the refusal code of reports.yml (or "absent": none such that you may see)."""

    allowed: bool
    refusal: str | None = None
    report: Report | None = None


def open_report(work: Work, conversation: str | None, told: dict[str, Any]) -> Report:
    """Open a report from what has been told so far: triage, first moves, and everybody alerted who must be.

    `told` = {"facts": told facts of reports.yml, "words": [[field, own words], …], "area": code or None}.
    """
    uid = opaque_id()
    report = Report(
        uid=uid,
        number=receipt.new_code(secrets.token_bytes, length=6),
        conversation=conversation,
        state="received",
        severity="S4",
        area=told.get("area"),
        told_sealed=work.seal("reports.told", uid, told),
        received_at=work.now,
        clock_from=work.now,
        moved_at=work.now,
    )
    work.session.add(report)
    work.session.flush()
    journal.record(work, SYSTEM, "report received", uid)
    _settle(work, report, told, first=True)
    return report


def tell_more(work: Work, report: Report, told: dict[str, Any], *, notify: bool = True) -> None:
    """Replace what is told by a fuller telling; raises the severity and alerts anew where that follows."""
    report.told_sealed = work.seal("reports.told", report.uid, told)
    report.area = told.get("area") or report.area
    step(work, report, "add_information", REPORTER, "citizen", {})
    raised = _settle(work, report, told, first=False)
    if notify and not raised:
        alerts.tell_assigned(work, report, "staff.added")


def told_of(work: Work, report: Report) -> dict[str, Any]:
    """What was told, in the shape `open_report` takes."""
    told: dict[str, Any] = work.open("reports.told", report.uid, report.told_sealed)
    return told


def triage_of(work: Work, report: Report, told: dict[str, Any]) -> reports.Triage:
    """Triage of what is told, with the roles that are bound for its place now (reports.yml#triage_steps)."""
    facts = dict(told["facts"])
    facts["place_known"] = alerts.place_level(told.get("area"))
    facts["bound"] = alerts.bound_roles(work, told.get("area"))
    facts["received_at"] = report.clock_from
    return reports.triage(facts)


def _settle(work: Work, report: Report, told: dict[str, Any], *, first: bool) -> bool:
    """Bring severity, state, assignments and alerts in line with what is told. True: it became more urgent."""
    triage = triage_of(work, report, told)
    raised = first or triage.severity < report.severity
    if raised and not first:
        report.clock_from = work.now  # what became urgent now is answered from now on
        triage = triage_of(work, report, told)
    report.severity = min(report.severity, triage.severity)  # S0 is the most urgent; the system never lowers
    report.conflicted = ",".join(told["facts"].get("conflicted", ()))
    if raised and report.severity in ("S0", "S1"):
        report.acknowledged_at = None  # what was taken on before is not this; the repeats begin anew
        step(work, report, "raise_emergency", SYSTEM, SYSTEM, {"severity": report.severity})
    elif first:
        step(work, report, "triage", SYSTEM, SYSTEM, {"severity": report.severity})
    alerts.plan(work, report, triage, told["facts"], raised=raised)
    if first and report.state == "triaged" and triage.alert:
        step(work, report, "route", SYSTEM, SYSTEM, {"receiver_named": "yes"})
    return raised


def step(
    work: Work, report: Report, made: str, actor: str, role: str, told: dict[str, Any], reason: str = ""
) -> Outcome:
    """Make one move if the rules allow it, and journal it. Sends nothing by itself."""
    facts = {"severity": report.severity, **told, **({"reason": reason} if reason else {})}
    result = reports.move(report.state, made, role, facts)
    if not result.allowed:
        return Outcome(False, result.refusal, report)
    uid = opaque_id()
    before, report.state = report.state, result.to_state or report.state
    report.moved_at = work.now
    work.session.add(
        ReportMove(
            uid=uid,
            report=report.uid,
            made=made,
            from_state=before,
            to_state=report.state,
            actor=actor,
            actor_role=role,
            reason_sealed=work.seal("report_moves.reason", uid, reason) if reason else None,
            at=work.now,
        )
    )
    work.session.flush()
    journal.record(work, actor, f"report {made}", report.uid, to=report.state)
    return Outcome(True, None, report)


def accept(work: Work, member: staff.Member, report_uid: str) -> Outcome:
    """A staff member takes a report on. The first acknowledgement ends the repeats and tells those concerned."""
    report = work.session.scalar(visible(work, member).where(Report.uid == report_uid).with_for_update())
    if report is None:
        return Outcome(False, "absent")
    role = may_act_on(work, member, report)
    if role is None:
        return Outcome(False, "actor_not_allowed", report)
    if report.acknowledged_at is not None and report.state == "accepted":
        return Outcome(False, "already", report)
    outcome = step(work, report, "accept", member.account, role, {"actor_assigned": "yes"})
    if not outcome.allowed:
        return outcome
    report.acknowledged_at, report.acknowledged_by = work.now, member.account
    alerts.acknowledged(work, report, member.account, role)
    redirecting.erase_originals(work, report.conversation)
    if report.follow_up and report.conversation:
        mailbox.say(
            work,
            report.conversation,
            "reporter.accepted",
            push=True,
            priority=mailbox.LATER,
            natural_key=f"accepted:{report.uid}",
            not_before=alerts.citizen_moment(work),
        )
    return outcome


def mine(work: Work, member: staff.Member, limit: int = 10) -> list[Report]:
    """Open reports assigned to a staff member, most urgent first."""
    return list(
        work.session.scalars(
            visible(work, member)
            .join(Assignment, Assignment.report == Report.uid)
            .where(Assignment.account == member.account, Report.state.not_in(("closed", "not_accepted")))
            .order_by(Report.severity, Report.received_at)
            .limit(limit)
        )
    )


def content(work: Work, member: staff.Member, report_uid: str) -> tuple[Report, dict[str, Any]] | None:
    """Open a report's content for a staff member; journalled with who. None: no such report that they may see."""
    report = work.session.scalar(visible(work, member).where(Report.uid == report_uid))
    if report is None:
        return None
    journal.record(work, member.account, "report read", report.uid, purpose="handling")
    return report, told_of(work, report)


def of_conversation(work: Work, conversation: str) -> Report | None:
    """The latest report filed from this very conversation."""
    return work.session.scalar(
        select(Report).where(Report.conversation == conversation).order_by(Report.received_at.desc()).limit(1)
    )
