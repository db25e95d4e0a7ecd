"""A staff member's reports at a glance: most urgent first, what is due and why, and what waits for them. No content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, case, exists, func, or_, select

from bot.care import calendar, roles, routing
from bot.services import journal
from bot.services.casework import offers
from bot.services.staff import accounts
from bot.services.staff.access import visible
from bot.services.work import Work
from bot.storage.tables import (
    Assignment,
    CallTask,
    Closing,
    JournalEntry,
    PoliceReport,
    Question,
    Report,
    Transfer,
)

GROUPS: dict[str, tuple[str, ...]] = {
    "waiting": ("received", "triaged", "emergency_handoff", "routed", "transferred", "reopened"),
    "handling": ("accepted", "handling", "plan_active"),
    "watching": ("monitoring",),
    "over": ("closed", "not_accepted", "duplicate_linked"),
}
OPEN = "open"
MINE, AREA = "mine", "area"
POLICE_FIRST = ("S0", "S1")
CALLERS = ("county_caseworker", "county_manager", "duty_officer")
SOON = timedelta(days=3)
MOST = 100


@dataclass(frozen=True)
class Due:
    """The next moment by which something must have happened, and what: a name of triage's deadlines or "feedback"."""

    at: datetime
    what: str


@dataclass(frozen=True)
class Line:
    """One report in the list. `waits`: transfer, closing, answer, police, call, feedback: what asks for this member.

    `readable`: its content may be opened; a report that has ended is closed to who was only assigned to it.
    """

    report: Report
    group: str
    due: Due | None
    overdue: bool
    waits: tuple[str, ...]
    readable: bool


@dataclass(frozen=True)
class Queue:
    """The list asked for, how many there are in each group, and whether it was cut at the first `MOST`."""

    lines: tuple[Line, ...]
    counts: dict[str, int]
    more: bool


def group_of(state: str) -> str:
    """The group a state stands in."""
    return next(name for name, states in GROUPS.items() if state in states)


def sees_an_area(member: accounts.Member) -> bool:
    """Whether a post of this member shows a whole county, not only what is assigned."""
    return any("county" in roles.may(role, "report_content", "read") for role, _ in member.posts)


def queue(work: Work, member: accounts.Member, which: str = OPEN, whose: str = MINE) -> Queue:
    """Reports of a group ("open" is all but the ones that are over), assigned to the member or of the whole area."""
    within = visible(work, member, ended=True)
    if whose == MINE:
        mine = exists().where(Assignment.report == Report.uid, Assignment.account == member.account)
        within = within.where(mine)
    counts = _counts(work, within)
    states = [
        state for name, of in GROUPS.items() if which == name or (which == OPEN and name != "over") for state in of
    ]
    urgent_first = case((Report.state.in_(GROUPS["waiting"]), 0), else_=1)
    found = list(
        work.session.scalars(
            within.where(Report.state.in_(states))
            .order_by(Report.severity, urgent_first, Report.clock_from, Report.uid)
            .limit(MOST + 1)
        )
    )
    shown = found[:MOST]
    waits = _waits(work, member, shown)
    listed = visible(work, member).where(Report.uid.in_([report.uid for report in shown]))
    readable = {report.uid for report in work.session.scalars(listed)}
    lines = tuple(_line(work, member, report, waits.get(report.uid, ()), report.uid in readable) for report in shown)
    return Queue(lines, counts, len(found) > MOST)


def due(report: Report, role: str | None, now: datetime) -> Due | None:
    """What must happen next with a report, seen by somebody in `role` (None: the last level of the chain)."""
    if group_of(report.state) == "over":
        return None
    found = []
    mode = "parallel" if report.severity in POLICE_FIRST else "ladder"
    clocks = routing.deadlines(report.severity, mode, [role or "county_caseworker"], calendar.local(report.clock_from))
    for what, day in clocks.items():
        at = day if isinstance(day, datetime) else calendar.end_of(day)
        acting = what in ("first_action", "answer")
        if what.startswith("to_") or (report.acknowledged_at is not None) != acting:
            continue
        if acting and report.first_action_at is not None:
            continue
        found.append(Due(at, "ack" if what.startswith("ack_") else what))
    if report.feedback_due is not None:
        found.append(Due(report.feedback_due, "feedback"))
    return min(found, key=lambda one: one.at, default=None)


def _counts(work: Work, within: Select[Report]) -> dict[str, int]:
    inner = within.subquery()
    rows = work.session.execute(select(inner.c.state, func.count()).group_by(inner.c.state))
    by_state: Counter[str] = Counter({state: count for state, count in rows})
    counts = {name: sum(by_state[state] for state in states) for name, states in GROUPS.items()}
    return {OPEN: sum(counts.values()) - counts["over"], **counts}


def _line(work: Work, member: accounts.Member, report: Report, waits: Sequence[str], readable: bool) -> Line:
    role = next((role for role, _ in member.posts if role in ("child_director", "child_supervisor")), None)
    following = due(report, role, work.now)
    overdue = following is not None and following.at < work.now
    return Line(report, group_of(report.state), following, overdue, tuple(waits), readable)


def _waits(work: Work, member: accounts.Member, found: Sequence[Report]) -> dict[str, list[str]]:
    """What asks for this member, by report; one query for each kind, over the reports listed only."""
    listed = [report.uid for report in found if group_of(report.state) != "over"]
    if not listed:
        return {}
    journal.write(work)
    read_since = exists().where(
        JournalEntry.subject == Question.report,
        JournalEntry.actor == member.account,
        JournalEntry.act == "report read",
        JournalEntry.at >= Question.answered_at,
    )
    kinds = {
        "closing": select(Closing.report).where(
            Closing.report.in_(listed), Closing.state == "open", Closing.proposed_by != member.account
        ),
        "answer": select(Question.report).where(
            Question.report.in_(listed),
            or_(Question.asked_by == member.account, Report.holder == member.account),
            Question.report == Report.uid,
            Question.answered_at.is_not(None),
            ~read_since,
        ),
        "police": select(Report.uid).where(
            Report.uid.in_(listed),
            Report.severity.in_(POLICE_FIRST),
            Report.acknowledged_at.is_not(None),
            ~exists().where(PoliceReport.report == Report.uid),
        ),
        "feedback": select(Report.uid).where(Report.uid.in_(listed), Report.feedback_due <= work.now + SOON),
    }
    if any(role in CALLERS for role, _ in member.posts):
        kinds["call"] = select(CallTask.report).where(CallTask.report.in_(listed), CallTask.done_at.is_(None))
    waits: dict[str, list[str]] = {}
    offered = select(Transfer).where(Transfer.report.in_(listed), Transfer.state == "offered")
    for offer in work.session.scalars(offered):
        if offers.is_for(work, member, offer):
            waits.setdefault(offer.report, []).append("transfer")
    for kind, query in kinds.items():
        for uid in set(work.session.scalars(query)):
            waits.setdefault(uid, []).append(kind)
    return waits
