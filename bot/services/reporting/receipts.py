"""Receipts: the report code and PIN a reporter comes back with; kept only as hashes, guessing is limited."""

from __future__ import annotations

import hmac
import secrets
import threading
from dataclasses import dataclass
from functools import cache
from queue import Empty, SimpleQueue

from sqlalchemy import select

from bot.care import parameters, receipt
from bot.services import attempts
from bot.services.mail import mailbox
from bot.services.staff import flags
from bot.services.work import Work
from bot.storage.crypto import slow_hash
from bot.storage.tables import Report

PIN_DIGITS = 4
CODE_LENGTH = 10
DRAWN_AHEAD = 4


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
    pin, report.pin_salt, report.pin_hash = _drawer().take()
    report.code_key = work.vault.blind("report code", code)
    work.session.flush()
    return Issued(receipt.shown(code), pin)


class Drawer:
    """Draws PINs ahead of their use: the slow hash would otherwise run while everybody waits to write."""

    def __init__(self) -> None:
        self._drawn: SimpleQueue[tuple[str, bytes, bytes]] = SimpleQueue()
        self._drawing = threading.Lock()

    def take(self) -> tuple[str, bytes, bytes]:
        """A PIN, its salt and its hash; never the same twice. The stock is filled up beside."""
        try:
            return self._drawn.get_nowait()
        except Empty:
            return _draw()
        finally:
            threading.Thread(target=self._fill, name="pins", daemon=True).start()

    def _fill(self) -> None:
        if self._drawing.acquire(blocking=False):
            try:
                while self._drawn.qsize() < DRAWN_AHEAD:
                    self._drawn.put(_draw())
            finally:
                self._drawing.release()


@cache
def _drawer() -> Drawer:
    """The one of this process."""
    return Drawer()


def _draw() -> tuple[str, bytes, bytes]:
    pin, salt = f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}", secrets.token_bytes(16)
    return pin, salt, slow_hash(pin, salt)


def open_with(work: Work, conversation: str, code: str, pin: str) -> Found:
    """Find a report by code and PIN within the limits of report.code.max_attempts (per hour)."""
    limits = parameters.value("report.code.max_attempts").value
    key = work.vault.blind("report code", code)
    doors = {conversation: limits["per_conversation"], key: limits["per_code"], attempts.EVERYBODY: limits["globally"]}
    if any(attempts.count(work, "code", who) >= limit for who, limit in doors.items()):
        return Found("locked")
    report = work.session.scalar(select(Report).where(Report.code_key == key))
    salt = report.pin_salt if report is not None and report.pin_salt else b"\0" * 16
    expected = report.pin_hash if report is not None and report.pin_hash else b"\0" * 32
    # The slow hash runs for an unknown code too: the time taken tells nothing about which of the two was wrong.
    if hmac.compare_digest(slow_hash(pin, salt), expected) and report is not None:
        return Found("found", report)
    attempts.note_wrong(work, "code", conversation, key)
    if attempts.count(work, "code", attempts.EVERYBODY) >= limits["globally"]:
        flags.codes_guessed(work)
    return Found("wrong")


def give(work: Work, conversation: str, inbox_id: int, report: Report) -> None:
    """Give the code of a report that stands without one: its talk was broken off, and now the code is wanted."""
    issued = issue(work, report)
    mailbox.say(work, conversation, "report.receipt", {"code": issued.code, "pin": issued.pin}, reply_to=inbox_id)
