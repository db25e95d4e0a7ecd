"""A report and the child on file it is about: linked by a person who sees both, seen by nobody who does not.

The link is no fact of the file and changes nothing in it. A report in which a post is named shows that post nothing
here either: reports are read through `access`, files through the register, each with its own rights.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from bot.services import journal
from bot.services.casework import reports
from bot.services.casework.reports import Outcome
from bot.services.register import children, finding
from bot.services.staff import access
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Child, Report, ReportChild

VILLAGE = 12
MOST_PROPOSED = 5
TOLD_OF_THE_CHILD = ("child_ref", "what")


def link(work: Work, member: Member, report_uid: str, told: str) -> Outcome:
    """Link a report to a child by the file's number or by the whole name, where it is the only one of that name.

    Refusals: "absent" (the report), "actor_not_allowed" (may not add to it), "no_child_on_file" (none on file that this
    member may see), "which_child" (several of that name), "already" (linked).
    """
    report = access.reach(work, member, report_uid, lock=True)
    if report is None:
        return Outcome(False, "absent")
    if access.may_write(work, member, report) is None:
        return Outcome(False, "actor_not_allowed", report)
    named = "".join(told.split())
    found = finding.search(work, member, named).lines if named else ()
    alike = [line.child for line in found if line.name == named or line.child.number == named.upper()]
    if len(alike) != 1:
        return Outcome(False, "which_child" if alike else "no_child_on_file", report)
    if alike[0].uid in _linked(work, report):
        return Outcome(False, "already", report)
    report.first_action_at = report.first_action_at or work.now
    _keep(work, report, alike[0], member.account)
    return Outcome(True, None, report)


def known(work: Work, report: Report, found: Sequence[Child], account: str) -> None:
    """A report made of a visit or of an arrangement is about children whose files were open already."""
    linked = _linked(work, report)
    for child in found:
        if child.uid not in linked:
            _keep(work, report, child, account)


def unlink(work: Work, member: Member, report_uid: str, child_uid: str) -> Outcome:
    """Take a link back. Refusals: "absent" (the report, the child, or the link), "actor_not_allowed"."""
    report = access.reach(work, member, report_uid, lock=True)
    child = children.reach(work, member, child_uid)
    if report is None or child is None or child.uid not in _linked(work, report):
        return Outcome(False, "absent")
    if access.may_write(work, member, report) is None:
        return Outcome(False, "actor_not_allowed", report)
    work.session.execute(delete(ReportChild).where(ReportChild.report == report.uid, ReportChild.child == child.uid))
    journal.record(work, member.account, "child unlinked", report.uid, child=child.uid)
    return Outcome(True, None, report)


def of_report(work: Work, member: Member, report: Report) -> list[finding.Line]:
    """The children a report is linked to, as far as this member may see their files."""
    query = children.visible(work, member).where(Child.uid.in_(_linked(work, report))).order_by(Child.number)
    return [finding.line(work, child) for child in work.session.scalars(query)]


def of_child(work: Work, member: Member, child: Child) -> list[Report]:
    """The reports a child on file is linked to, as far as this member may see them, the newest first."""
    linked = select(ReportChild.report).where(ReportChild.child == child.uid)
    query = access.visible(work, member).where(Report.uid.in_(linked)).order_by(Report.received_at.desc())
    return list(work.session.scalars(query))


def proposed(work: Work, member: Member, report: Report) -> list[finding.Line]:
    """Children on file in the village of a report whose whole name stands in what was told, not linked yet."""
    if len(report.area or "") != VILLAGE:
        return []
    told = "；".join(said for name, said in reports.told_of(work, report)["words"] if name in TOLD_OF_THE_CHILD)
    known = _linked(work, report)
    found = []
    for child in work.session.scalars(finding.narrowed(work, member, ()).where(Child.area == report.area)):
        line = finding.line(work, child)
        if child.uid not in known and len(line.name) > 1 and line.name in told:
            found.append(line)
    return found[:MOST_PROPOSED]


def _keep(work: Work, report: Report, child: Child, account: str) -> None:
    work.session.add(ReportChild(uid=opaque_id(), report=report.uid, child=child.uid, by=account, at=work.now))
    work.session.flush()
    journal.record(work, account, "child linked", report.uid, child=child.uid)


def _linked(work: Work, report: Report) -> set[str]:
    return set(work.session.scalars(select(ReportChild.child).where(ReportChild.report == report.uid)))
