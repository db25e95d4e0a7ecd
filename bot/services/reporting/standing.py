"""How a report stands, as its reporter may know it: public status, its day, the next promise, whether we ask something.

Never a name, a place, a measure or the outcome (reports.yml#receipt, WBF-103).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from bot import texts
from bot.care import calendar, roles
from bot.services import passes
from bot.services.casework import alerts, asking, heard, police, reports
from bot.services.reporting import ending
from bot.services.staff import access
from bot.services.work import Work
from bot.storage.tables import Assignment, Report, ReportLink

MUST_REPORT = ("mandatory_reporter", "staff")


def words(work: Work, report: Report) -> dict[str, Any]:
    """Arguments of the text "reporter.status". A merged report shows how the one it was joined to stands."""
    joined = joined_to(work, report)
    shown = joined or report
    more = [texts.phrase("reporter.joined")] if joined is not None else []
    more += _who_has_it(work, shown)
    if heard.by_nobody(work, shown):
        more.append(texts.phrase("reporter.nobody"))
    elif promised(work, shown) is not None:
        more.append(texts.phrase("reporter.next").format(date=_day(promised(work, shown))))
    elif shown.state not in access.ENDED and shown.acknowledged_at is None:
        more.append(texts.phrase("reporter.soon"))
    if asking.waiting(work, report) is not None:
        more.append(texts.phrase("reporter.wanted"))
    args: dict[str, Any] = {
        "status": heard.status(work, shown),
        "moment": calendar.spoken(shown.moved_at),
        "more": "".join(more),
    }
    if shown.state in ending.OPEN_AGAIN:
        value = f"end:why:{shown.uid}:{passes.give(work, 'ended', shown.uid)}"
        args["choices"] = [[texts.phrase("button.dispute"), value]]
    facts = reports.told_of(work, report)["facts"]
    if facts.get("reporter_type") in MUST_REPORT and police.duty_open(work, report):
        args["more"] += texts.phrase("reporter.police_open")
        args["choices"] = [police.button(work, report)]
    return args


def taken_by(work: Work, report: Report) -> str:
    """The office of whoever took a report on; where it is not on record, that of anybody who may have."""
    row = select(Assignment.role).where(Assignment.report == report.uid, Assignment.account == report.acknowledged_by)
    role = work.session.scalar(row.limit(1)) if report.acknowledged_by is not None else None
    return roles.label_zh(role) if role is not None else texts.phrase("value.staff")


def promised(work: Work, report: Report) -> datetime | date | None:
    """By when something is promised: somebody's first step or answer (report.s2_… of parameters.yml), then feedback.

    None when it has ended, or when an emergency waits for whoever takes it on: that is now, not a day.
    """
    if report.state in access.ENDED:
        return None
    if report.acknowledged_at is not None:
        return report.feedback_due
    clocks = reports.triage_of(work, report, reports.told_of(work, report)).deadlines
    return clocks.get("first_action") or clocks.get("answer")


def joined_to(work: Work, report: Report) -> Report | None:
    """The report a merged one was joined to."""
    if report.state != "duplicate_linked":
        return None
    other = work.session.scalar(
        select(ReportLink.other)
        .where(ReportLink.report == report.uid, ReportLink.kind == "duplicate")
        .order_by(ReportLink.at.desc())
        .limit(1)
    )
    return work.session.get(Report, other) if other is not None else None


def how_far(work: Work, report: Report | None) -> str:
    """How far it has come to people: open (nothing is reported yet), nobody, telling, told (delivered), taken."""
    if report is None:
        return "open"
    if report.acknowledged_at is not None:
        return "taken"
    if heard.told(work, report):
        return "told"
    return "telling" if alerts.assigned_people(work, report) else "nobody"


def people(work: Work, report: Report) -> dict[str, str]:
    """Arguments of the texts on who has it: "who" took it on and "when", whom it has reached ("told", each with the
    moment), who is being told ("telling"); offices alone, never a name."""
    given = work.session.scalars(select(Assignment.role).where(Assignment.report == report.uid).distinct())
    offices = "、".join(roles.label_zh(role) for role in sorted(set(given)))
    reached = heard.told(work, report).items()
    return {
        "who": taken_by(work, report),
        "when": calendar.spoken(report.acknowledged_at or work.now),
        "telling": offices or texts.phrase("value.staff"),
        "told": "、".join(f"{roles.label_zh(role)}（{calendar.spoken(at)}）" for role, at in reached),
    }


def to_a_child(work: Work, report: Report | None, asked: str) -> tuple[tuple[str, ...], dict[str, str] | None]:
    """What a child hears that asks whom we tell ("told") or what we are ("bot"): keys and arguments, by the records."""
    keys = (f"beside.{asked}.{how_far(work, report)}.child",)
    return keys, people(work, report) if report is not None else None


def _who_has_it(work: Work, report: Report) -> list[str]:
    """Of a report that goes on: who took it on, else whom it has reached, by the records."""
    state = how_far(work, report) if report.state not in access.ENDED else ""
    key = {"taken": "reporter.taken_by", "told": "reporter.reached"}.get(state)
    return [texts.phrase(key).format(**people(work, report))] if key is not None else []


def _day(moment: datetime | date | None) -> str:
    if moment is None:
        return ""
    here = calendar.local(moment).date() if isinstance(moment, datetime) else moment
    return f"{here.month}月{here.day}日"
