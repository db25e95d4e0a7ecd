"""That the police were told: which station, when, the receipt number (QZBG-2, JL-3.8.k)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, select

from bot import texts
from bot.care import calendar, parameters
from bot.reading.aftermath import police_told
from bot.services import drafts, journal, passes
from bot.services.casework import owed, reports, telling
from bot.services.casework.reports import Outcome
from bot.services.mail import mailbox
from bot.services.staff import access
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Outbox, PoliceReport, Report, Visit

FLOW = "police"
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


def tapped(work: Work, conversation: str, inbox_id: int, rest: str) -> bool:
    """A tap on "told:<report>:<proof>": the reporter has told the police; the next words say which station and when.

    False: forged, or it has been recorded.
    """
    report = owed.proven(work, "police", rest)
    if report is None or not duty_open(work, report):
        return False
    owed.ask(work, conversation, FLOW, report.uid, "station")
    mailbox.say(work, conversation, "reporter.police_station", reply_to=inbox_id)
    return True


def turn(work: Work, conversation: str, inbox_id: int, text: str, *, cancelled: bool = False) -> None:
    """Take the reporter's words as the record, kept as said; the moment is the time of day told, else now. The duty is
    done (QZBG-2)."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None or draft.report is None:
        return
    if not cancelled:
        report = work.session.get_one(Report, draft.report)
        _keep(work, report, text[:LONGEST_STATION], _moment(work, report, text), None, None)
    key = "reporter.police_later" if cancelled else "reporter.police_recorded"
    mailbox.say(work, conversation, key, reply_to=inbox_id)
    owed.end(work, draft)


def heard(work: Work, report: Report, text: str, *, instead_of: str = "") -> bool:
    """Record what the reporter says in the talk of having told the police, kept as said; the moment is the time of day
    told, else now. `instead_of`: his words with a wrong hour, whose record holds the right one from now on. False: the
    same words are recorded already, or something is and these name no station."""
    kept = work.session.scalars(select(PoliceReport).where(PoliceReport.report == report.uid)).all()
    said, told = text[:LONGEST_STATION].strip(), police_told.read(text)
    if kept and (told is None or told.station is None):
        return False
    if any(work.open("police_reports.station", one.uid, one.station_sealed) == said for one in kept):
        return False
    own = [one for one in kept if one.recorded_by is None] if instead_of else []
    for row in own:
        if work.open("police_reports.station", row.uid, row.station_sealed) == instead_of[:LONGEST_STATION].strip():
            row.station_sealed = work.seal("police_reports.station", row.uid, said)
            row.told_at = _moment(work, report, text)
            return True
    _keep(work, report, said, _moment(work, report, text), None, None)
    return True


def _moment(work: Work, report: Report | None, text: str) -> datetime:
    since = calendar.local(report.received_at) if report is not None else None
    return police_told.moment(text, calendar.local(work.now), since)


def confirm(work: Work, conversation: str, inbox_id: int, text: str, *, again: bool = False) -> None:
    """Say back to the reporter what was understood of the police; `again`: he has told of it before."""
    told = police_told.read(text)
    station = told.station if told is not None else None
    if station is None:
        key = "reporter.police_more" if again else "reporter.police_known"
        mailbox.say(work, conversation, key, reply_to=inbox_id)
        return
    at = _moment(work, reports.of_conversation(work, conversation), text)
    key = "reporter.police_at" if told is not None and told.timed else "reporter.police_at_station"
    by_whom = f"{station}{told.officer}" if told is not None else station  # 朝阳派出所王警官
    args = {"station": by_whom, "time": f"{at:%H:%M}"}
    mailbox.say(work, conversation, key, args, reply_to=inbox_id)


def button(work: Work, report: Report) -> list[str]:
    """The button by which a reporter who must report says that the police know; for the text that asks for it."""
    return [texts.phrase("button.police_told"), f"told:{report.uid}:{passes.give(work, 'police', report.uid)}"]


def prompt(work: Work, report: Report, conversation: str, at: datetime) -> bool:
    """Ask a worker who found an emergency for the police receipt, quiet hours or not; each moment once (JL-3.8.k)."""
    return mailbox.say(
        work,
        conversation,
        "visits.police_receipt",
        {"number": report.number, "choices": [button(work, report)]},
        push=True,
        priority=mailbox.URGENT,
        natural_key=f"police:{report.uid}:{at:%Y%m%dT%H%M}:{conversation}",
    )


def remind(work: Work) -> dict[str, int]:
    """Ask whoever holds a report the police must hear of for the police record: every 30 minutes from taking it on,
    quiet hours or not, until it is recorded or the report has ended (visit.emergency.police_receipt_prompt_every).

    Each moment is asked for once, however often and by however many this runs; a pause is not made up for. Who found
    it at a visit is asked by the visit (`services.visits`).
    """
    every = timedelta(minutes=parameters.number("visit.emergency.police_receipt_prompt_every"))
    recorded = exists().where(PoliceReport.report == Report.uid)
    asked_by_the_visit = exists().where(
        Visit.report == Report.uid, Visit.by == Report.holder, Visit.prompt_at.is_not(None)
    )
    rows = work.session.scalars(
        select(Report).where(
            Report.severity.in_(telling.URGENT),
            Report.state.not_in(access.ENDED),
            Report.acknowledged_at <= work.now - every,
            Report.holder.is_not(None),
            ~recorded,
            ~asked_by_the_visit,
        )
    ).all()
    return {"reminded": sum(_remind(work, report, every) for report in rows)}


def _remind(work: Work, report: Report, every: timedelta) -> bool:
    since = report.acknowledged_at or work.now
    moment = since + (work.now - since) // every * every
    once = f"police due {moment:%Y%m%dT%H%M%S}"
    said = exists().where(Outbox.natural_key == f"case:{report.uid}:{once}:{report.holder}")
    if work.session.scalar(select(said)) or not duty_open(work, report):
        return False
    return telling.account(work, report, report.holder, "staff.police_due", once=once)


def duty_open(work: Work, report: Report) -> bool:
    """Whether the police must be told and nobody has recorded it yet."""
    if (
        report.state in access.ENDED
        or not reports.triage_of(work, report, reports.told_of(work, report)).mandatory_report
    ):
        return False
    return not recorded(work, report)


def recorded(work: Work, report: Report) -> bool:
    """Whether anybody has recorded that the police were told."""
    return work.session.scalar(select(PoliceReport.uid).where(PoliceReport.report == report.uid).limit(1)) is not None


def reporters_words(work: Work, report: Report) -> list[str]:
    """What the reporter said of having told the police, as it was said; what staff recorded is not among it."""
    own = select(PoliceReport).where(PoliceReport.report == report.uid, PoliceReport.recorded_by.is_(None))
    rows = work.session.scalars(own.order_by(PoliceReport.recorded_at)).all()
    return [work.open("police_reports.station", row.uid, row.station_sealed) for row in rows]


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
