"""The whole story of a report for those who may see it, and what was told to whom, when, and whether it arrived.

Plain dataclasses for a page or an export. Nothing here shows who the reporter is or how to reach them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import or_, select

from bot.care import roles
from bot.services import journal
from bot.services.register import children
from bot.services.staff import access, accounts
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.beginnings import begins
from bot.storage.tables import (
    Account,
    AlertStep,
    Assignment,
    CallTask,
    Child,
    Closing,
    Conversation,
    JournalEntry,
    Note,
    Outbox,
    PoliceReport,
    Question,
    Report,
    ReportLink,
    ReportMove,
    Takeover,
    Transfer,
)

REPORTER, SYSTEM, CALL = "reporter", "system", "call"
# What of a report can be looked at, as the journal calls it.
HELD_READ = "held contact read"
READS = ("report read", "attachment read", "identity read", HELD_READ)
CHILD = "child"
ADDED, ASKED = "add_information", "ask_reporter"
# What was done with a child on file, as the journal calls it and as the timeline does.
WITH_A_CHILD = {"child linked": "linked", "child unlinked": "unlinked"}
# How natural keys about a report begin; `telling` and `alerts` write them.
ABOUT_STAFF = ("alert", "case", "taken")


@dataclass(frozen=True)
class Told:
    """One message about a report: to whom (an account with its name, or the reporter), what (text key), and its fate.

    `state`: "delivered" (with the moment), "waiting" (not sent yet), "later" (held until the quiet hours end),
    "failed", or "withdrawn". A department without accounts is called (`key` CALL, `name` the department): "to_call",
    or "called" with the moment, by whom, and with whom they spoke.
    """

    at: datetime
    account: str | None
    name: str
    key: str
    state: str
    delivered_at: datetime | None
    by: str = ""
    spoke_with: str = ""


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `kind`: move, assignment, escalation, question, answer, transfer, note, police, call,
    closing, takeover, link, child or read; `what`: the event or state in it; `text`: words kept; `details`: codes.

    `who` is an account's name, "reporter" or "system"; `role` the post it was done in, where known.
    """

    at: datetime
    kind: str
    who: str
    what: str
    role: str | None = None
    text: str = ""
    details: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Timeline:
    """A report's entries and messages, oldest first. `reads`: who read it and why, only for who may read that log."""

    entries: tuple[Entry, ...]
    told: tuple[Told, ...]
    reads: tuple[Entry, ...]

    @property
    def folded(self) -> list[tuple[Entry, list[datetime]]]:
        """The entries as a page shows them, each with its moments: words added one after another by the same person are
        one line. Of a question only itself is shown, not also the move."""
        lines: list[tuple[Entry, list[datetime]]] = []
        for entry in self.entries:
            before = lines[-1][0] if lines else None
            if entry.what == ASKED:
                continue
            if before is not None and entry.what == ADDED == before.what and entry.who == before.who:
                lines[-1][1].append(entry.at)
            else:
                lines.append((entry, [entry.at]))
        return lines


def of(work: Work, member: Member, report_uid: str) -> Timeline | None:
    """The timeline of a report for a staff member; journalled as a read. None: none such that they may see.

    `reads` needs the right to the access log (roles.yml audit_log); everybody else gets none.
    """
    report = access.reach(work, member, report_uid, ended=True)
    if report is None:
        return None
    journal.record(work, member.account, "report read", report.uid, purpose="timeline")
    return gather(work, member, report)


def gather(work: Work, member: Member, report: Report) -> Timeline:
    """The timeline of a report that was opened, and journalled, already."""
    names = _Names(work)
    parts = (_moves, _assignments, _escalations, _questions, _transfers, _notes, _police, _calls, _closings, _takeovers)
    entries = [entry for part in parts for entry in part(work, report, names)]
    entries += [*_links(work, report, names, member), *_children(work, report, names, member)]
    may_read_log = any(roles.may(role, "audit_log", "read") for role, _ in member.posts)
    return Timeline(
        tuple(sorted(entries, key=lambda entry: entry.at)),
        tuple(told_list(work, report)),
        tuple(_reads(work, report, names)) if may_read_log else (),
    )


def told_list(work: Work, report: Report) -> list[Told]:
    """Everything that was pushed about a report and every call to a department, in order of time.

    For callers who have checked the right to see it.
    """
    rows = [
        row
        for kind in (*ABOUT_STAFF, REPORTER)
        for row in work.session.scalars(select(Outbox).where(begins(Outbox.natural_key, f"{kind}:{report.uid}:")))
    ]
    names = _Names(work)
    found = []
    for row in sorted(rows, key=lambda row: row.id):
        kind, _, rest = str(row.natural_key).partition(":")
        account = rest.rpartition(":")[2] if kind in ABOUT_STAFF else None
        name = names.of(account) if account is not None else REPORTER
        found.append(Told(row.not_before, account, name, row.key, _fate(work, row), row.sent_at))
    return sorted([*found, *_called(work, report, names)], key=lambda told: told.at)


def _called(work: Work, report: Report, names: _Names) -> Iterator[Told]:
    """Departments reached by telephone: they hear of the report as everybody else on the list does."""
    for row in work.session.scalars(select(CallTask).where(CallTask.report == report.uid)):
        name = roles.target_label(row.target)
        if row.done_at is None:
            yield Told(row.opened_at, None, name, CALL, "to_call", None)
        else:
            yield Told(row.opened_at, None, name, CALL, "called", row.done_at, names.of(row.done_by), _spoke(work, row))


def _spoke(work: Work, row: CallTask) -> str:
    if row.spoke_with_sealed is None:
        return ""
    words: str = work.open("call_tasks.spoke_with", row.natural_key, row.spoke_with_sealed)
    return words


def _fate(work: Work, row: Outbox) -> str:
    if row.sent_at is not None:
        return "delivered"
    if row.state != "due":
        return row.state
    gone = work.session.get_one(Conversation, row.conversation).unreachable_at
    return "failed" if gone is not None else "later" if row.not_before > work.now else "waiting"


class _Names:
    """Names of accounts, each opened once."""

    def __init__(self, work: Work) -> None:
        self._work, self._known = work, {SYSTEM: SYSTEM, REPORTER: REPORTER}

    def of(self, uid: str | None) -> str:
        """The name behind an account id; ids that are no account stay what they are, none is the reporter."""
        if uid is None:
            return REPORTER
        if uid not in self._known:
            row = self._work.session.get(Account, uid)
            self._known[uid] = accounts.name_of(self._work, row) if row is not None else uid
        return self._known[uid]


def _moves(work: Work, report: Report, names: _Names) -> Iterator[Entry]:
    rows = work.session.scalars(select(ReportMove).where(ReportMove.report == report.uid).order_by(ReportMove.id))
    for row in rows:
        text = work.open("report_moves.reason", row.uid, row.reason_sealed) if row.reason_sealed else ""
        details = {"from": row.from_state, "to": row.to_state}
        yield Entry(row.at, "move", names.of(row.actor), row.made, row.actor_role, text, details)


def _assignments(work: Work, report: Report, names: _Names) -> Iterator[Entry]:
    for row in work.session.scalars(select(Assignment).where(Assignment.report == report.uid)):
        yield Entry(row.since, "assignment", names.of(row.account), "assigned", row.role)


def _escalations(work: Work, report: Report, names: _Names) -> Iterator[Entry]:
    """When nobody took it on in time and a further level was told, and which time was over."""
    rows = select(AlertStep).where(AlertStep.report == report.uid, AlertStep.kind == "escalate", AlertStep.told > 0)
    for row in work.session.scalars(rows):
        details = {"role": row.role, "reason": row.reason or ""}
        yield Entry(row.done_at or row.due_at, "escalation", names.of(SYSTEM), "escalated", row.role, "", details)


def _questions(work: Work, report: Report, names: _Names) -> Iterator[Entry]:
    for row in work.session.scalars(select(Question).where(Question.report == report.uid)):
        state = "answered" if row.answered_at else "nudged" if row.nudged_at else "open"
        text = work.open("questions.text", row.uid, row.text_sealed)
        yield Entry(row.asked_at, "question", names.of(row.asked_by), state, None, text, {"question": row.uid})
        if row.answered_at is not None and row.answer_sealed is not None:
            text = work.open("questions.answer", row.uid, row.answer_sealed)
            yield Entry(row.answered_at, "answer", REPORTER, "answered", None, text, {"question": row.uid})


def _transfers(work: Work, report: Report, names: _Names) -> Iterator[Entry]:
    for row in work.session.scalars(select(Transfer).where(Transfer.report == report.uid)):
        to = {
            "account": names.of(row.to_account) if row.to_account else None,
            "role": row.to_role,
            "area": row.to_area,
            "department": row.department,
        }
        details = {key: value for key, value in to.items() if value is not None}
        text = work.open("transfers.reason", row.uid, row.reason_sealed)
        yield Entry(row.offered_at, "transfer", names.of(row.from_account), "offered", None, text, details)
        if row.settled_at is not None:
            text = work.open("transfers.answer", row.uid, row.answer_sealed) if row.answer_sealed else ""
            who = details.get("account", SYSTEM)
            yield Entry(row.settled_at, "transfer", who, row.state, row.to_role, text, details)


def _notes(work: Work, report: Report, names: _Names) -> Iterator[Entry]:
    for row in work.session.scalars(select(Note).where(Note.report == report.uid)):
        text = work.open("notes.text", row.uid, row.text_sealed)
        yield Entry(row.at, "note", names.of(row.author), row.kind, None, text)


def _police(work: Work, report: Report, names: _Names) -> Iterator[Entry]:
    for row in work.session.scalars(select(PoliceReport).where(PoliceReport.report == report.uid)):
        details = {"told_at": row.told_at.isoformat()}
        if row.number_sealed is not None:
            details["number"] = work.open("police_reports.number", row.uid, row.number_sealed)
        text = work.open("police_reports.station", row.uid, row.station_sealed)
        yield Entry(row.recorded_at, "police", names.of(row.recorded_by), "recorded", None, text, details)


def _calls(work: Work, report: Report, names: _Names) -> Iterator[Entry]:
    for row in work.session.scalars(select(CallTask).where(CallTask.report == report.uid)):
        details = {"target": row.target}
        yield Entry(row.opened_at, "call", SYSTEM, "opened", None, "", details)
        if row.done_at is not None and row.spoke_with_sealed is not None:
            yield Entry(row.done_at, "call", names.of(row.done_by), "done", None, _spoke(work, row), details)


def _closings(work: Work, report: Report, names: _Names) -> Iterator[Entry]:
    for row in work.session.scalars(select(Closing).where(Closing.report == report.uid)):
        text = work.open("closings.text", row.uid, row.text_sealed)
        details = {"reason": row.reason}
        yield Entry(row.proposed_at, "closing", names.of(row.proposed_by), "proposed", None, text, details)
        if row.settled_at is not None:
            who = names.of(row.settled_by) if row.settled_by else SYSTEM
            yield Entry(row.settled_at, "closing", who, row.state, None, "", details)


def _takeovers(work: Work, report: Report, names: _Names) -> Iterator[Entry]:
    for row in work.session.scalars(select(Takeover).where(Takeover.report == report.uid)):
        who = names.of(row.account)
        yield Entry(row.began_at, "takeover", who, "began")
        if row.first_words_at is not None:
            yield Entry(row.first_words_at, "takeover", who, "first words")
        if row.ended_at is not None:
            yield Entry(row.ended_at, "takeover", who, "ended")


def _links(work: Work, report: Report, names: _Names, member: Member) -> Iterator[Entry]:
    """Links to reports this member may see; of the others nothing is shown, not even that they are."""
    rows = work.session.scalars(
        select(ReportLink).where(or_(ReportLink.report == report.uid, ReportLink.other == report.uid))
    )
    for row in rows:
        other = access.reach(work, member, row.other if row.report == report.uid else row.report, ended=True)
        if other is not None:
            details = {"report": other.uid, "number": other.number}
            yield Entry(row.at, "link", names.of(row.by) if row.by else SYSTEM, row.kind, None, "", details)


def _children(work: Work, report: Report, names: _Names, member: Member) -> Iterator[Entry]:
    """Children on file that were linked to it or no more, as far as this member may see their files.

    A link that was taken back is no row any more; the journal has both.
    """
    journal.write(work)
    rows = work.session.scalars(
        select(JournalEntry)
        .where(JournalEntry.subject == report.uid, JournalEntry.act.in_(WITH_A_CHILD))
        .order_by(JournalEntry.seq)
    )
    linked = [(row, str(json.loads(row.detail)["child"])) for row in rows]
    seen = children.visible(work, member).where(Child.uid.in_({uid for _, uid in linked}))
    known = {child.uid: child for child in work.session.scalars(seen)} if linked else {}
    for row, uid in linked:
        if uid in known:
            name, details = children.profile(work, known[uid]).get("name", ""), {"number": known[uid].number}
            yield Entry(row.at, CHILD, names.of(row.actor), WITH_A_CHILD[row.act], None, name, details)


def _reads(work: Work, report: Report, names: _Names) -> Iterator[Entry]:
    journal.write(work)
    rows = work.session.scalars(
        select(JournalEntry)
        .where(JournalEntry.subject == report.uid, JournalEntry.act.in_(READS))
        .order_by(JournalEntry.seq)
    )
    for row in rows:
        detail = {"act": row.act}
        yield Entry(
            row.at, "read", names.of(row.actor), str(json.loads(row.detail).get("purpose", "")), None, "", detail
        )
