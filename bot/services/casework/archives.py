"""A report as evidence: one archive that can be read by itself and checked by anybody, without our database.

The archive is a zip: `evidence.json` (what is known, its entries chained by hash, and the journal's rows about the
report), `report.html` (the same to read), `说明.txt`, `manifest.json` with the hash of every other file, signed
with a key that follows from the key file, and, where asked for, what was brought: photos and recordings as working
copies, documents as they came. The chain holds the hash of each original and of each copy. Numbers and the names of
other people than the child are covered unless it is made in full; the reporter's identity is never in it.
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
from bot.reading.measures import codes
from bot.reading.persons import naming
from bot.services import journal
from bot.services.casework import acts, dossier, timeline
from bot.services.reporting import attachments
from bot.services.staff import access, accounts
from bot.services.work import Work
from bot.storage.crypto import Vault
from bot.storage.tables import JournalEntry, Report

FORMAT, FORMATS = "hutong-evidence/2", ("hutong-evidence/1", "hutong-evidence/2")
EVIDENCE, MANIFEST = "evidence.json", "manifest.json"
FULL_FOR = "county_caseworker"
SHORTEST_PURPOSE = 4
COVERED = "■"
SHOWN_DETAILS = ("target", "number", "told_at", "reason", "department", "role")
# What the child is called and where it is belongs to the child, not to third parties.
THE_CHILDS = ("child_ref", "place", "where_now")
BROUGHT = "attachment.brought"
LARGEST_BYTES = 200 * 1024 * 1024
START = "0" * 64


@dataclass(frozen=True)
class Made:
    """An archive or a page to print: its content as data, the report, and what was brought to it by file name."""

    data: dict[str, Any]
    report: Report
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass
class Checked:
    """What checking an archive found. `wrong`: what does not fit, as (kind, where); empty: everything fits.

    `brought`: how many things were brought to the report, `held`: how many of them are in the archive, `originals`:
    the hash of each original, for comparing an original with (`matches`).
    """

    wrong: list[tuple[str, str]] = field(default_factory=list)
    entries: int = 0
    rows: int = 0
    number: str = ""
    key: str = ""
    brought: int = 0
    held: int = 0
    originals: list[str] = field(default_factory=list)

    def matches(self, original: bytes) -> bool:
        """Whether these bytes are an original that was brought to the report."""
        return _digest(original) in self.originals


def may_be_full(member: accounts.Member, report: Report) -> bool:
    """Whether this member may have numbers left uncovered."""
    return any(role == FULL_FOR and roles.covers(area, report.area or "") for role, area in member.posts)


def make(
    work: Work,
    member: accounts.Member,
    report_uid: str,
    purpose: str,
    act: str,
    *,
    full: bool = False,
    with_files: bool = False,
) -> Made | None:
    """Everything about a report as data, journalled with the purpose kept beside it. None: not to be seen.

    `act`: "report printed" or "report exported". `purpose` must have been checked (`fits`). `full` counts only for
    whom `may_be_full` allows. `with_files`: what was brought goes along.
    """
    report = access.reach(work, member, report_uid)
    if report is None:
        return None
    full = full and may_be_full(member, report)
    brought = attachments.proofs(work, report.uid)
    data = _data(work, member, report, brought, full=full, with_files=with_files)
    data |= {"purpose": purpose.strip(), "covered": not full, "made_by": member.posts[0][0] if member.posts else ""}
    acts.keep_note(work, report, "paper", member.account, purpose)
    mode, files = "full" if full else "covered", "files" if with_files else "list"
    journal.record(work, member.account, act, report.uid, mode=mode, holds=files, content=_digest(_canonical(data)))
    return Made(data, report, {_in_archive(one): one.copy for one in brought if with_files and one.copy})


def fits(purpose: str) -> bool:
    """Whether a purpose says anything."""
    return len(purpose.strip()) >= SHORTEST_PURPOSE


def mask(text: str) -> str:
    """The text with every phone, identity, card number and code covered, character by character."""
    for found in reversed(codes.find(text)):
        text = text[: found.start] + COVERED * (found.end - found.start) + text[found.end :]
    return text


def covered(text: str, childs: str = "") -> str:
    """The text with numbers and the names of people covered; a name that stands in `childs` is the child's."""
    for start, end in reversed(naming.persons(text)):
        if text[start:end] not in childs:
            text = text[:start] + COVERED * (end - start) + text[end:]
    return mask(text)


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
        _check_brought(found, data, content)
        found.number = str(data["report"]["number"])
    except (ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile, RecursionError) as error:
        found.wrong.append(("unreadable", type(error).__name__))
    return found


def public_key(vault: Vault) -> str:
    """The key archives are checked with, 64 hex digits; it stays the same while the key file does."""
    return _signing_key(vault).public_key().public_bytes_raw().hex()


def _signing_key(vault: Vault) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(vault.blind("evidence signing key", "1")))


def _data(
    work: Work,
    member: accounts.Member,
    report: Report,
    brought: list[attachments.Proof],
    *,
    full: bool,
    with_files: bool,
) -> dict[str, Any]:
    sheet = dossier.sheet(work, member, report)
    childs = "，".join(told.words for told in sheet.told if told.field == "child_ref")
    hide: Callable[[str], str] = str if full else lambda text: covered(text, childs)
    told = [
        {"field": one.field, "words": mask(one.words) if not full and one.field in THE_CHILDS else hide(one.words)}
        for one in sheet.told
    ]
    entries = [
        {**entry, "words": hide(entry["words"])} for entry in _timeline(sheet, lambda name: full or name in childs)
    ]
    entries += [_brought(one, with_files=with_files) for one in brought]
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
        "told": told,
        "facts": {name: sheet.facts[name] for name in ("danger_now", "reporter_type") if sheet.facts.get(name)},
        "categories": {code: [cited.id for cited in cited_by] for code, cited_by in sheet.sources.items()},
        "attachments": [
            {"kind": file.kind, "at": file.at.isoformat(), "state": file.state, "bytes": file.size}
            for file in sheet.attachments
        ],
        "holds_attachments": with_files,
        "timeline": _chained(sorted(entries, key=lambda entry: datetime.fromisoformat(entry["at"]))),
        "journal": _journal(work, report),
    }


def _timeline(sheet: dossier.Sheet, shows: Callable[[str], bool]) -> list[dict[str, str]]:
    """Everything that happened, in order; of a child on file whose name nothing `shows` the file's number stands."""
    return [
        {
            "at": entry.at.isoformat(),
            "who": entry.who,
            "role": entry.role or "",
            "what": f"{entry.kind}.{entry.what}",
            "words": _words(entry, shows),
            **{f"with_{name}": value for name, value in sorted(entry.details.items()) if name in SHOWN_DETAILS},
        }
        for entry in sheet.line.entries
    ]


def _words(entry: timeline.Entry, shows: Callable[[str], bool]) -> str:
    if entry.kind == timeline.CHILD:
        return entry.text if shows(entry.text) else COVERED * len(entry.text)
    return dossier.note_words(entry.what, entry.text) if entry.kind == "note" else entry.text


def _brought(one: attachments.Proof, *, with_files: bool) -> dict[str, str]:
    """That something was brought: the hash of its original, of its copy, and the file of the archive that holds it."""
    return {
        "at": one.at.isoformat(),
        "who": timeline.REPORTER,
        "role": "",
        "what": BROUGHT,
        "words": "",
        "with_kind": one.kind,
        "with_bytes": str(one.size),
        "with_original": one.original,
        **({"with_copy": _digest(one.copy)} if one.copy else {}),
        **({"with_file": _in_archive(one)} if one.copy and with_files else {}),
    }


def _in_archive(one: attachments.Proof) -> str:
    return f"attachments/{one.name}"


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
    journal.write(work)
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
    if manifest["format"] not in FORMATS:
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


def _check_brought(found: Checked, data: Mapping[str, Any], content: Mapping[str, bytes]) -> None:
    """Each thing that was brought: its file is there and is the copy the chain names; no other file says it is one."""
    named = set()
    for entry in data["timeline"]:
        if entry["what"] != BROUGHT:
            continue
        found.brought += 1
        found.originals.append(entry["with_original"])
        name = entry.get("with_file")
        if name is not None:
            named.add(name)
            found.held += name in content
            if _digest(content.get(name, b"")) != entry["with_copy"]:
                found.wrong.append(("attachment", name))
    found.wrong += [("attachment", name) for name in content if name.startswith("attachments/") and name not in named]


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
