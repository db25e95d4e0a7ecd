"""Everything about one report on one sheet, for who may see it: told, decided, said, answered, recorded.

Opening it is journalled with its purpose. What belongs to the reporter's identity is not in it (services.glass).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from bot import texts
from bot.care import clauses, policy_data, roles
from bot.care import reports as rules
from bot.reading import danger
from bot.services import journal
from bot.services.casework import calls, closing, glass, offers, overview, reports, timeline
from bot.services.reporting import attachments, readback
from bot.services.staff import access, accounts
from bot.services.staff.access import may_act_on
from bot.services.talk import redirecting
from bot.services.work import Work
from bot.storage.tables import (
    Account,
    Assignment,
    CallTask,
    Note,
    PoliceReport,
    Post,
    Question,
    Report,
    ReportLink,
    Transfer,
)

HANDLING = "handling"
TELLING = frozenset({"what", "when", "place", "child_ref"})
"""Told fields whose words may tell of danger; the others tell of the reporter."""


@dataclass(frozen=True)
class Person:
    """A colleague: account, name, and the role in which they are known here."""

    account: str
    name: str
    role: str | None


@dataclass(frozen=True)
class Told:
    """One told field and its words. `danger`: these words alone tell of danger now."""

    field: str
    words: str
    danger: bool = False


@dataclass(frozen=True)
class Cited:
    """A source behind a category: its id, the document's name, and whether it may be quoted."""

    id: str
    title: str
    sure: bool


@dataclass(frozen=True)
class Written:
    """A note: its kind, its words as people read them, who wrote it (None: the reporter), and when."""

    kind: str
    words: str
    by: Person | None
    at: datetime


@dataclass(frozen=True)
class Asked:
    """A question to the reporter, and the answer."""

    uid: str
    text: str
    by: Person
    at: datetime
    answer: str | None
    answered: datetime | None


@dataclass(frozen=True)
class Police:
    """That the police were told."""

    station: str
    number: str | None
    told_at: datetime
    by: Person | None


@dataclass(frozen=True)
class Handed:
    """One handing-on of the report."""

    uid: str
    by: Person
    to: str
    reason: str
    answer: str
    state: str
    at: datetime
    mine: bool


@dataclass(frozen=True)
class Proposal:
    """A proposal to close that waits for a second person."""

    reason: str
    text: str
    by: Person
    mine: bool


@dataclass(frozen=True)
class Linked:
    """Another report that may be about the same child or event, as far as this reader may see it."""

    report: Report
    kind: str


@dataclass(frozen=True)
class Call:
    """A department to be called, and whom was reached."""

    key: str
    target: str
    opened_at: datetime
    done_at: datetime | None
    spoke_with: str | None
    by: Person | None


@dataclass
class Sheet:
    """One report with all that belongs to it."""

    report: Report
    role: str | None
    told: list[Told]
    place: str
    facts: dict[str, Any]
    triage: rules.Triage
    sources: dict[str, list[Cited]]
    due: overview.Due | None
    holder: Person | None
    line: timeline.Timeline
    questions: list[Asked]
    notes: list[Written]
    police: list[Police]
    handed: list[Handed]
    proposal: Proposal | None
    links: list[Linked]
    calls: list[Call]
    attachments: list[attachments.Entry]

    @property
    def danger(self) -> Told | None:
        """The newest words that tell of danger, where others stand before them."""
        newest = next((one for one in reversed(self.told) if one.danger), None)
        return None if newest is None or newest is self.told[0] else newest


def open_sheet(work: Work, member: accounts.Member, report_uid: str, purpose: str = HANDLING) -> Sheet | None:
    """Open a report for a staff member, journalled with who and what for. None: no such report that they may see."""
    report = access.reach(work, member, report_uid)
    if report is None:
        return None
    journal.record(work, member.account, "report read", report.uid, purpose=purpose)
    return sheet(work, member, report)


def sheet(work: Work, member: accounts.Member, report: Report) -> Sheet:
    """The sheet of a report that is open already; journals nothing."""
    told = reports.told_of(work, report)
    triage = reports.triage_of(work, report, told)
    role = may_act_on(work, member, report)
    known = _People(work, report)
    words = [*told["words"], *(["what", text] for text in redirecting.originals(work, report.conversation))]
    return Sheet(
        report=report,
        role=role,
        told=[
            Told(name, said, name in TELLING and danger.read(said).level == "emergency")
            for name, said in words
            if not glass.hides(told, name)
        ],
        place=readback.place_for_staff(told),
        facts=told["facts"],
        triage=triage,
        sources={code: _cited(code) for code in triage.categories},
        due=overview.due(report, role, work.now),
        holder=known.get(report.holder or report.acknowledged_by),
        line=timeline.gather(work, member, report),
        questions=_questions(work, report, known),
        notes=_notes(work, report, known),
        police=_police(work, report, known),
        handed=_handed(work, member, report, known),
        proposal=_proposal(work, member, report, known),
        links=_links(work, member, report),
        calls=_calls(work, report, known),
        attachments=attachments.of_report(work, report.uid),
    )


class _People:
    """Names and roles of accounts, each opened once."""

    def __init__(self, work: Work, report: Report) -> None:
        self._work, self._known = work, dict[str, Person]()
        rows = work.session.execute(select(Assignment.account, Assignment.role).where(Assignment.report == report.uid))
        self._roles: dict[str, str] = dict(rows.all())

    def get(self, account: str | None) -> Person | None:
        """The person behind an account id; None for the system, the reporter, or nobody."""
        row = None if account is None else self._work.session.get(Account, account)
        if row is None:
            return None
        if row.uid not in self._known:
            role = self._roles.get(row.uid) or self._work.session.scalar(
                select(Post.role).where(Post.account == row.uid).order_by(Post.since.desc()).limit(1)
            )
            self._known[row.uid] = Person(row.uid, accounts.name_of(self._work, row), role)
        return self._known[row.uid]

    def surely(self, account: str) -> Person:
        """The person behind an account that a foreign key guarantees."""
        return self.get(account) or Person(account, "", None)


def _cited(code: str) -> list[Cited]:
    category = next(entry for entry in policy_data.read("reports")["categories"] if entry["code"] == code)
    found = []
    for cited in category.get("source") or ():
        source = clauses.source(cited)
        found.append(Cited(cited, source.title_zh, clauses.quotable(cited)))
    return found


def _questions(work: Work, report: Report, known: _People) -> list[Asked]:
    rows = work.session.scalars(select(Question).where(Question.report == report.uid).order_by(Question.asked_at))
    return [
        Asked(
            row.uid,
            work.open("questions.text", row.uid, row.text_sealed),
            known.surely(row.asked_by),
            row.asked_at,
            work.open("questions.answer", row.uid, row.answer_sealed) if row.answer_sealed else None,
            row.answered_at,
        )
        for row in rows
    ]


def _notes(work: Work, report: Report, known: _People) -> list[Written]:
    rows = work.session.scalars(select(Note).where(Note.report == report.uid).order_by(Note.at))
    return [
        Written(
            row.kind,
            note_words(row.kind, work.open("notes.text", row.uid, row.text_sealed)),
            known.get(row.author),
            row.at,
        )
        for row in rows
    ]


def note_words(kind: str, text: str) -> str:
    """A note as people read it: a result and a competent body are kept as codes."""
    if kind == "result" and texts.known(f"result.{text}"):
        return texts.phrase(f"result.{text}")
    if kind == "competent":
        return roles.target_label(text)
    return text


def _police(work: Work, report: Report, known: _People) -> list[Police]:
    rows = work.session.scalars(
        select(PoliceReport).where(PoliceReport.report == report.uid).order_by(PoliceReport.recorded_at)
    )
    return [
        Police(
            work.open("police_reports.station", row.uid, row.station_sealed),
            work.open("police_reports.number", row.uid, row.number_sealed) if row.number_sealed else None,
            row.told_at,
            known.get(row.recorded_by),
        )
        for row in rows
    ]


def _handed(work: Work, member: accounts.Member, report: Report, known: _People) -> list[Handed]:
    rows = work.session.scalars(select(Transfer).where(Transfer.report == report.uid).order_by(Transfer.offered_at))
    return [
        Handed(
            row.uid,
            known.surely(row.from_account),
            _receiver(row, known),
            work.open("transfers.reason", row.uid, row.reason_sealed),
            work.open("transfers.answer", row.uid, row.answer_sealed) if row.answer_sealed else "",
            row.state,
            row.offered_at,
            row.state == "offered" and offers.is_for(work, member, row),
        )
        for row in rows
    ]


def _receiver(row: Transfer, known: _People) -> str:
    person = known.get(row.to_account)
    if person is not None:
        return f"{roles.label_zh(person.role) if person.role else ''} {person.name}".strip()
    target = row.department or row.to_role
    return roles.target_label(target) if target else ""


def _proposal(work: Work, member: accounts.Member, report: Report, known: _People) -> Proposal | None:
    row = closing.open_proposal(work, report)
    if row is None:
        return None
    text: str = work.open("closings.text", row.uid, row.text_sealed)
    return Proposal(row.reason, text, known.surely(row.proposed_by), row.proposed_by == member.account)


def _links(work: Work, member: accounts.Member, report: Report) -> list[Linked]:
    """Only what this reader may see: a link must not tell of a report that is closed to them."""
    rows = work.session.scalars(
        select(ReportLink).where(or_(ReportLink.report == report.uid, ReportLink.other == report.uid))
    ).all()
    kinds = {row.other if row.report == report.uid else row.report: row.kind for row in rows}
    if not kinds:
        return []
    seen: Sequence[Report] = work.session.scalars(access.visible(work, member).where(Report.uid.in_(kinds))).all()
    return [Linked(other, kinds[other.uid]) for other in seen]


def _calls(work: Work, report: Report, known: _People) -> list[Call]:
    rows = work.session.scalars(select(CallTask).where(CallTask.report == report.uid).order_by(CallTask.opened_at))
    return [
        Call(
            row.natural_key,
            row.target,
            row.opened_at,
            row.done_at,
            work.open(calls.SPOKE_WITH, row.natural_key, row.spoke_with_sealed) if row.spoke_with_sealed else None,
            known.get(row.done_by),
        )
        for row in rows
    ]
