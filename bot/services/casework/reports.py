"""Reports: opening one, adding to it, moving it, and who may see it. The rules are `care.reports`; this file obeys."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import bindparam, select

from bot.care import parameters, receipt, reports, roles, routing
from bot.services import conversations, drafts, journal
from bot.services.casework import alerts, offers, telling
from bot.services.mail import arriving
from bot.services.staff import access, accounts
from bot.services.staff.access import ENDED, visible
from bot.services.talk import redirecting
from bot.services.work import Work
from bot.storage.asked import Question, asked_once
from bot.storage.crypto import opaque_id
from bot.storage.tables import Assignment, Report, ReportMove

SYSTEM = "system"
REPORTER = "reporter"
PARALLEL = ("S0", "S1")
PLACE_CORRECTED = "report place corrected"
DANGER_IN_ADDITION = "补充的情况里有新的危险"
_LATEST_FROM = Question(
    select(Report).where(Report.conversation == bindparam("whose")).order_by(Report.received_at.desc()).limit(1),
    (Report,),
)


@dataclass(frozen=True)
class Outcome:
    """What came of a move: allowed, or the refusal code of reports.yml (or "absent": none such that you may see).

    `waiting`: it is prepared and needs a second person. `notify`: who hears of it; `move`: id of the move made.
    """

    allowed: bool
    refusal: str | None = None
    report: Report | None = None
    waiting: bool = False
    notify: tuple[str, ...] = ()
    move: str = ""


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
        severity=severity_of(told),
        severity_by=SYSTEM,
        area=told.get("area"),
        conflicted=_conflicted(told),
        told_sealed=work.seal("reports.told", uid, told),
        sent_at=arriving.being_taken(work, conversation) or work.now,
        received_at=work.now,
        clock_from=work.now,
        moved_at=work.now,
        feedback_due=feedback_from(work),
    )
    work.session.add(report)
    work.session.flush()
    journal.record(work, SYSTEM, "report received", uid)
    set_going(work, report)
    return report


def tell_more(
    work: Work,
    report: Report,
    told: dict[str, Any],
    *,
    notify: bool = True,
    fresh: Mapping[str, Any] | None = None,
    alarm: bool = False,
) -> bool:
    """Replace what is told by a fuller telling; raises the severity and alerts anew where that follows.

    `fresh`: the facts of the new words alone. Danger in them raises a report that staff had lowered or closed too:
    an ended one is opened again by S0 in one step, by S1 as reopened and then raised (reports.yml reopen, WBF-11).
    `alarm`: the new words tell of danger now; where that raises nothing, everybody assigned is alerted all the same.
    A place that was put right moves it: the office of the new place is told as of a new report, whoever has it already
    hears that it is elsewhere and keeps it until it is handed on. Returns whether it was raised. The system never
    lowers.
    """
    before = severity_of(told_of(work, report))
    report.told_sealed = work.seal("reports.told", report.uid, told)
    elsewhere = _elsewhere(report.area, told.get("area"))
    former = alerts.assigned_people(work, report) if elsewhere else []
    if elsewhere:
        journal.record(work, REPORTER, PLACE_CORRECTED, report.uid, before=report.area, after=told["area"])
        report.clock_from = work.now  # the office that hears of it now has its time from now on
    report.area = told.get("area") or report.area
    report.conflicted = _conflicted(told)
    step(work, report, "add_information", REPORTER, "citizen", {})
    new = severity_of({"facts": fresh, "area": told.get("area")}) if fresh else "S4"
    higher = _higher(report, before, severity_of(told), new)
    if higher is not None and higher in PARALLEL:
        raise_to(work, report, higher, SYSTEM, SYSTEM, DANGER_IN_ADDITION)
        alerts.tell_former(work, report, former)
        return True
    if higher is not None:
        report.severity, report.severity_by = higher, SYSTEM
        report.clock_from = work.now  # what became urgent now is answered from now on
    grown = higher is not None
    pass_on(work, report, raised=grown or elsewhere)
    alerts.tell_former(work, report, former)
    if alarm and not grown:
        alerts.tell_assigned(work, report, "staff.alert.again")
    elif notify and not (grown or elsewhere):
        alerts.tell_assigned(work, report, "staff.added")
    return grown


def _higher(report: Report, before: str, now: str, new: str) -> str | None:
    """The severity to which a fuller telling raises a report; None: it stays. `before`, `now`: of all that was told
    and is told; `new`: of the new words alone, whose danger counts against what staff lowered or closed."""
    if new in PARALLEL and (report.state in ENDED or new < report.severity):
        return min(report.severity, new)
    return now if now < before and now < report.severity else None


def _elsewhere(before: str | None, now: str | None) -> bool:
    """Whether a place was put right: neither lies in the other."""
    return before is not None and now is not None and not (now.startswith(before) or before.startswith(now))


def told_of(work: Work, report: Report) -> dict[str, Any]:
    """What was told, in the shape `open_report` takes."""
    told: dict[str, Any] = work.open("reports.told", report.uid, report.told_sealed)
    return told


def speak_to_reporter(work: Work, conversation: str, report: Report) -> None:
    """Whoever is behind this conversation told this report: a child who did is spoken to as a child here, too."""
    told = told_of(work, report)
    if told["facts"].get("reporter_type") == "child_self" or (told.get("own_pain") and not told.get("grown")):
        conversations.speak(work, conversation, child=True)


def severity_of(told: Mapping[str, Any]) -> str:
    """Severity of what is told, by the rules alone (reports.yml#triage_rules)."""
    return reports.severity_of({**told["facts"], "place_known": alerts.place_level(told.get("area"))})


def triage_of(work: Work, report: Report, told: dict[str, Any]) -> reports.Triage:
    """Triage of what is told, with the roles that are bound for its place now (reports.yml#triage_steps).

    A severity a person decided stands: alerts and deadlines follow from it.
    """
    facts = dict(told["facts"])
    facts["place_known"] = alerts.place_level(told.get("area"))
    facts["bound"] = alerts.bound_roles(work, told.get("area"))
    facts["received_at"] = report.clock_from
    return reports.triage(facts, severity=report.severity)


def feedback_from(work: Work) -> datetime:
    """By when the reporter must hear something again (report.result_feedback_within)."""
    return work.now + timedelta(days=feedback_days())


def feedback_days() -> int:
    """Days between two words to the reporter: the number in front of the parameter's unit."""
    return int(parameters.number("report.result_feedback_within"))


def _conflicted(told: Mapping[str, Any]) -> str:
    """Every role that may learn nothing, by what is told (roles.yml#rules, conflict of interest)."""
    named = routing.barred(told["facts"].get("conflicted", ()))
    return ",".join(sorted(named & roles.ids()))


def set_going(work: Work, report: Report) -> None:
    """Bring a new or reopened report on its way: triage and routing, or the emergency, and everybody told."""
    if report.severity in PARALLEL:
        raise_to(work, report, report.severity, SYSTEM, SYSTEM)
        return
    step(work, report, "triage", SYSTEM, SYSTEM, {})
    pass_on(work, report, raised=True)


def pass_on(work: Work, report: Report, *, raised: bool) -> bool:
    """Tell whoever is bound for its place by now. A report that waited for somebody is routed, so it can be taken on.

    `raised`: what was planned before no longer holds. Returns whether anybody is assigned.
    """
    alerts.plan(work, report, triage_of(work, report, told_of(work, report)), raised=raised)
    somebody = bool(alerts.assigned_people(work, report))
    if somebody and report.state == "triaged":
        step(work, report, "route", SYSTEM, SYSTEM, {"receiver_named": "yes"})
    return somebody


def raise_to(work: Work, report: Report, severity: str, actor: str, role: str, reason: str = "") -> Outcome:
    """Raise a report to S0 or S1 from whatever state it is in, and alert everybody (reports.yml raise_emergency).

    What was taken on before is not this: the repeats begin anew. Refusals: those of the move.
    """
    if report.state in ENDED and severity != "S0":
        step(work, report, "reopen", SYSTEM, SYSTEM, {"new_information": "yes"}, reason or DANGER_IN_ADDITION)
    new = report.state == "received"  # nobody has offered it to anybody, or proposed its end
    outcome = step(work, report, "raise_emergency", actor, role, {"severity": severity}, reason)
    if not outcome.allowed:
        return outcome
    if severity != report.severity or report.severity_by is None:
        report.severity, report.severity_by = severity, actor
    report.clock_from, report.acknowledged_at = work.now, None
    begin_anew(work, report)
    if not new:
        offers.overtaken(work, report)
    alerts.plan(work, report, triage_of(work, report, told_of(work, report)), raised=True)
    return outcome


def begin_anew(work: Work, report: Report) -> None:
    """Forget what belonged to an end or a watch that no longer stands."""
    report.closed_at = report.close_reason = report.watched_since = report.kept_until = None
    report.feedback_due = feedback_from(work)
    if report.conversation is not None and report.follow_up:
        conversations.keep_address(work, report.conversation)


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
    if report.state in ENDED and before not in ENDED:
        _stop_asking(work, report)
    journal.record(work, actor, f"report {made}", report.uid, to=report.state)
    return Outcome(True, None, report, notify=result.notify, move=uid)


def _stop_asking(work: Work, report: Report) -> None:
    """What was still asked about a report ends with it: an old answer must not open it again."""
    for draft in drafts.open_about(work, report.uid, "report"):
        drafts.close(work, draft, "done")
        conversations.enter(work, draft.conversation, None, told_rasa=False)


def accept(work: Work, member: accounts.Member, report_uid: str) -> Outcome:
    """A staff member takes a report on and holds it. The first to do so ends the repeats; those concerned hear it.

    Refusals: "absent", "actor_not_allowed" (not assigned), "already", "offered_to_another" (a transfer waits for
    somebody else), and those of the move (reports.yml accept, WBF-11).
    """
    report = access.reach(work, member, report_uid, lock=True)
    if report is None:
        return Outcome(False, "absent")
    role = access.may_act_on(work, member, report)
    if role is None:
        return Outcome(False, "actor_not_allowed", report)
    if report.acknowledged_at is not None and report.state == "accepted":
        return Outcome(False, "already", report)
    offer = offers.open_of(work, report) if report.state == "transferred" else None
    if offer is not None and not offers.is_for(work, member, offer):
        return Outcome(False, "offered_to_another", report)
    outcome = step(work, report, "accept", member.account, role, {"actor_assigned": "yes"})
    if not outcome.allowed:
        return outcome
    if offer is not None:
        offers.settle(work, offer, "accepted", member.account)
    report.acknowledged_at, report.acknowledged_by, report.holder = work.now, member.account, member.account
    alerts.acknowledged(work, report, member.account, role)
    redirecting.erase_originals(work, report.conversation)
    telling.of_accepting(work, report, member.account, outcome.move, role)
    return outcome


def mine(work: Work, member: accounts.Member, limit: int = 10) -> list[Report]:
    """Open reports assigned to a staff member, most urgent first."""
    return list(
        work.session.scalars(
            visible(work, member)
            .join(Assignment, Assignment.report == Report.uid)
            .where(Assignment.account == member.account, Report.state.not_in(ENDED))
            .order_by(Report.severity, Report.received_at)
            .limit(limit)
        )
    )


def content(work: Work, member: accounts.Member, report_uid: str) -> tuple[Report, dict[str, Any]] | None:
    """Open a report's content for a staff member; journalled with who. None: no such report that they may see."""
    report = work.session.scalar(visible(work, member).where(Report.uid == report_uid))
    if report is None:
        return None
    journal.record(work, member.account, "report read", report.uid, purpose="handling")
    return report, told_of(work, report)


def of_conversation(work: Work, conversation: str) -> Report | None:
    """The latest report filed from this very conversation."""
    return cast("Report | None", asked_once(work.session, _LATEST_FROM, {"whose": conversation}))
