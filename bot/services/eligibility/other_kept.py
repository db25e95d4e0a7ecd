"""What is known of the other child when the check of one is handed over: it waits a day, to go to the same people."""

from __future__ import annotations

from dataclasses import asdict

from bot.services import drafts
from bot.services.eligibility.state import Check
from bot.services.work import Work

FLOW = "eligibility_other"


def keep(work: Work, conversation: str, check: Check) -> None:
    """Keep what is known of the other child for a day; nothing where no other was told of."""
    if not (check.earlier or check.other):
        return
    kept = check
    if check.earlier:
        first = check.earlier[-1]
        kept = Check(
            facts=first["facts"],
            judged=first["facts"],
            called=first["called"],
            stage=first["stage"],
            speaker=check.speaker,
            home=check.home,
            english=check.english,
        )
    shelf = drafts.begin(work, conversation, FLOW)
    drafts.keep(work, shelf, asdict(kept), None)
    drafts.shelve(work, shelf)


def waits(work: Work, conversation: str) -> bool:
    """Whether something of another child is kept here."""
    return bool(drafts.shelved(work, conversation, FLOW))
