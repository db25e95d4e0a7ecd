"""Worry told in a question of eligibility (没人管没人问，算不算困境): the check goes on, a report is offered beside it.

What is danger by itself never comes here: it is answered first (`urgency`).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.reading.families import checking, matters
from bot.reading.reports import told
from bot.services import drafts
from bot.services.eligibility.state import Check, keep
from bot.services.mail import mailbox
from bot.services.reporting import intake, questions
from bot.services.work import Work
from bot.storage.tables import Draft

WORRIES = frozenset(
    {
        "guardian_not_performing",
        "long_without_care",
        "lives_alone",
        "beaten",
        "other_serious_harm",
        "severe_malnutrition",
        "locked_in",
        "bullying",
    }
)
"""Signs of `reports.yml` for which somebody ought to look in, though the family only asked what it is entitled to."""


def offer(work: Work, draft: Draft, check: Check, inbox_id: int, text: str) -> None:
    """Offer once to tell staff of what is worrying in these words; without a tap nothing becomes a report."""
    if check.worry or not checking.worries(_not_of_an_absent_one(check, text), WORRIES):
        return
    check.worry = _worrying(text)
    mailbox.say(work, draft.conversation, "eligibility.concern", reply_to=inbox_id)


def _not_of_an_absent_one(check: Check, text: str) -> str:
    """The words without 孩子妈不管, where a grown-up is known to be there: who is gone leaves no child alone."""
    return _ABSENT_ONE.sub("", text) if check.facts.get("lives_without_guardian") == "no" else text


_ABSENT_ONE = re.compile(
    "(?:孩子|娃|[他她])的?(?:爸爸?|妈妈?|爹|娘)(?:也|都|又|根本|从来)*不管(?:了|孩子|我们)*(?=$|[,，。 ])"
)


def of_the_family(text: str) -> str:
    """What of a message is told of the family that asks: of two not the one that worries."""
    own = [one for one in matters.parts(text) if not checking.worries(one, WORRIES)]
    return "，".join(own) or text


def _worrying(text: str) -> str:
    return next((one for one in matters.parts(text) if checking.worries(one, WORRIES)), text)


def wanted(check: Check, text: str) -> Callable[[Work, Draft, Check, int], None] | None:
    """How to go on with whoever wants the worry to come first, by no button (先说捡破烂那个吧). None: nobody does."""
    if not check.worry or not matters.turns_to(text, check.worry):
        return None
    return lambda work, draft, check, inbox_id: report(work, draft, check, inbox_id, text)


def declined(work: Work, draft: Draft, check: Check, inbox_id: int, text: str) -> bool:
    """Nothing is to be reported of the worry that was offered (先不报了): only that stops, not the check."""
    if not check.worry or not checking.declines_report(text):
        return False
    mailbox.say(work, draft.conversation, "eligibility.concern.declined", reply_to=inbox_id)
    return True


def report(work: Work, draft: Draft, check: Check, inbox_id: int, text: str = "") -> None:
    """The offer is taken: a report begins with the words that were worrying and `text`; the check waits and is offered
    again."""
    keep(work, draft, check, draft.asked or "fact")
    if told.read(text).danger_now == "no":  # said before it was asked
        begun = drafts.begin(work, draft.conversation, intake.FLOW)
        answers = drafts.answers(work, begun)
        questions.store(answers, "danger_now", "no")
        drafts.save(work, begun, answers, None)
    intake.start(work, draft.conversation, inbox_id, "，".join(one for one in (check.worry, text) if one))
