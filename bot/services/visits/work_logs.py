"""工作日志 (JL-3.8.j): one for each worker and day, made of what was done, put right and confirmed by the worker.

What the worker writes of a line stands beside the records, it changes none of them. What was confirmed is kept when it
is confirmed anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from bot import texts
from bot.care import roles
from bot.services import journal
from bot.services.staff.accounts import Member
from bot.services.visits import day_lines
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import WorkLog, WorkLogVersion

TEXT, EDITS, BEFORE = "work_logs.text", "work_logs.edits", "work_log_versions.text"
OWN = "own:"
"""What the worker added, of which there is no record."""
LONGEST, MOST = 200, 25


@dataclass(frozen=True)
class Line:
    """One line of a log. `made`: what the records tell, where the worker wrote something else of it."""

    key: str
    words: str
    made: str = ""


@dataclass(frozen=True)
class Log:
    """The log of a day as it stands now. `fresh`: what stands is what was confirmed."""

    on: date
    lines: tuple[Line, ...]
    confirmed_at: datetime | None = None
    fresh: bool = False

    @property
    def words(self) -> list[str]:
        """The lines as they read."""
        return [line.words for line in self.lines]


@dataclass(frozen=True)
class Version:
    """What was confirmed, and when."""

    confirmed_at: datetime
    words: tuple[str, ...]


def keeps(member: Member) -> bool:
    """Whether a member keeps a work log of their own (roles.yml#work_log)."""
    return any(roles.may(role, "work_log", "write") for role, _ in member.posts)


def of(work: Work, member: Member, on: date) -> Log:
    """The log of a day: what the records tell and what the worker wrote of it."""
    row = _row(work, member, on)
    lines = tuple(_lines(day_lines.of(work, member, on), _edits(work, row)))
    if row is None or row.confirmed_at is None:
        return Log(on, lines)
    confirmed = work.open(TEXT, row.uid, row.text_sealed)
    return Log(on, lines, row.confirmed_at, fresh=confirmed == [line.words for line in lines])


def _lines(made: list[day_lines.Made], edits: Mapping[str, list[str]]) -> list[Line]:
    found = []
    for one in made:
        words, about = edits.get(one.key, [one.words, one.words])
        if about != one.words:  # the record was corrected since: the worker sees both
            words = texts.phrase("log.line.both").format(made=one.words, words=words) if words else one.words
        if words:
            found.append(Line(one.key, words, one.words if words != one.words else ""))
    known = {one.key for one in made}
    return [*found, *(Line(key, words) for key, (words, _) in edits.items() if key not in known and words)]


def write(work: Work, member: Member, on: date, key: str, words: str) -> bool:
    """Put a line of one's own log in other words, or out of it with none. False: there is no such line."""
    before = next((line for line in of(work, member, on).lines if line.key == key), None)
    if before is None or not keeps(member):
        return False
    return before.words == _clean(words) or _keep(work, member, on, key, words)


def add(work: Work, member: Member, on: date, words: str) -> bool:
    """Add a line of which there is no record. False: nothing is said, the day is to come, or the log is full."""
    full = len(of(work, member, on).lines) >= MOST
    if not _clean(words) or on > work.today or full or not keeps(member):
        return False
    return _keep(work, member, on, f"{OWN}{opaque_id()}", words)


def _clean(words: str) -> str:
    return " ".join(words.split())[:LONGEST]


def _keep(work: Work, member: Member, on: date, key: str, words: str) -> bool:
    row = _row(work, member, on, lock=True) or _new(work, member, on)
    made = next((one.words for one in day_lines.of(work, member, on) if one.key == key), "")
    edits = {**_edits(work, row), key: [_clean(words), made]}
    row.edits_sealed = work.seal(EDITS, row.uid, edits)
    work.session.flush()
    journal.record(work, member.account, "work log written", row.uid)
    return True


def confirm(work: Work, member: Member, on: date) -> WorkLog:
    """Keep the log of a day as confirmed; again: as it stands now, and what was confirmed before is kept."""
    words = of(work, member, on).words
    row = _row(work, member, on, lock=True) or _new(work, member, on)
    if row.confirmed_at is not None:
        before = work.open(TEXT, row.uid, row.text_sealed)
        if before == words:
            return row
        _keep_version(work, row, before, row.confirmed_at)
    row.text_sealed = work.seal(TEXT, row.uid, words)
    row.confirmed_at = work.now
    work.session.flush()
    journal.record(work, member.account, "work log confirmed", row.uid)
    return row


def _keep_version(work: Work, row: WorkLog, words: list[str], confirmed_at: datetime) -> None:
    versions = select(func.count()).select_from(WorkLogVersion).where(WorkLogVersion.log == row.uid)
    uid, number = opaque_id(), (work.session.scalar(versions) or 0) + 1
    sealed = work.seal(BEFORE, uid, words)
    work.session.add(
        WorkLogVersion(uid=uid, log=row.uid, version=number, text_sealed=sealed, confirmed_at=confirmed_at)
    )


def versions(work: Work, member: Member, on: date) -> list[Version]:
    """What was confirmed of a day, the newest first."""
    row = _row(work, member, on)
    if row is None or row.confirmed_at is None:
        return []
    before = work.session.scalars(
        select(WorkLogVersion).where(WorkLogVersion.log == row.uid).order_by(WorkLogVersion.version.desc())
    )
    newest: Any = work.open(TEXT, row.uid, row.text_sealed)
    return [
        Version(row.confirmed_at, tuple(newest)),
        *(Version(one.confirmed_at, tuple(work.open(BEFORE, one.uid, one.text_sealed))) for one in before),
    ]


def _new(work: Work, member: Member, on: date) -> WorkLog:
    uid = opaque_id()
    row = WorkLog(uid=uid, account=member.account, on=on, text_sealed=work.seal(TEXT, uid, []))
    work.session.add(row)
    return row


def _row(work: Work, member: Member, on: date, *, lock: bool = False) -> WorkLog | None:
    query = select(WorkLog).where(WorkLog.account == member.account, WorkLog.on == on)
    return work.session.scalar(query.with_for_update() if lock else query)


def _edits(work: Work, row: WorkLog | None) -> dict[str, list[str]]:
    if row is None or row.edits_sealed is None:
        return {}
    found: dict[str, list[str]] = work.open(EDITS, row.uid, row.edits_sealed)
    return found
