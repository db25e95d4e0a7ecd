"""What staff do with a report: begin, plan, watch, raise, lower, reopen, refuse it, and write down what was done.

Every move goes through `act`: the report is found by what the member may see, the rules judge the move in each role
the member has there, and who must hear of it hears. "absent" answers for a forbidden and a missing report alike.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import func, select

from bot.care import policy_data, reports, roles
from bot.services import journal
from bot.services.casework import alerts, telling
from bot.services.casework import reports as life
from bot.services.casework.reports import Outcome
from bot.services.staff import access
from bot.services.staff.access import ENDED
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Note, Report, ReportMove

LONGEST_TEXT = 4000
NOTES = ("note", "plan")
WITHDRAWN = "withdrawn"
"""The kind of the note that the reporter took the report back."""
MISTAKEN = "mistaken"
"""The kind of the note that the worker who opened a report did so by mistake."""
# Of these the reporter hears more than a changed status.
SAID_BY_THE_CALLER = ("ask_reporter", "close", "not_accept")
# What a reporter may hear of the result: one of these sentences (texts: result.<code>), never a free text (WBF-103).
RESULTS = ("checked", "helping", "handed_over", "done", "not_found")


def act(
    work: Work,
    member: Member,
    report_uid: str,
    made: str,
    told: Mapping[str, Any] | None = None,
    reason: str = "",
    besides: Collection[str] = (),
) -> Outcome:
    """Make one move as a staff member, journal it, and tell those the move names.

    `told`: move facts of reports.yml#move_facts beyond severity and assignment; `reason`: the member's words;
    `besides`: accounts that hear of it in other words.
    Refusals: "absent", "text_too_long", and those of the rules (reports.yml#move_order).
    """
    report = access.reach(work, member, report_uid, ended=made == "reopen", lock=True)
    if report is None:
        return Outcome(False, "absent")
    if len(reason) > LONGEST_TEXT:
        return Outcome(False, "text_too_long", report)
    outcome = _try(work, member, report, made, told or {}, reason)
    if outcome.allowed:
        report.first_action_at = report.first_action_at or work.now
        notify = [who for who in outcome.notify if who != "reporter" or made not in SAID_BY_THE_CALLER]
        telling.of_move(work, report, notify, outcome.move, {member.account, *besides})
    return outcome


def _try(work: Work, member: Member, report: Report, made: str, told: Mapping[str, Any], reason: str) -> Outcome:
    """The move in the first role in which it is allowed; else the refusal that came furthest."""
    role, refusal = _judged(work, member, report, made, told, reason)
    if role is None:
        return Outcome(False, refusal, report)
    assigned = access.may_act_on(work, member, report) is not None
    facts = {"actor_assigned": "yes" if assigned else "no", **told}
    return life.step(work, report, made, member.account, role, facts, reason.strip())


def judge(
    work: Work, member: Member, report: Report, made: str, told: Mapping[str, Any], reason: str = ""
) -> str | None:
    """The refusal a member would meet with a move now; None when it is allowed. Changes nothing."""
    return _judged(work, member, report, made, told, reason)[1]


def _judged(
    work: Work, member: Member, report: Report, made: str, told: Mapping[str, Any], reason: str
) -> tuple[str | None, str | None]:
    """The first role in which a move is allowed, or the refusal that came furthest in the rules' order."""
    order = [check["refusal"] for check in policy_data.read("reports")["move_order"]]
    refusals: list[str] = []
    for role, assigned in access.standings(work, member, report):
        facts = {"severity": report.severity, "actor_assigned": "yes" if assigned else "no", "reason": reason, **told}
        result = reports.move(report.state, made, role, facts)
        if result.allowed:
            return role, None
        refusals.append(str(result.refusal))
    return None, max(refusals, key=order.index, default="actor_not_allowed")


def start_handling(work: Work, member: Member, report_uid: str) -> Outcome:
    """An assigned member begins to work on an accepted report (optional). Refusals: see `act`."""
    return act(work, member, report_uid, "start_handling")


def make_plan(work: Work, member: Member, report_uid: str, plan: str) -> Outcome:
    """Make the plan of the case, kept with it word for word (reports.md §8 一案一策, JL-3.6.h).

    Refusals: "text_missing", "text_too_long", and see `act`.
    """
    if not plan.strip():
        return Outcome(False, "text_missing")
    if len(plan) > LONGEST_TEXT:
        return Outcome(False, "text_too_long")
    outcome = act(work, member, report_uid, "make_plan")
    if outcome.allowed and outcome.report is not None:
        keep_note(work, outcome.report, "plan", member.account, plan)
    return outcome


def watch(work: Work, member: Member, report_uid: str) -> Outcome:
    """Begin the time of watching before the end (report.close.monitoring_days_before_close). Refusals: see `act`."""
    outcome = act(work, member, report_uid, "watch")
    if outcome.allowed and outcome.report is not None:
        outcome.report.watched_since = outcome.report.watched_since or work.now
    return outcome


def not_accept(work: Work, member: Member, report_uid: str, competent: str, reason: str) -> Outcome:
    """Refuse a report that belongs elsewhere; the reporter is told which body is competent (reports.yml not_accept).

    `competent`: a route target, department or role id of roles.yml. Refusals: "no_such_body", and see `act`; S0 and S1
    are never refused ("guard_not_met").
    """
    try:
        body = roles.target_label(competent)
    except KeyError:
        return Outcome(False, "no_such_body")
    outcome = act(work, member, report_uid, "not_accept", {"competent_named": "yes"}, reason)
    if outcome.allowed and outcome.report is not None:
        report = outcome.report
        report.feedback_due = None
        alerts.stop(work, report)
        keep_note(work, report, "competent", member.account, competent)
        telling.reporter(work, report, "reporter.not_accepted", {"body": body}, once=f"body:{outcome.move}")
    return outcome


def lower_severity(work: Work, member: Member, report_uid: str, to: str, reason: str, *, checked: bool) -> Outcome:
    """Lower a severity: another person than who set it, after contact with the child or a witness (`checked`).

    `to`: S1…S4. The alerts follow the new severity. Refusals: "not_lower", and see `act`.
    """
    report = access.reach(work, member, report_uid, lock=True)
    if report is None:
        return Outcome(False, "absent")
    if to not in ("S1", "S2", "S3", "S4") or to <= report.severity:
        return Outcome(False, "not_lower", report)
    facts = {
        "second_person": "no" if report.severity_by == member.account else "yes",
        "staff_checked": "yes" if checked else "no",
    }
    outcome = act(work, member, report_uid, "lower_severity", facts, reason)
    if outcome.allowed:
        report.severity, report.severity_by = to, member.account
        alerts.stop(work, report)
        if report.acknowledged_at is None:
            report.clock_from = work.now
            alerts.plan(work, report, life.triage_of(work, report, life.told_of(work, report)), raised=True)
    return outcome


def raise_emergency(work: Work, member: Member, report_uid: str, to: str, reason: str) -> Outcome:
    """Raise a report to S0 or S1 from whatever state; everybody is alerted anew (reports.yml raise_emergency).

    An ended report is opened again by it. Refusals: "absent", "not_higher", "reason_missing" (ours: whoever is woken
    wants to know why), "text_too_long", and those of the rules.
    """
    report = access.reach(work, member, report_uid, ended=True, lock=True)
    if report is None:
        return Outcome(False, "absent")
    if to not in life.PARALLEL or (to >= report.severity and report.state not in ENDED):
        return Outcome(False, "not_higher", report)
    if not reason.strip() or len(reason) > LONGEST_TEXT:
        return Outcome(False, "text_too_long" if reason.strip() else "reason_missing", report)
    role = access.standings(work, member, report)[0].role
    return life.raise_to(work, report, min(to, report.severity), member.account, role, reason.strip())


def reopen(work: Work, member: Member, report_uid: str, reason: str) -> Outcome:
    """Open an ended report again because of something new (reports.yml reopen); it is routed and told anew.

    Refusals: see `act`.
    """
    outcome = act(work, member, report_uid, "reopen", {"new_information": "yes"}, reason)
    if outcome.allowed and outcome.report is not None:
        set_going_again(work, outcome.report)
    return outcome


def set_going_again(work: Work, report: Report) -> None:
    """A reopened report waits for somebody to take it on again."""
    report.acknowledged_at, report.clock_from = None, work.now
    life.begin_anew(work, report)
    life.set_going(work, report)


def add_note(work: Work, member: Member, report_uid: str, text: str, kind: str = "note") -> Outcome:
    """Write a working note, or an addition to the plan (`kind` "plan"); sealed, seen by those who see the report.

    Refusals: "absent", "no_such_kind", "actor_not_allowed" (neither assigned nor writing for the county),
    "text_missing", "text_too_long". Source: roles.yml report_content.
    """
    report = access.reach(work, member, report_uid, lock=True)
    if report is None:
        return Outcome(False, "absent")
    refusal = _unfit(text) or (None if kind in NOTES else "no_such_kind")
    if refusal is None and access.may_write(work, member, report) is None:
        refusal = "actor_not_allowed"
    if refusal is not None:
        return Outcome(False, refusal, report)
    report.first_action_at = report.first_action_at or work.now
    keep_note(work, report, kind, member.account, text)
    return Outcome(True, None, report)


def tell_result(work: Work, member: Member, report_uid: str, result: str) -> Outcome:
    """Tell the reporter a result in the one appropriate form: a fixed sentence (RESULTS), no name, place or measure.

    It begins the next period of feedback (report.result_feedback_within, WBF-11, WBF-103). Refusals: "absent",
    "no_such_result", "actor_not_allowed".
    """
    report = access.reach(work, member, report_uid, lock=True)
    if report is None:
        return Outcome(False, "absent")
    if result not in RESULTS:
        return Outcome(False, "no_such_result", report)
    if access.may_write(work, member, report) is None:
        return Outcome(False, "actor_not_allowed", report)
    note = keep_note(work, report, "result", member.account, result)
    report.feedback_due = life.feedback_from(work)
    telling.reporter(work, report, f"result.{result}", once=note.uid)
    return Outcome(True, None, report)


def keep_note(work: Work, report: Report, kind: str, author: str | None, text: str) -> Note:
    """Keep a text with a report, sealed. `author` None: the reporter. For callers who have checked the right."""
    uid = opaque_id()
    note = Note(
        uid=uid,
        report=report.uid,
        kind=kind,
        author=author,
        text_sealed=work.seal("notes.text", uid, text.strip()),
        at=work.now,
    )
    work.session.add(note)
    work.session.flush()
    journal.record(work, author or life.REPORTER, f"report {kind}", report.uid)
    return note


def noted(work: Work, report: Report, kind: str) -> bool:
    """Whether a text of this kind is kept with a report."""
    found = select(Note.uid).where(Note.report == report.uid, Note.kind == kind).limit(1)
    return work.session.scalar(found) is not None


def mistaken(work: Work, report: Report) -> bool:
    """Whether the worker who opened a report said that it was by mistake."""
    return noted(work, report, MISTAKEN)


def withdrawn(work: Work, report: Report) -> bool:
    """Whether the reporter withdrew, and has told nothing more since: whoever does wants to be heard again."""
    back = select(func.max(Note.at)).where(Note.report == report.uid, Note.kind == WITHDRAWN).scalar_subquery()
    more = select(ReportMove.id).where(
        ReportMove.report == report.uid, ReportMove.made == "add_information", ReportMove.actor == life.REPORTER
    )
    if work.session.scalar(select(back)) is None:
        return False
    return work.session.scalar(more.where(ReportMove.at > back).limit(1)) is None


def _unfit(text: str) -> str | None:
    if not text.strip():
        return "text_missing"
    return "text_too_long" if len(text) > LONGEST_TEXT else None


def moves_open_to(work: Work, member: Member, report: Report) -> tuple[str, ...]:
    """Events that exist in the report's state for a role of this member, for the page's buttons.

    Only state and actor are looked at; guards and reasons are judged when the move is made.
    """
    standings = access.standings(work, member, report)
    found = []
    for event in dict.fromkeys(row["event"] for row in policy_data.read("reports")["transitions"]):
        for role, assigned in standings:
            facts = {"severity": report.severity, "actor_assigned": "yes" if assigned else "no"}
            result = reports.move(report.state, event, role, facts)
            if result.allowed or result.refusal in ("reason_missing", "guard_not_met"):
                found.append(event)
                break
    return tuple(found)
