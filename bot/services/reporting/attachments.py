"""Photos, recordings and files that came with a report: kept sealed, shown to who may see the report, let go in time.

The original is never shown: it may carry the place, device and name of whoever took it. Staff get the working copy;
only a document, which we never open, is handed out as it came.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import defer

from bot import texts
from bot.services import journal
from bot.services.staff import access
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Attachment, Draft, Report

KINDS = ("photo", "voice", "file")
WAITING, READY, REFUSED = "waiting", "ready", "refused"
REPORTER, HANDLING = "reporter", "handling"
STRAY_KEPT = timedelta(hours=24)
MOST_EACH = 20  # of one talk; more than that is a flood
_ORIGINAL, _WORKING, _DIGEST = "attachments.original", "attachments.working", "attachments.digest"
_ENDINGS = {
    "image/jpeg": "jpg",
    "audio/mp4": "m4a",
    "application/pdf": "pdf",
    "text/plain; charset=utf-8": "txt",
    "text/plain; charset=gb18030": "txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}


# Megabytes that most looks at a row do not need.
_LIGHT = (defer(Attachment.original_sealed), defer(Attachment.working_sealed))


@dataclass(frozen=True)
class Entry:
    """One attachment in a report's list: `number` counts its kind from 1; `viewable`: there is something to open."""

    uid: str
    number: int
    kind: str
    state: str
    viewable: bool
    size: int | None
    at: datetime


@dataclass(frozen=True)
class Opened:
    """What a staff member gets: bytes, media type, and a name that tells nothing."""

    data: bytes
    media_type: str
    name: str


@dataclass(frozen=True)
class Proof:
    """One attachment as evidence: the SHA-256 of its original, and the bytes staff may have of it, if there are any:
    the working copy, or a document as it came. `name` tells nothing."""

    kind: str
    at: datetime
    size: int
    original: str
    copy: bytes | None
    name: str


@dataclass(frozen=True)
class Task:
    """What settling needs: the original if we have it, else where it is to be fetched from (`source`)."""

    uid: str
    original: bytes | None
    source: Mapping[str, str]
    at: datetime


def keep(work: Work, conversation: str, inbox_id: int, kind: str, media_type: str, data: bytes) -> str:
    """Keep an original, sealed; call it in the transaction that keeps the message."""
    row = _new(work, conversation, inbox_id, kind)
    _seal(work, row, data, media_type)
    work.session.add(row)
    work.session.flush()
    return row.uid


def expect(work: Work, conversation: str, inbox_id: int, kind: str, source: Mapping[str, str]) -> Attachment:
    """Remember, sealed, where an original is to be fetched from (`original_sealed` while `bytes_original` is None)."""
    row = _new(work, conversation, inbox_id, kind)
    row.original_sealed = work.vault.seal_bytes(_ORIGINAL, row.uid, json.dumps(dict(source)).encode())
    work.session.add(row)
    work.session.flush()
    return row


def _new(work: Work, conversation: str, inbox_id: int, kind: str) -> Attachment:
    return Attachment(uid=opaque_id(), conversation=conversation, inbox=inbox_id, kind=kind, state=WAITING, at=work.now)


def _seal(work: Work, row: Attachment, data: bytes, media_type: str) -> None:
    row.original_sealed = work.vault.seal_bytes(_ORIGINAL, row.uid, data)
    row.digest_sealed = work.seal(_DIGEST, row.uid, hashlib.sha256(data).hexdigest())
    row.bytes_original, row.media_type = len(data), media_type


def of_message(work: Work, inbox_id: int) -> Attachment | None:
    """The attachment that came with a message."""
    return work.session.scalar(select(Attachment).where(Attachment.inbox == inbox_id).options(*_LIGHT))


def waiting(work: Work, limit: int = 50) -> list[str]:
    """Ids of what is to be fetched or checked, oldest first."""
    rows = select(Attachment.uid).where(Attachment.state == WAITING).order_by(Attachment.at).limit(limit)
    return list(work.session.scalars(rows))


def task(work: Work, uid: str) -> Task | None:
    """What is to be done for one waiting attachment; None when it is settled or gone."""
    row = work.session.get(Attachment, uid)
    if row is None or row.state != WAITING or row.original_sealed is None:
        return None
    data = work.vault.open_bytes(_ORIGINAL, uid, row.original_sealed)
    have = row.bytes_original is not None
    source: dict[str, str] = {} if have else json.loads(data)
    return Task(uid, data if have else None, source, row.at)


def fetched(work: Work, uid: str, kind: str, media_type: str, data: bytes) -> bool:
    """The original has come. False: it is settled or gone meanwhile."""
    row = locked(work, uid)
    if row is None:
        return False
    row.kind = kind
    _seal(work, row, data, media_type)
    work.session.flush()
    return True


def locked(work: Work, uid: str) -> Attachment | None:
    """A waiting attachment, locked so that of two who settle it only one does."""
    rows = select(Attachment).where(Attachment.uid == uid, Attachment.state == WAITING).with_for_update()
    return work.session.scalar(rows.execution_options(populate_existing=True))


def ready(work: Work, row: Attachment, working: bytes | None, media_type: str) -> None:
    """The check is done. `working` None: a document, which is handed out as it came."""
    row.state = READY
    row.working_sealed = None if working is None else work.vault.seal_bytes(_WORKING, row.uid, working)
    row.working_type = media_type
    work.session.flush()


def refuse(work: Work, row: Attachment, why: str, *, keep_original: bool = False) -> None:
    """It cannot be taken; the original goes, unless it was our check that failed."""
    row.state, row.refusal = REFUSED, why
    if not keep_original:
        row.original_sealed, row.digest_sealed = None, None
    work.session.flush()
    if row.report is not None:
        journal.record(work, "system", "attachment refused", row.report, attachment=row.uid, why=why)


def of_report(work: Work, report: str) -> list[Entry]:
    """What was brought to a report, in the order it came. Who may see the report may see this list."""
    rows = work.session.scalars(
        select(Attachment)
        .where(Attachment.report == report, Attachment.original_sealed.is_not(None))
        .order_by(Attachment.at, Attachment.uid)
        .options(*_LIGHT)
    )
    entries, numbers = list[Entry](), Counter[str]()
    for row in rows:
        numbers[row.kind] += 1
        number, viewable = numbers[row.kind], row.state == READY
        entries.append(Entry(row.uid, number, row.kind, row.state, viewable, row.bytes_original, row.at))
    return entries


def open_for(work: Work, member: Member, uid: str, purpose: str = HANDLING) -> Opened | None:
    """Open an attachment for a staff member; journalled with who and what for. None: no such one that they may see,
    or not ready.

    Photos and recordings: the working copy. Documents: as they came, to be offered as a download only.
    """
    row = work.session.get(Attachment, uid)
    if row is None or row.report is None or row.state != READY:
        return None
    if work.session.scalar(access.visible(work, member).where(Report.uid == row.report)) is None:
        return None
    data = _copy(work, row)
    if data is None or row.working_type is None:
        return None
    journal.record(
        work, member.account, "attachment read", row.report, attachment=row.uid, kind=row.kind, purpose=purpose
    )
    number = next(entry.number for entry in of_report(work, row.report) if entry.uid == uid)
    return Opened(data, row.working_type, _name(row, number))


def proofs(work: Work, report: str) -> list[Proof]:
    """What was brought to a report, as evidence, in the order it came. For callers who have checked the right."""
    rows = work.session.scalars(
        select(Attachment)
        .where(Attachment.report == report, Attachment.digest_sealed.is_not(None))
        .order_by(Attachment.at, Attachment.uid)
    )
    numbers = {entry.uid: entry.number for entry in of_report(work, report)}
    return [
        Proof(
            row.kind,
            row.at,
            row.bytes_original or 0,
            work.open(_DIGEST, row.uid, row.digest_sealed),
            _copy(work, row),
            _name(row, numbers[row.uid]),
        )
        for row in rows
        if row.digest_sealed is not None
    ]


def _copy(work: Work, row: Attachment) -> bytes | None:
    """The bytes staff get: the working copy, or a document as it came; None while it is not checked."""
    if row.state != READY or row.working_type is None:
        return None
    place, sealed = (_WORKING, row.working_sealed) if row.working_sealed else (_ORIGINAL, row.original_sealed)
    return None if sealed is None else work.vault.open_bytes(place, row.uid, sealed)


def _name(row: Attachment, number: int) -> str:
    return f"{row.kind}-{number}.{_ENDINGS.get(row.working_type or '', 'bin')}"


def summary(work: Work, report: str) -> str | None:
    """How many there are of each kind, in words; None: there are none."""
    kinds = [entry.kind for entry in of_report(work, report)]
    parts = [texts.phrase(f"media.count.{kind}").format(n=kinds.count(kind)) for kind in KINDS if kind in kinds]
    return "、".join(parts) or None


def belong(work: Work, draft: Draft) -> None:
    """What came with a draft belongs to the report that was made of it, and its journal tells so."""
    rows = work.session.scalars(
        select(Attachment)
        .where(Attachment.draft == draft.uid, Attachment.report.is_(None))
        .order_by(Attachment.at, Attachment.uid)
        .options(*_LIGHT)
    ).all()
    for row in rows:
        put(work, row, draft.uid, draft.report)


def put(work: Work, row: Attachment, draft: str | None, report: str | None) -> None:
    """Lay an attachment to a draft, a report, or both; what a report is brought stands in its journal once."""
    if report is not None and row.report is None:
        journal.record(work, REPORTER, "attachment brought", report, attachment=row.uid, kind=row.kind)
    row.draft, row.report = draft, report
    work.session.flush()


def too_many(work: Work, draft: str | None, report: str | None) -> bool:
    """Whether this talk has brought as much as we take."""
    of = Attachment.draft == draft if report is None else Attachment.report == report
    return int(work.session.scalar(select(func.count()).select_from(Attachment).where(of)) or 0) >= MOST_EACH


def drop(work: Work, row: Attachment) -> None:
    """Nothing of it stays."""
    work.session.delete(row)
    work.session.flush()


def any_of_draft(work: Work, draft: str) -> bool:
    """Whether something was brought with a draft."""
    return work.session.scalar(select(Attachment.uid).where(Attachment.draft == draft).limit(1)) is not None


def erase_of_draft(work: Work, draft: str) -> int:
    """A draft ends without a report: what came with it goes. Returns how many."""
    gone = work.session.execute(delete(Attachment).where(Attachment.draft == draft, Attachment.report.is_(None)))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # the result of a DELETE has it


def erase_stray(work: Work) -> int:
    """What belongs to nothing after a day: its message could not be processed. Returns how many."""
    stray = Attachment.draft.is_(None) & Attachment.report.is_(None) & (Attachment.at < work.now - STRAY_KEPT)
    gone = work.session.execute(delete(Attachment).where(stray))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # the result of a DELETE has it


def erase_of_report(work: Work, report: str) -> int:
    """A report's retention is over: what was brought to it goes with it. Returns how many."""
    gone = work.session.execute(delete(Attachment).where(Attachment.report == report))
    count = int(gone.rowcount)  # type: ignore[attr-defined]  # the result of a DELETE has it
    if count:
        journal.record(work, "system", "attachments erased", report, count=count)
    return count
