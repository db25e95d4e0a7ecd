"""What falls due while a report is dealt with: feedback, a question that waits, a talk gone silent, a holder gone,
an offer or a reporter nobody answers, an emergency look nobody reviewed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Exists, and_, exists, or_, select

from bot.care import calendar
from bot.services.casework import alerts, asking, glass, reports, takeover, telling, unanswered
from bot.services.staff import access, accounts
from bot.services.work import Work
from bot.storage.tables import Account, AlertStep, Assignment, Post, Report

# PROPOSED, ours: whoever owes the reporter a word hears it a day before it is due.
REMIND_BEFORE = timedelta(days=1)
COUNTY = "county_caseworker"


def tick(work: Work) -> dict[str, int]:
    """Everything due now; a second run at the same moment changes nothing."""
    return {
        "nudged": asking.nudge(work),
        "feedback": remind_of_feedback(work),
        "talks_ended": takeover.expire(work),
        "without_holder": find_holders_gone(work),
        "heard_at_last": tell_who_came_later(work),
        "offers_waiting": unanswered.remind_of_offers(work),
        "unwritten": unanswered.nobody_wrote(work),
        "looks_late": glass.remind(work),
    }


def remind_of_feedback(work: Work, limit: int = 200) -> int:
    """Remind whoever holds a report a day before feedback is due; once it is over, the county too, and a new period
    begins (report.result_feedback_within, every 15 days until closed). Returns how many reports.
    """
    reminded = exists().where(
        AlertStep.report == Report.uid, AlertStep.kind == "feedback", AlertStep.due_at == Report.feedback_due
    )
    rows = work.session.scalars(
        select(Report)
        .where(
            Report.state.not_in(access.ENDED),
            or_(Report.feedback_due <= work.now, and_(Report.feedback_due <= work.now + REMIND_BEFORE, ~reminded)),
        )
        .order_by(Report.feedback_due)
        .limit(limit)
    ).all()
    for report in rows:
        due = report.feedback_due or work.now
        _remind(work, report, due)
        if due <= work.now:
            telling.role(work, report, COUNTY, "staff.feedback_due", {"date": _day(due)}, once=f"late {due:%Y%m%d}")
            report.feedback_due = due + timedelta(days=reports.feedback_days())
            if report.feedback_due <= work.now:
                report.feedback_due = reports.feedback_from(work)
    return len(rows)


def _remind(work: Work, report: Report, due: datetime) -> None:
    key = f"{report.uid}:feedback:{due:%Y%m%dT%H%M}"
    if work.session.get(AlertStep, key) is not None:
        return
    work.session.add(
        AlertStep(natural_key=key, report=report.uid, role="holder", kind="feedback", due_at=due, state="done")
    )
    work.session.flush()
    args, once = {"date": _day(due)}, f"feedback {due:%Y%m%d}"
    if not telling.account(work, report, report.holder, "staff.feedback_due", args, once=once):
        telling.assigned(work, report, "staff.feedback_due", args, once=once)


def find_holders_gone(work: Work, limit: int = 200) -> int:
    """Reports whose holder was suspended or moved: the others assigned and the county hear that somebody must take it.

    Returns how many. Source: roles.md §3, "open tasks move to deputy".
    """
    there = _assigned(work).where(Account.uid == Report.holder)
    rows = work.session.scalars(
        select(Report).where(Report.holder.is_not(None), Report.state.not_in(access.ENDED), ~there).limit(limit)
    ).all()
    for report in rows:
        gone, report.holder = report.holder, None
        once = f"gone {gone} {work.now:%Y%m%dT%H%M}"
        if not telling.assigned(work, report, "staff.holder_gone", once=once):
            alerts.assign(work, report, COUNTY, alerts.holders(work, COUNTY, report.area))
            telling.role(work, report, COUNTY, "staff.holder_gone", once=once)
    work.session.flush()
    return len(rows)


def _assigned(work: Work) -> Exists:
    """An account that is assigned to the report, active, and still holds the post it was assigned with."""
    return (
        exists()
        .where(
            Account.state == "active",
            Assignment.report == Report.uid,
            Assignment.account == Account.uid,
            Post.account == Account.uid,
            Post.role == Assignment.role,
            or_(Assignment.area.is_(None), Assignment.area == Post.area),
            *accounts.valid_post(work),
        )
        .correlate(Report)
    )


def tell_who_came_later(work: Work, limit: int = 200) -> int:
    """Reports that reached nobody, because nobody was registered for their place, are told to whoever is by now, who
    can take them on: their reporter was promised so. One that still waits to be routed reached nobody, whoever may
    have been assigned before it was opened again. Returns how many reached somebody.
    """
    here = (
        exists()
        .where(
            Post.account == Account.uid,
            Post.role.in_(alerts.CHAIN),
            Account.state == "active",
            Account.conversation.is_not(None),
            or_(Post.area == alerts.PROVINCE, Report.area.startswith(Post.area, autoescape=False)),
            *accounts.valid_post(work),
        )
        .correlate(Report)
    )
    rows = work.session.scalars(
        select(Report)
        .where(
            Report.state.not_in(access.ENDED),
            Report.acknowledged_at.is_(None),
            or_(Report.state == "triaged", ~_assigned(work)),
            here,
        )
        .order_by(Report.severity, Report.received_at)
        .limit(limit)
    ).all()
    return sum(reports.pass_on(work, report, raised=False) for report in rows)


def _day(moment: datetime) -> str:
    here = calendar.local(moment)
    return f"{here.month}月{here.day}日"
