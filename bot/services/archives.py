"""A report as evidence: one archive that can be read by itself and checked by anybody, without our database.

The archive is a zip: `evidence.json` (what is known, its entries chained by hash, and the journal's rows about the
report), `report.html` (the same to read), `说明.txt`, and `manifest.json` with the hash of every other file, signed
with a key that follows from the key file. Phones, identity and card numbers are covered unless it is made in full;
the reporter's identity is never in it.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import select

from bot.care import roles
from bot.reading import codes
from bot.services import access, casework, dossier, journal, staff
from bot.services.work import Work
from bot.storage.crypto import Vault
from bot.storage.tables import JournalEntry, Report

FORMAT = "hutong-evidence/1"
EVIDENCE, MANIFEST = "evidence.json", "manifest.json"
FULL_FOR = "county_caseworker"
SHORTEST_PURPOSE = 4
COVERED = "■"
SHOWN_DETAILS = ("target", "number", "told_at", "reason", "department", "role")
LARGEST_BYTES = 200 * 1024 * 1024
START = "0" * 64


@dataclass(frozen=True)
class Made:
    """An archive or a page to print: its content as data, and the sheet it came from."""

    data: dict[str, Any]
    report: Report


@dataclass
class Checked:
    """What checking an archive found. `wrong`: what does not fit, as (kind, where); empty: everything fits."""

    wrong: list[tuple[str, str]] = field(default_factory=list)
    entries: int = 0
    rows: int = 0
    number: str = ""
    key: str = ""


def may_be_full(member: staff.Member, report: Report) -> bool:
    """Whether this member may have numbers left uncovered."""
    return any(role == FULL_FOR and roles.covers(area, report.area or "") for role, area in member.posts)


def make(
    work: Work, member: staff.Member, report_uid: str, purpose: str, act: str, *, full: bool = False
) -> Made | None:
    """Everything about a report as data, journalled with the purpose kept beside it. None: not to be seen.

    `act`: "report printed" or "report exported". `purpose` must have been checked (`fits`). `full` counts only for
    whom `may_be_full` allows.
    """
    report = access.reach(work, member, report_uid)
    if report is None:
        return None
    full = full and may_be_full(member, report)
    hidden: Callable[[str], str] = str if full else mask
    data = _data(work, member, report, hidden)
    data |= {"purpose": purpose.strip(), "covered": not full, "made_by": member.posts[0][0] if member.posts else ""}
    casework.keep_note(work, report, "paper", member.account, purpose)
    mode = "full" if full else "covered"
    journal.record(work, member.account, act, report.uid, mode=mode, content=_digest(_canonical(data)))
    return Made(data, report)


def fits(purpose: str) -> bool:
    """Whether a purpose says anything."""
    return len(purpose.strip()) >= SHORTEST_PURPOSE


def mask(text: str) -> str:
    """The text with every phone, identity, card number and code covered, character by character."""
    for found in reversed(codes.find(text)):
        text = text[: found.start] + COVERED * (found.end - found.start) + text[found.end :]
    return text


def archive(vault: Vault, data: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """The zip of the data and the files that show it, signed."""
    content = {EVIDENCE: json.dumps(data, ensure_ascii=False, indent=1).encode(), **files}
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "files": {name: _digest(body) for name, body in content.items()},
        "public_key": public_key(vault),
    }
    manifest["signature"] = _signing_key(vault).sign(_canonical(manifest)).hex()
    out = io.BytesIO()
    moment = datetime.fromisoformat(data["made_at"]).timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, body in {**content, MANIFEST: json.dumps(manifest, indent=1).encode()}.items():
            zipped.writestr(zipfile.ZipInfo(name, moment), body)
    return out.getvalue()


def check(archived: bytes) -> Checked:
    """Check an archive offline: every file against the manifest, the signature, both chains. Raises nothing.

    It proves that nothing was changed since it was made by the holder of the named key; compare that key with the one
    the office tells you (`hutong audit public-key`).
    """
    found = Checked()
    try:
        content = _unpacked(archived)
        manifest = json.loads(content.pop(MANIFEST))
        data = json.loads(content[EVIDENCE])
        _check_manifest(found, manifest, content)
        _check_entries(found, data)
        _check_journal(found, data)
        found.number = str(data["report"]["number"])
    except (ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile, RecursionError) as error:
        found.wrong.append(("unreadable", type(error).__name__))
    return found


def public_key(vault: Vault) -> str:
    """The key archives are checked with, 64 hex digits; it stays the same while the key file does."""
    return _signing_key(vault).public_key().public_bytes_raw().hex()


def _signing_key(vault: Vault) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(vault.blind("evidence signing key", "1")))


def _data(work: Work, member: staff.Member, report: Report, hidden: Callable[[str], str]) -> dict[str, Any]:
    sheet = dossier.sheet(work, member, report)
    entries = [{**entry, "words": hidden(entry["words"])} for entry in _timeline(sheet)]
    return {
        "format": FORMAT,
        "made_at": work.now.isoformat(),
        "report": {
            "number": report.number,
            "severity": report.severity,
            "state": report.state,
            "area": report.area,
            "received_at": report.received_at.isoformat(),
        },
        "told": [{"field": told.field, "words": hidden(told.words)} for told in sheet.told],
        "facts": {name: sheet.facts[name] for name in ("danger_now", "reporter_type") if sheet.facts.get(name)},
        "categories": {code: [cited.id for cited in cited_by] for code, cited_by in sheet.sources.items()},
        "attachments": [
            {"kind": file.kind, "at": file.at.isoformat(), "state": file.state, "bytes": file.size}
            for file in sheet.attachments
        ],
        "timeline": _chained(entries),
        "journal": _journal(work, report),
    }


def _timeline(sheet: dossier.Sheet) -> list[dict[str, str]]:
    """Everything that happened, in order."""
    return [
        {
            "at": entry.at.isoformat(),
            "who": entry.who,
            "role": entry.role or "",
            "what": f"{entry.kind}.{entry.what}",
            "words": dossier.note_words(entry.what, entry.text) if entry.kind == "note" else entry.text,
            **{f"with_{name}": value for name, value in sorted(entry.details.items()) if name in SHOWN_DETAILS},
        }
        for entry in sheet.line.entries
    ]


def _chained(entries: list[dict[str, str]]) -> list[dict[str, str]]:
    """Each entry with a hash over itself and the hash of the one before."""
    previous, chained = START, []
    for entry in entries:
        previous = _link(previous, entry)
        chained.append({**entry, "hash": previous})
    return chained


def _link(previous: str, entry: Mapping[str, Any]) -> str:
    return _digest(previous.encode() + b"\n" + _canonical(entry))


def _journal(work: Work, report: Report) -> list[dict[str, Any]]:
    """The journal's own rows about the report, as they stand: ids and codes, and the hash that chains them all."""
    rows = work.session.scalars(
        select(JournalEntry).where(JournalEntry.subject == report.uid).order_by(JournalEntry.seq)
    )
    return [
        {
            "seq": row.seq,
            "at": row.at.isoformat(),
            "actor": row.actor,
            "act": row.act,
            "subject": row.subject,
            "detail": row.detail,
            "previous": row.previous,
            "hash": row.hash,
        }
        for row in rows
    ]


def _unpacked(archived: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archived)) as zipped:
        names = zipped.namelist()
        if len(set(names)) != len(names) or sum(info.file_size for info in zipped.infolist()) > LARGEST_BYTES:
            raise ValueError("twice the same name, or too large")
        return {name: zipped.read(name) for name in names}


def _check_manifest(found: Checked, manifest: dict[str, Any], content: Mapping[str, bytes]) -> None:
    if manifest["format"] != FORMAT:
        found.wrong.append(("format", str(manifest["format"])))
    named: dict[str, str] = manifest["files"]
    for name in sorted({*named, *content}):
        if name not in content or named.get(name) != _digest(content[name]):
            found.wrong.append(("file", name))
    signature, found.key = bytes.fromhex(manifest.pop("signature")), str(manifest["public_key"])
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(found.key)).verify(signature, _canonical(manifest))
    except InvalidSignature:
        found.wrong.append(("signature", MANIFEST))


def _check_entries(found: Checked, data: Mapping[str, Any]) -> None:
    previous = START
    for number, entry in enumerate(data["timeline"], 1):
        found.entries += 1
        said = entry.pop("hash")
        previous = _link(previous, entry)
        if said != previous:
            found.wrong.append(("entry", str(number)))
            previous = said


def _check_journal(found: Checked, data: Mapping[str, Any]) -> None:
    before = 0
    for row in data["journal"]:
        found.rows += 1
        at = datetime.fromisoformat(row["at"])
        expected = journal.hash_of(
            row["seq"], at, row["actor"], row["act"], row["subject"], row["detail"], row["previous"]
        )
        if row["seq"] <= before or row["hash"] != expected:
            found.wrong.append(("journal", str(row["seq"])))
        before = row["seq"]


def _canonical(value: object) -> bytes:
    """The one way a value is written for hashing: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
