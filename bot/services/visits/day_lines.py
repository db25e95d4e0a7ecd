"""What a worker did on a day, a line each, as the records tell it: what the work log (JL-3.8.j) is made of.

`key`: what a line is of; it stays while the records behind it change, so that what the worker wrote of it does too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import exists, or_, select

from bot import texts
from bot.care import calendar
from bot.services import journal
from bot.services.casework import acts, reports
from bot.services.staff.accounts import Member
from bot.services.visits import need_lines
from bot.services.visits import words as visit_words
from bot.services.visits.recording import RECORD
from bot.services.work import Work
from bot.storage.tables import (
    AbnormalNotice,
    Account,
    ArrangementMove,
    CareArrangement,
    Child,
    ContactCall,
    ContactRung,
    JournalEntry,
    PoliceReport,
    Referral,
    Report,
    ReportMove,
    Tie,
    Visit,
    VisitReason,
)

PERSUADED = "persuade"
"""The move of entrusted care in which a carer is talked to (JL-3.5.f)."""
RUNG_CLOSED = "contact rung closed"
DUTY_BOUND = "mandatory_reporter"


@dataclass(frozen=True)
class Made:
    """One line of a day as the records tell it."""

    key: str
    words: str


def of(work: Work, member: Member, on: date) -> list[Made]:
    """Visits, attempts, visits put off, calls, what was done about contact, persuasion, referrals, reports taken on,
    what was reported here, the police told."""
    parts = (_visited, _not_made, _called, _notices, _followed, _persuaded, _referred, _reports, _emergencies, _police)
    return [made for part in parts for made in part(work, member, on)]


def _visited(work: Work, member: Member, on: date) -> Iterator[Made]:
    rows = work.session.execute(
        select(Visit, Child)
        .join(Child, Child.uid == Visit.child)
        .where(Visit.by == member.account, Visit.on == on)
        .order_by(Visit.created_at)
    ).all()
    together: dict[tuple[str, str], list[tuple[Visit, Child]]] = defaultdict(list)
    for visit, child in rows:
        together[(child.household, visit.kind)].append((visit, child))
    for (household, kind), pairs in together.items():
        visit, _ = pairs[0]
        record = work.open(RECORD, visit.uid, visit.record_sealed)
        words = record.get("words", "")
        note = texts.phrase("visit.recap.note").format(words=words) if words else ""
        args = {
            "names": visit_words.names(work, [child for _, child in pairs]),
            "summary": _summary(record) + _needs(work, [visit for visit, _ in pairs]) if kind == "home_visit" else "",
            "reason": (texts.phrase(f"log.reason.{visit.reason}") if visit.reason else "") + note,
        }
        yield Made(f"visit:{household}:{kind}", texts.phrase(f"log.line.{kind}").format(**args))


def _summary(record: dict[str, Any]) -> str:
    if record["findings"]:
        return texts.phrase("log.summary.found")
    hard = [visit_words.section(name) for name, status in record["sections"].items() if status == "difficulty"]
    if hard:
        return texts.phrase("log.summary.hard").format(sections="、".join(hard))
    return texts.phrase("log.summary.fine") if set(record["sections"].values()) == {"normal"} else ""


def _needs(work: Work, visits: list[Visit]) -> str:
    """The needs of a visit with who sees to them, as they stand now (JL-3.8.h, JL-3.8.j)."""
    lines = need_lines.of_visits(work, visits)
    return texts.phrase("log.summary.needs").format(needs="；".join(lines)) if lines else ""


def _not_made(work: Work, member: Member, on: date) -> Iterator[Made]:
    begin, end = _bounds(on)
    made_after_all = exists().where(
        Visit.child == VisitReason.child, Visit.by == member.account, Visit.on == on, Visit.kind == "home_visit"
    )
    rows = work.session.execute(
        select(VisitReason, Child)
        .join(Child, Child.uid == VisitReason.child)
        .where(
            VisitReason.by == member.account,
            VisitReason.at >= begin,
            VisitReason.at < end,
            VisitReason.until.is_not(None),
            ~made_after_all,
        )
        .order_by(VisitReason.at)
    ).all()
    for row, child in rows:
        until = texts.phrase("log.until").format(date=visit_words.day(row.until)) if row.until else ""
        args = {"names": visit_words.name(work, child), "reason": texts.phrase(f"log.reason.{row.reason}")}
        yield Made(f"reason:{row.uid}", texts.phrase("log.line.reason").format(**args, until=until))


def _called(work: Work, member: Member, on: date) -> Iterator[Made]:
    rows = work.session.execute(
        select(ContactCall, Child)
        .join(Child, Child.uid == ContactCall.child)
        .where(ContactCall.by == member.account, ContactCall.on == on)
        .order_by(ContactCall.at)
    )
    for row, child in rows.all():
        key = "log.line.call.reached" if row.reached else "log.line.call.in_vain"
        yield Made(f"call:{row.uid}", _about(work, key, child, row.person, on))


def _notices(work: Work, member: Member, on: date) -> Iterator[Made]:
    """A notice counts on the day it goes out, which in the quiet hours is not that of the tap."""
    begin, end = _bounds(on)
    rows = work.session.execute(
        select(AbnormalNotice, Child)
        .join(Child, Child.uid == AbnormalNotice.child)
        .where(AbnormalNotice.by == member.account, AbnormalNotice.sent_at >= begin, AbnormalNotice.sent_at < end)
        .order_by(AbnormalNotice.sent_at)
    )
    for row, child in rows.all():
        yield Made(f"notice:{row.uid}", _about(work, "log.line.notice", child, row.person, on))


def _followed(work: Work, member: Member, on: date) -> Iterator[Made]:
    """What was done about a silence or a worry, talks of persuasion with parents among it; who did it, the journal
    knows."""
    begin, end = _bounds(on)
    journal.write(work)
    rows = work.session.execute(
        select(ContactRung, Child)
        .join(Child, Child.uid == ContactRung.child)
        .where(
            ContactRung.closed_at >= begin,
            ContactRung.closed_at < end,
            exists().where(
                JournalEntry.subject == ContactRung.uid,
                JournalEntry.actor == member.account,
                JournalEntry.act == RUNG_CLOSED,
            ),
        )
        .order_by(ContactRung.closed_at)
    )
    for row, child in rows.all():
        key = f"log.line.followed.{row.closed_why}"
        if texts.known(key):
            yield Made(f"contact:{row.uid}", _about(work, key, child, row.person, on))


def _persuaded(work: Work, member: Member, on: date) -> Iterator[Made]:
    begin, end = _bounds(on)
    rows = work.session.execute(
        select(ArrangementMove, Child)
        .join(CareArrangement, CareArrangement.uid == ArrangementMove.arrangement)
        .outerjoin(Child, Child.uid == CareArrangement.child)
        .where(
            ArrangementMove.actor == member.account,
            ArrangementMove.event == PERSUADED,
            ArrangementMove.at >= begin,
            ArrangementMove.at < end,
        )
        .order_by(ArrangementMove.at)
    )
    for row, child in rows.all():
        name = visit_words.name(work, child) if child is not None else texts.phrase("log.not_on_file")
        said = texts.phrase("log.line.persuaded").format(name=name)
        yield Made(f"persuaded:{row.uid}", said)


def _referred(work: Work, member: Member, on: date) -> Iterator[Made]:
    begin, end = _bounds(on)
    rows = work.session.execute(
        select(Referral, Child)
        .join(Child, Child.uid == Referral.child)
        .where(Referral.by == member.account, Referral.offered_at >= begin, Referral.offered_at < end)
        .order_by(Referral.offered_at)
    )
    for row, child in rows.all():
        yield Made(f"referral:{row.uid}", _about(work, "log.line.referral", child, row.person, on))


def _about(work: Work, key: str, child: Child, person: str, on: date) -> str:
    """A line about somebody of a child's family, by what they were to the child on that day."""
    kinds = select(Tie.kind).where(
        Tie.child == child.uid, Tie.person == person, Tie.since <= on, or_(Tie.until.is_(None), Tie.until >= on)
    )
    kind = work.session.scalar(kinds.order_by(Tie.since.desc()).limit(1))
    who = texts.phrase(f"log.kin.{kind}" if kind is not None else "log.kin.family")
    return texts.phrase(key).format(name=visit_words.name(work, child), who=who)


def _reports(work: Work, member: Member, on: date) -> Iterator[Made]:
    begin, end = _bounds(on)
    numbers = work.session.scalars(
        select(Report.number)
        .join(ReportMove, ReportMove.report == Report.uid)
        .where(
            ReportMove.actor == member.account,
            ReportMove.made == "accept",
            ReportMove.at >= begin,
            ReportMove.at < end,
        )
    )
    for number in numbers.all():
        yield Made(f"report:{number}", texts.phrase("log.line.report").format(number=number))


def _emergencies(work: Work, member: Member, on: date) -> Iterator[Made]:
    """What the worker reported here as one whose duty it is, with when the police were told. A report that names a
    colleague, or was opened by mistake, stands in no log."""
    begin, end = _bounds(on)
    talk = select(Account.conversation).where(Account.uid == member.account).scalar_subquery()
    rows = work.session.scalars(
        select(Report)
        .where(Report.conversation == talk, Report.received_at >= begin)
        .where(Report.received_at < end, ~exists().where(Visit.report == Report.uid))
        .order_by(Report.received_at)
    )
    for row in rows.all():
        facts = reports.told_of(work, row)["facts"]
        if facts.get("reporter_type") == DUTY_BOUND and not facts.get("conflicted") and not acts.mistaken(work, row):
            key = "log.line.emergency" if row.severity == "S0" else "log.line.reported"
            yield Made(f"emergency:{row.number}", texts.phrase(key).format(number=row.number))


def _police(work: Work, member: Member, on: date) -> Iterator[Made]:
    """The police told of a report: by whoever wrote it down here, or of one's own report in its talk (JL-3.8.k)."""
    begin, end = _bounds(on)
    talk = select(Account.conversation).where(Account.uid == member.account).scalar_subquery()
    rows = work.session.execute(
        select(PoliceReport, Report)
        .join(Report, Report.uid == PoliceReport.report)
        .where(PoliceReport.recorded_at >= begin, PoliceReport.recorded_at < end)
        .where(or_(PoliceReport.recorded_by == member.account, Report.conversation == talk))
        .order_by(PoliceReport.recorded_at)
    )
    for row, report in rows.all():
        if not reports.told_of(work, report)["facts"].get("conflicted"):
            yield Made(f"police:{row.uid}", texts.phrase("log.line.police").format(number=report.number))


def _bounds(on: date) -> tuple[datetime, datetime]:
    begin = datetime.combine(on, time(), calendar.ZONE)
    return begin, begin + timedelta(days=1)
