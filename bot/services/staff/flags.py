"""Red flags to who looks after the service itself: metadata only, nothing of a report but its number.

Sources: parameters report.code.max_attempts (reached globally), reports.yml#routing province_duty (nobody bound).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.care import calendar
from bot.services import journal
from bot.services.mail import mailbox
from bot.services.staff import accounts
from bot.services.work import Work
from bot.storage.tables import Report

KEEPERS = ("sys_admin", "privacy_officer")
ADMIN = KEEPERS[:1]
URGENT = ("S0", "S1")


def codes_guessed(work: Work) -> int:
    """So many wrong codes in an hour that nobody can use one now: told once an hour. Returns how many hear."""
    journal.record(work, "system", "codes locked", "all")
    return _raise(work, KEEPERS, "staff.flag.codes", {}, f"flag:codes:{work.now:%Y%m%dT%H}", urgent=False)


def nobody_to_tell(work: Work, report: Report) -> int:
    """A report stands and there is nobody at all who could be told of it. Returns how many hear."""
    journal.record(work, "system", "report reaches nobody", report.uid)
    once = f"case:{report.uid}:nobody {work.now:%Y%m%dT%H%M%S}"
    return _raise(work, ADMIN, "staff.flag.nobody", {"number": report.number}, once, urgent=report.severity in URGENT)


def nobody_to_review(work: Work, subject: str, number: str, look: str) -> int:
    """Nobody is there who could review an emergency look: said once for each look. Returns how many hear."""
    told = _raise(work, ADMIN, "staff.flag.review", {"number": number}, f"flag:review:{look}", urgent=False)
    if told:
        journal.record(work, "system", "look has no reviewer", subject, look=look)
    return told


def _raise(work: Work, among: tuple[str, ...], key: str, args: Mapping[str, Any], once: str, *, urgent: bool) -> int:
    """Only what concerns an S0 or S1 goes out in the quiet hours."""
    return sum(
        mailbox.say(
            work,
            str(one.conversation),
            key,
            args,
            push=True,
            priority=mailbox.URGENT if urgent else mailbox.LATER,
            not_before=work.now if urgent else calendar.next_allowed(work.now),
            natural_key=f"{once}:{one.uid}",
        )
        for one in accounts.anywhere(work, among)
    )
