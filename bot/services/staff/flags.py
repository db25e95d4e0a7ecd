"""Red flags to who looks after the service itself: metadata only, nothing of a report but its number.

Sources: parameters report.code.max_attempts (reached globally), reports.yml#routing province_duty (nobody bound).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.care import calendar
from bot.services import journal
from bot.services.mail import mailbox
from bot.services.staff import access, accounts
from bot.services.work import Work
from bot.storage.tables import Account, Child, Report

KEEPERS = ("sys_admin", "privacy_officer")
ADMIN = KEEPERS[:1]
URGENT = ("S0", "S1")


def codes_guessed(work: Work) -> int:
    """So many wrong codes in an hour that nobody can use one now: told once an hour. Returns how many hear."""
    journal.record(work, "system", "codes locked", "all")
    keepers = accounts.anywhere(work, KEEPERS)
    return _raise(work, keepers, "staff.flag.codes", {}, f"flag:codes:{work.now:%Y%m%dT%H}", urgent=False)


def nobody_to_tell(work: Work, report: Report) -> int:
    """A report stands and nobody at all could be told of it. Returns how many hear; nobody whom it names does."""
    journal.record(work, "system", "report reaches nobody", report.uid)
    once = f"case:{report.uid}:nobody {work.now:%Y%m%dT%H%M%S}"
    admins = access.clear(work, report, accounts.anywhere(work, ADMIN))
    return _raise(work, admins, "staff.flag.nobody", {"number": report.number}, once, urgent=report.severity in URGENT)


def nobody_to_review(work: Work, of: Report | Child, look: str) -> int:
    """Nobody is there who could review an emergency look at a report or a file: said once for each look. Returns how
    many hear; nobody the report names does."""
    admins = accounts.anywhere(work, ADMIN)
    if isinstance(of, Report):
        admins = access.clear(work, of, admins)
    told = _raise(work, admins, "staff.flag.review", {"number": of.number}, f"flag:review:{look}", urgent=False)
    if told:
        journal.record(work, "system", "look has no reviewer", of.uid, look=look)
    return told


def _raise(work: Work, among: list[Account], key: str, args: Mapping[str, Any], once: str, *, urgent: bool) -> int:
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
        for one in among
    )
