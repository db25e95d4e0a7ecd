"""Receipts: the report code and PIN a reporter comes back with; kept only as hashes, guessing is limited."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass

from sqlalchemy import select

from bot.care import parameters, receipt
from bot.services import attempts
from bot.services.mail import mailbox
from bot.services.staff import flags
from bot.services.work import Work
from bot.storage.crypto import HASH_BYTES, slow_hash
from bot.storage.tables import Report

KEYS = ("report.receipt", "report.receipt.telling.child", "report.receipt.nobody.child")
"""Texts in which a code is given."""
PIN_DIGITS = 4
CODE_LENGTH = 10
KEYED, BEFORE_KEYED = b"\2", 2**14
"""First byte of a PIN's hash that needs the key file, and the cost of the hashes made before there was one."""


@dataclass(frozen=True)
class Issued:
    """The code as shown (XXXXX-XXXXX) and the PIN; this is the only moment they exist in the clear."""

    code: str
    pin: str


@dataclass(frozen=True)
class Found:
    """Outcome of code and PIN: "found" with the report, "wrong" (code or PIN: the same words), or "locked"."""

    outcome: str
    report: Report | None = None


def issue(work: Work, report: Report) -> Issued:
    """Draw a code and a PIN for a report; an earlier pair of it stops working."""
    code = receipt.new_code(secrets.token_bytes, length=CODE_LENGTH)
    pin, salt = f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}", secrets.token_bytes(16)
    report.pin_salt, report.pin_hash = salt, _hashed(work, pin, salt)
    report.code_key = work.vault.blind("report code", code)
    work.session.flush()
    return Issued(receipt.shown(code), pin)


def _hashed(work: Work, pin: str, salt: bytes) -> bytes:
    """A PIN as it is kept: without the key file ten thousand tries find nothing, with it each takes a while."""
    return KEYED + slow_hash(work.vault.blind("report pin", pin), salt)


def _is(work: Work, pin: str, salt: bytes, expected: bytes) -> bool:
    keyed = expected.startswith(KEYED) and len(expected) > HASH_BYTES
    found = _hashed(work, pin, salt) if keyed else slow_hash(pin, salt, BEFORE_KEYED)
    return hmac.compare_digest(found, expected)


def open_with(work: Work, conversation: str, code: str, pin: str) -> Found:
    """Find a report by code and PIN within the limits of report.code.max_attempts (per hour)."""
    limits = parameters.value("report.code.max_attempts").value
    key = work.vault.blind("report code", code)
    doors = {conversation: limits["per_conversation"], key: limits["per_code"], attempts.EVERYBODY: limits["globally"]}
    if any(attempts.count(work, "code", who) >= limit for who, limit in doors.items()):
        return Found("locked")
    report = work.session.scalar(select(Report).where(Report.code_key == key))
    salt = report.pin_salt if report is not None and report.pin_salt else b"\0" * 16
    expected = report.pin_hash if report is not None and report.pin_hash else KEYED + b"\0" * HASH_BYTES
    # The slow hash runs for an unknown code too: the time taken tells nothing about which of the two was wrong.
    if _is(work, pin, salt, expected) and report is not None:
        return Found("found", report)
    attempts.note_wrong(work, "code", conversation, key)
    if attempts.count(work, "code", attempts.EVERYBODY) >= limits["globally"]:
        flags.codes_guessed(work)
    return Found("wrong")


def give(work: Work, conversation: str, inbox_id: int, report: Report) -> None:
    """Give the code of a report that stands without one: its talk was broken off, and now the code is wanted."""
    issued = issue(work, report)
    mailbox.say(work, conversation, "report.receipt", {"code": issued.code, "pin": issued.pin}, reply_to=inbox_id)
