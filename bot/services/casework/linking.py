"""Reports about the same child: proposed by what is alike, joined only by a person (reports.yml link_duplicate)."""

from __future__ import annotations

from sqlalchemy import and_, or_, select

from bot.care import similar
from bot.services import journal
from bot.services.casework import acts, alerts, offers, reports
from bot.services.casework.reports import Outcome
from bot.services.staff import access
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Report, ReportLink

SIMILAR, DUPLICATE = "similar", "duplicate"
LOOKED_AT = 100


def propose(work: Work, report: Report) -> int:
    """Link a report to those of the same township within a month that may be about the same child; never joins them.

    Returns how many links were made. Nobody is told: whoever sees both reports sees the link.
    """
    this = _known(work, report)
    if len(this.area) < similar.TOWNSHIP or not similar.tells_enough(this):
        return 0
    others = work.session.scalars(
        select(Report)
        .where(
            Report.area.startswith(this.area[: similar.TOWNSHIP], autoescape=True),
            Report.received_at >= report.received_at - similar.WITHIN,
            Report.uid != report.uid,
        )
        .order_by(Report.received_at.desc())
        .limit(LOOKED_AT)
    )
    alike = [other.uid for other in others if similar.alike(this, _known(work, other))]
    known = _linked(work, report) if alike else set()
    found = [uid for uid in alike if uid not in known]
    for uid in found:
        work.session.add(ReportLink(uid=opaque_id(), report=report.uid, other=uid, kind=SIMILAR, by=None, at=work.now))
    work.session.flush()
    return len(found)


def link_duplicate(work: Work, member: Member, report_uid: str, other_uid: str, reason: str) -> Outcome:
    """Join a report to another about the same child and event. The reporter keeps the code; it shows the joined one.

    Refusals: "absent" (this report), "no_such_report" (the other one: absent or not for this member's eyes, or the
    same), and those of the rules: the other is open and not of lower severity, with a reason.
    """
    report = access.reach(work, member, report_uid, lock=True)
    if report is None:
        return Outcome(False, "absent")
    other = access.reach(work, member, other_uid, ended=True)
    if other is None or other.uid == report.uid:
        return Outcome(False, "no_such_report", report)
    facts = {
        "same_child_and_event": "yes",
        "target_open": "no" if other.state in access.ENDED else "yes",
        "target_severity_not_lower": "yes" if other.severity <= report.severity else "no",
    }
    outcome = acts.act(work, member, report_uid, "link_duplicate", facts, reason)
    if outcome.allowed:
        _join(work, report, other, member.account)
    return outcome


def _join(work: Work, report: Report, other: Report, account: str) -> None:
    link = _link(work, report, other)
    if link is None:
        link = ReportLink(uid=opaque_id(), at=work.now)
        work.session.add(link)
    link.report, link.other, link.kind, link.by, link.at = report.uid, other.uid, DUPLICATE, account, work.now
    work.session.flush()
    alerts.stop(work, report)
    offers.overtaken(work, report)
    report.feedback_due = None
    journal.record(work, account, "report joined", report.uid, other=other.uid)


def _link(work: Work, one: Report, other: Report) -> ReportLink | None:
    pairs = ((one.uid, other.uid), (other.uid, one.uid))
    return work.session.scalar(
        select(ReportLink).where(
            or_(*(and_(ReportLink.report == first, ReportLink.other == second) for first, second in pairs))
        )
    )


def _linked(work: Work, report: Report) -> set[str]:
    """The reports this one is linked with, whichever came first."""
    rows = work.session.execute(
        select(ReportLink.report, ReportLink.other).where(
            or_(ReportLink.report == report.uid, ReportLink.other == report.uid)
        )
    )
    return {uid for row in rows for uid in row if uid != report.uid}


def _known(work: Work, report: Report) -> similar.Known:
    told = reports.told_of(work, report)
    facts = told["facts"]
    age = facts.get("child_age_years")
    return similar.Known(
        area=report.area or "",
        received_at=report.received_at,
        signs=frozenset(facts.get("signs", ())),
        age=age if isinstance(age, int) else None,
        sex=str(facts.get("child_sex", "unknown")),
        child_ref="；".join(text for name, text in told["words"] if name == "child_ref"),
    )
