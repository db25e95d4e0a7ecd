"""Worry told in a question of eligibility (没人管没人问，算不算困境): the check goes on, a report is offered beside it.

What is danger by itself never comes here: it is answered first (`urgency`).
"""

from __future__ import annotations

from bot.reading import checking
from bot.services.eligibility.state import Check, keep
from bot.services.mail import mailbox
from bot.services.reporting import intake
from bot.services.work import Work
from bot.storage.tables import Draft

WORRIES = frozenset({"guardian_not_performing", "long_without_care", "lives_alone", "beaten", "other_serious_harm"})
"""Signs of `reports.yml` for which somebody ought to look in, though the family only asked what it is entitled to."""


def offer(work: Work, draft: Draft, check: Check, inbox_id: int, text: str) -> None:
    """Offer once to tell staff of what is worrying in these words; without a tap nothing becomes a report."""
    if check.worry or not checking.worries(text, WORRIES):
        return
    check.worry = text
    mailbox.say(work, draft.conversation, "eligibility.concern", reply_to=inbox_id)


def report(work: Work, draft: Draft, check: Check, inbox_id: int) -> None:
    """The offer is taken: a report begins with the words that were worrying; the check waits and is offered again."""
    keep(work, draft, check, draft.asked or "fact")
    intake.start(work, draft.conversation, inbox_id, check.worry)
