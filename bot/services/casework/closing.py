"""Closing a report: proposed by one person and, where the rules want it, confirmed by a second (reports.yml close)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot import texts
from bot.care import calendar, parameters, policy_data
from bot.services import conversations, journal, passes
from bot.services.casework import acts, alerts, offers, police, telling
from bot.services.casework.reports import Outcome
from bot.services.staff import access
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Account, Closing, Report

ALONE = ("S2", "S3", "S4")


def reasons() -> tuple[tuple[str, str], ...]:
    """Code and Chinese name of every reason to close (reports.yml#close_reasons)."""
    return tuple((entry["code"], entry["zh"]) for entry in policy_data.read("reports")["close_reasons"])


def propose(work: Work, member: Member, report_uid: str, reason: str, text: str, *, checked: bool = False) -> Outcome:
    """Close a report, or propose it where a second person must agree (S0, S1, and not_confirmed).

    `reason`: a code of close_reasons; `text`: why, in the member's words; `checked`: staff saw that the child is safe.
    The result is `waiting` when a second person must confirm. Refusals: "absent", "text_too_long", and those of the
    rules: the monitoring days are counted from `watch` (report.close.monitoring_days_before_close).
    """
    report = access.reach(work, member, report_uid, lock=True)
    if report is None:
        return Outcome(False, "absent")
    needs_two = report.severity not in ALONE or reason == "not_confirmed"
    if not needs_two:
        return _close(work, member, report, reason, text, checked=checked, second="no")
    refusal = _would_refuse(work, member, report, reason, text, checked=checked)
    if refusal is not None:
        return Outcome(False, refusal, report)
    offers.void_end(work, report)
    uid = opaque_id()
    work.session.add(
        Closing(
            uid=uid,
            report=report.uid,
            reason=reason,
            text_sealed=work.seal("closings.text", uid, text.strip()),
            checked=checked,
            proposed_by=member.account,
            proposed_at=work.now,
            state="open",
        )
    )
    work.session.flush()
    journal.record(work, member.account, "report close proposed", report.uid, reason=reason)
    telling.assigned(work, report, "staff.close_proposed", once=f"closing:{uid}", besides=(member.account,))
    return Outcome(True, None, report, waiting=True)


def confirm(work: Work, member: Member, report_uid: str) -> Outcome:
    """A second person agrees: the report is closed for the proposed reason, if the rules still allow it now.

    Refusals: "absent", "nothing_proposed" (also when the proposer works here no longer), "same_person", and those of
    the rules.
    """
    found = _proposed(work, member, report_uid)
    if isinstance(found, Outcome):
        return found
    report, proposal = found
    if proposal.proposed_by == member.account:
        return Outcome(False, "same_person", report)
    text = work.open("closings.text", proposal.uid, proposal.text_sealed)
    outcome = _close(work, member, report, proposal.reason, text, checked=proposal.checked, second="yes")
    if outcome.allowed:
        proposal.state, proposal.settled_by, proposal.settled_at = "confirmed", member.account, work.now
    return outcome


def decline(work: Work, member: Member, report_uid: str, why: str) -> Outcome:
    """A second person does not agree, or the proposer takes it back; the report goes on, the proposer hears it.

    Refusals: "absent", "nothing_proposed", "reason_missing", "text_too_long", "actor_not_allowed".
    """
    found = _proposed(work, member, report_uid)
    if isinstance(found, Outcome):
        return found
    report, proposal = found
    if not why.strip():
        return Outcome(False, "reason_missing", report)
    noted = acts.add_note(work, member, report_uid, why)
    if not noted.allowed:
        return noted
    proposal.state, proposal.settled_by, proposal.settled_at = "refused", member.account, work.now
    work.session.flush()
    journal.record(work, member.account, "report close declined", report.uid)
    telling.account(work, report, proposal.proposed_by, "staff.close_declined", once=f"declined:{proposal.uid}")
    return Outcome(True, None, report)


def _proposed(work: Work, member: Member, report_uid: str) -> tuple[Report, Closing] | Outcome:
    """The report, locked, with the proposal that waits for a second person; or the refusal."""
    report = access.reach(work, member, report_uid, lock=True)
    if report is None:
        return Outcome(False, "absent")
    proposal = open_proposal(work, report)
    return (report, proposal) if proposal is not None else Outcome(False, "nothing_proposed", report)


def open_proposal(work: Work, report: Report) -> Closing | None:
    """The proposal that waits for a second person; none when its author is no longer active."""
    return work.session.scalar(
        select(Closing)
        .join(Account, Account.uid == Closing.proposed_by)
        .where(Closing.report == report.uid, Closing.state == "open", Account.state == "active")
        .order_by(Closing.proposed_at.desc())
        .limit(1)
    )


def lacking(work: Work, member: Member, report: Report) -> list[str]:
    """What a report lacks to be closed by this member because what was needed is done and the child is safe, a line
    each (reports.md §8); nothing where it may be proposed now."""
    days = int(parameters.value("report.close.monitoring_days_before_close").value[report.severity])
    since = report.watched_since
    watch = "watched" if since is not None else "watch"
    lines = {
        "not_yours": access.may_act_on(work, member, report) is None,
        "nobody": report.acknowledged_at is None,
        "police": police.duty_open(work, report),
        watch: monitoring_done(work, report) == "no",
    }
    found = [name for name, lacks in lines.items() if lacks]
    found += ["second"] if found and report.severity not in ALONE else []
    told = {"days": days, "date": calendar.spoken(since) if since is not None else ""}
    return [texts.phrase(f"case.lacks.{name}").format(**told) for name in found]


def monitoring_done(work: Work, report: Report) -> str:
    """ "yes" when the days of watching are over, else "no" (report.close.monitoring_days_before_close)."""
    days = int(parameters.value("report.close.monitoring_days_before_close").value[report.severity])
    if days == 0:
        return "yes"
    since = report.watched_since
    return "yes" if since is not None and work.now >= since + timedelta(days=days) else "no"


def _facts(work: Work, report: Report, reason: str, checked: bool, second: str) -> dict[str, str]:
    return {
        "close_reason": reason,
        "monitoring_done": monitoring_done(work, report),
        "staff_checked": "yes" if checked else "no",
        "second_person": second,
    }


def _would_refuse(work: Work, member: Member, report: Report, reason: str, text: str, *, checked: bool) -> str | None:
    """The refusal a second person would meet; None when it could be closed then. Changes nothing."""
    if len(text) > acts.LONGEST_TEXT:
        return "text_too_long"
    facts = _facts(work, report, reason, checked, "yes")
    return acts.judge(work, member, report, "close", facts, text)


def _close(
    work: Work, member: Member, report: Report, reason: str, text: str, *, checked: bool, second: str
) -> Outcome:
    facts = _facts(work, report, reason, checked, second)
    outcome = acts.act(work, member, report.uid, "close", facts, text)
    if not outcome.allowed:
        return outcome
    report.closed_at, report.close_reason, report.feedback_due = work.now, reason, None
    alerts.stop(work, report)
    offers.void(work, report)
    if second == "no":
        offers.void_end(work, report)
    journal.record(work, member.account, "report closed", report.uid, reason=reason)
    _ask_the_reporter(work, report, outcome.move)
    if report.conversation is not None:
        days = int(parameters.number("retention.reply_address.after_close"))
        conversations.let_address_go(work, report.conversation, work.now + timedelta(days=days))
    return outcome


def _ask_the_reporter(work: Work, report: Report, move: str) -> None:
    """Did it help? And whoever disagrees may say so: it is opened again (reports.yml reopen: disputed)."""
    args = {"ended": report.uid, "proof": passes.give(work, "ended", report.uid)}
    telling.reporter(work, report, "reporter.closed", args, once=f"closed:{move}")
