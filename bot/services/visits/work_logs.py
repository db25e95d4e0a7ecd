"""工作日志 (JL-3.8.j): one for each worker and day, made of what was done, confirmed by the worker."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import exists, select

from bot import texts
from bot.care import calendar, roles
from bot.reading import visiting as reading
from bot.services import journal
from bot.services.mail import mailbox
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.visits import words as visit_words
from bot.services.visits.recording import RECORD
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Child, Report, ReportMove, Visit, VisitReason, WorkLog

TEXT = "work_logs.text"


def asked_for(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Somebody asks for the work log, of today or of a day named. Once per message."""
    if mailbox.take_effect(work, inbox_id, "words"):
        tell(work, conversation, inbox_id, text)


def tell(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """The log of the day or days named, else of today, to whoever keeps one."""
    member = member_or_say(work, conversation, inbox_id)
    if member is None:
        return
    today = work.today
    span = reading.span_of(text, today)
    if span is not None and span[0] < span[1]:
        show_span(work, conversation, inbox_id, member, *span)
    else:
        show(work, conversation, inbox_id, member, span[0] if span is not None else today)


def tap(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """Settle "log:today" or "log:confirm:<day>". False: forged."""
    what, _, day = rest.partition(":")
    if what not in ("today", "confirm"):
        return False
    member = member_or_say(work, conversation, inbox_id)
    if member is None:
        return True
    if what == "today":
        show(work, conversation, inbox_id, member, work.today)
        return True
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return False
    confirm(work, member, on)
    mailbox.say(work, conversation, "log.confirmed", {"date": visit_words.day(on)}, reply_to=inbox_id)
    return True


def member_or_say(work: Work, conversation: str, inbox_id: int) -> Member | None:
    """Whoever keeps a work log of their own (roles.yml#work_log) and is bound here; others hear why not."""
    member = accounts.member(work, conversation)
    if member is None:
        mailbox.say(work, conversation, "visits.not_staff", reply_to=inbox_id)
        return None
    if not any(roles.may(role, "work_log", "write") for role, _ in member.posts):
        mailbox.say(work, conversation, "visits.not_your_post", reply_to=inbox_id)
        return None
    return member


def show(work: Work, conversation: str, inbox_id: int, member: Member, on: date) -> None:
    """The log of a day as it stands, for confirming."""
    made = lines(work, member, on)
    if not made:
        mailbox.say(work, conversation, "log.none", {"date": visit_words.day(on)}, reply_to=inbox_id)
        return
    args = {"date": visit_words.day(on), "name": member.name, "lines": "\n".join(made), "day": on.isoformat()}
    mailbox.say(work, conversation, "log.text", args, reply_to=inbox_id)


def show_span(work: Work, conversation: str, inbox_id: int, member: Member, first: date, last: date) -> None:
    """Some days, such as this month, a line each: how many homes, and whether the day was confirmed."""
    rows = work.session.execute(
        select(Visit.on, Visit.kind, Child.household)
        .join(Child, Child.uid == Visit.child)
        .where(Visit.by == member.account, Visit.on >= first, Visit.on <= last)
        .distinct()
        .order_by(Visit.on)
    ).all()
    sealed = set(
        work.session.scalars(
            select(WorkLog.on).where(WorkLog.account == member.account, WorkLog.confirmed_at.is_not(None))
        )
    )
    days: dict[date, list[str]] = defaultdict(list)
    for on, kind, _ in rows:
        days[on].append(kind)
    said = [
        texts.phrase("log.day.confirmed" if on in sealed else "log.day").format(
            date=visit_words.day(on), visits=kinds.count("home_visit"), attempts=kinds.count("attempted")
        )
        for on, kinds in days.items()
    ]
    args = {"first": visit_words.day(first), "last": visit_words.day(last), "lines": "\n".join(said)}
    mailbox.say(work, conversation, "log.span" if said else "log.span.none", args, reply_to=inbox_id)


def confirm(work: Work, member: Member, on: date) -> WorkLog:
    """Keep the log of a day as confirmed; again: as it stands now."""
    row = work.session.scalar(select(WorkLog).where(WorkLog.account == member.account, WorkLog.on == on))
    if row is None:
        row = WorkLog(uid=opaque_id(), account=member.account, on=on)
    row.text_sealed = work.seal(TEXT, row.uid, lines(work, member, on))
    row.confirmed_at = work.now
    work.session.add(row)
    work.session.flush()
    journal.record(work, member.account, "work log confirmed", row.uid)
    return row


def lines(work: Work, member: Member, on: date) -> list[str]:
    """What a member did on a day, a line each: visits, attempts, visits put off, reports taken on."""
    return [*_visited(work, member, on), *_not_made(work, member, on), *_reports(work, member, on)]


def _visited(work: Work, member: Member, on: date) -> list[str]:
    rows = work.session.execute(
        select(Visit, Child)
        .join(Child, Child.uid == Visit.child)
        .where(Visit.by == member.account, Visit.on == on)
        .order_by(Visit.created_at)
    ).all()
    together: dict[tuple[str, str], list[tuple[Visit, Child]]] = defaultdict(list)
    for visit, child in rows:
        together[(child.household, visit.kind)].append((visit, child))
    found = []
    for (_, kind), pairs in together.items():
        visit, _ = pairs[0]
        args = {
            "names": visit_words.names(work, [child for _, child in pairs]),
            "summary": _summary(work.open(RECORD, visit.uid, visit.record_sealed)) if kind == "home_visit" else "",
            "reason": texts.phrase(f"log.reason.{visit.reason}") if visit.reason else "",
        }
        found.append(texts.phrase(f"log.line.{kind}").format(**args))
    return found


def _summary(record: dict[str, Any]) -> str:
    if record["findings"]:
        return texts.phrase("log.summary.found")
    hard = [visit_words.section(name) for name, status in record["sections"].items() if status == "difficulty"]
    if hard:
        return texts.phrase("log.summary.hard").format(sections="、".join(hard))
    return texts.phrase("log.summary.fine") if set(record["sections"].values()) == {"normal"} else ""


def _not_made(work: Work, member: Member, on: date) -> list[str]:
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
    return [
        texts.phrase("log.line.reason").format(
            names=visit_words.names(work, [child]),
            reason=texts.phrase(f"log.reason.{row.reason}"),
            until=texts.phrase("log.until").format(date=visit_words.day(row.until)) if row.until else "",
        )
        for row, child in rows
    ]


def _reports(work: Work, member: Member, on: date) -> list[str]:
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
    return [texts.phrase("log.line.report").format(number=number) for number in numbers]


def _bounds(on: date) -> tuple[datetime, datetime]:
    begin = datetime.combine(on, time(), calendar.ZONE)
    return begin, begin + timedelta(days=1)
