"""What waits for a person who does nothing: an offer nobody answers, an emergency whose reporter nobody writes to.

Each is said once; who was told of it is kept as a step of the report's alerts.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, select

from bot.care import calendar, parameters
from bot.services.casework import alerts, offers, takeover, telling
from bot.services.staff import access, accounts, duty
from bot.services.work import Work
from bot.storage.tables import AlertStep, Report, Takeover, Transfer

# PROPOSED, ours: an offer is asked about once more, on the next working day (the time the first level of an S3 ladder
# has, reports.md §6a), where it is urgent after half an hour.
OFFER_URGENT_WAITS = timedelta(minutes=30)
OFFER_WAITS_WORKDAYS = 1
# Ours: what became an emergency longer ago is not brought up any more.
LONGEST_AGO = timedelta(days=1)
CALLERS = "county_caseworker"


def remind_of_offers(work: Work, limit: int = 200) -> int:
    """Offers nobody answered: the receivers hear once more, and whoever answers for the report meanwhile that it still
    is theirs. A department that must be called: its callers. Returns how many offers.
    """
    reminded = exists().where(
        AlertStep.report == Transfer.report, AlertStep.kind == "offer", AlertStep.due_at == Transfer.offered_at
    )
    rows = work.session.execute(
        select(Transfer, Report)
        .join(Report, Report.uid == Transfer.report)
        .where(
            Transfer.state == "offered",
            Transfer.offered_at <= work.now - OFFER_URGENT_WAITS,
            Report.state.not_in(access.ENDED),
            ~reminded,
        )
        .order_by(Transfer.offered_at)
        .limit(limit)
    ).all()
    due = [(made, report) for made, report in rows if _asked_again(report, made.offered_at) <= work.now]
    for made, report in due:
        _remind(work, report, made)
    return len(due)


def _asked_again(report: Report, offered: datetime) -> datetime:
    if report.severity in telling.URGENT:
        return offered + OFFER_URGENT_WAITS
    here = calendar.local(offered)
    return here + (calendar.add_workdays(here.date(), OFFER_WAITS_WORKDAYS).day - here.date())


def _remind(work: Work, report: Report, made: Transfer) -> None:
    once = f"waits:{made.uid}"
    if made.to_role is None:
        told = telling.role(work, report, CALLERS, "staff.call_task", once=once)
    else:
        told = 0
        for person in alerts.assigned_people(work, report):
            member = accounts.member(work, str(person.conversation))
            if member is not None and offers.is_for(work, member, made):
                told += telling.person(work, report, person, "staff.offer_waits", once=once)
    answers = report.holder or made.from_account
    told += telling.account(work, report, answers, "staff.offer_unanswered", once=f"holder {once}")
    _keep(work, report, "offer", made.offered_at, told)


def nobody_wrote(work: Work, limit: int = 200) -> int:
    """S0, taken on, but report.s0.human_takeover_within is over and no person has written a word: who is on duty and
    the deputy hear it, else everybody assigned. Returns how many reports.
    """
    within = timedelta(minutes=parameters.number("report.s0.human_takeover_within"))
    told_of_it = exists().where(
        AlertStep.report == Report.uid, AlertStep.kind == "unwritten", AlertStep.due_at >= Report.clock_from
    )
    written = exists().where(Takeover.report == Report.uid, Takeover.first_words_at >= Report.clock_from)
    rows = work.session.scalars(
        select(Report)
        .where(
            Report.severity == "S0",
            Report.state.not_in(access.ENDED),
            Report.acknowledged_at.is_not(None),  # until then the alert itself is repeated
            Report.clock_from <= work.now - within,
            Report.clock_from > work.now - LONGEST_AGO,
            Report.conversation.is_not(None),
            ~told_of_it,
            ~written,
        )
        .order_by(Report.clock_from)
        .limit(limit)
    ).all()
    late = [report for report in rows if takeover.can_be_written_to(work, report)]
    for report in late:
        _ask_to_write(work, report)
    return len(late)


def _ask_to_write(work: Work, report: Report) -> None:
    deputies = duty.deputies(work, alerts.area_of(duty.ROLE, report.area))
    alerts.assign(work, report, duty.ROLE, deputies)
    once = f"unwritten {report.clock_from:%Y%m%dT%H%M%S}"
    told = telling.role(work, report, duty.ROLE, "staff.nobody_wrote", once=once)
    if duty.ROLE not in access.conflicted(report):
        told += sum(telling.person(work, report, who, "staff.nobody_wrote", once=once) for who in deputies)
    if not told:
        told = telling.assigned(work, report, "staff.nobody_wrote", once=once)
    _keep(work, report, "unwritten", work.now, told)


def _keep(work: Work, report: Report, kind: str, at: datetime, told: int) -> None:
    work.session.add(
        AlertStep(
            natural_key=f"{report.uid}:{kind}:{at:%Y%m%dT%H%M%S%f}",
            report=report.uid,
            role="holder" if kind == "offer" else duty.ROLE,
            kind=kind,
            due_at=at,
            state="done",
            told=told,
            done_at=work.now,
        )
    )
    work.session.flush()
