"""What is known of the other child when the check of one is handed over: it waits a day, to go to the same people."""

from __future__ import annotations

from dataclasses import asdict

from bot.services import drafts
from bot.services.eligibility.state import Check
from bot.services.work import Work

FLOW = "eligibility_other"


def keep(work: Work, conversation: str, check: Check) -> None:
    """Keep what is known of the other child for a day; nothing where no other was told of."""
    if check.earlier or not check.other:
        return  # children that were looked at went together
    shelf = drafts.begin(work, conversation, FLOW)
    drafts.keep(work, shelf, asdict(check), None)
    drafts.shelve(work, shelf)


def waits(work: Work, conversation: str) -> bool:
    """Whether something of another child is kept here."""
    return bool(drafts.shelved(work, conversation, FLOW))
