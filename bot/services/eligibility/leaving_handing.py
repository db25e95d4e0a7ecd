"""Words at a step of the handing over that give none of what it asks: a question, a wish, the child that was meant. The
handing over waits, and they are heard where they belong."""

from __future__ import annotations

from bot.reading.families import check_return, checking, disputing
from bot.reading.measures import codes
from bot.reading.talk import answers as short
from bot.reading.talk import question_forms, replies
from bot.reading.where import places
from bot.services.eligibility import handing
from bot.services.eligibility.state import Check, keep
from bot.services.work import Work
from bot.storage.tables import Draft

LONGEST_NAME = 8
STAYS = (checking.PEOPLE, checking.LEAVES, checking.THANKS, checking.GOODBYE, checking.REVIEW)


def leaves(check: Check, text: str, asked: str) -> bool:
    """Whether words at this step belong to the check and not to the handing over."""
    if places.find(text).best is not None or any(one.kind == "phone" for one in codes.find(text)):
        return False
    if short.short_answer(text) is not None:
        return False
    if check_return.read(text) is not None or replies.goes_on(text) or replies.later(text):
        return True
    if disputing.asks_why(text) or disputing.goes_back(text):
        return True
    wish = checking.wish(text, at_the_end=True)
    if wish is not None:
        return wish not in STAYS
    named = asked == f"{handing.STEP}name" and len(text) <= LONGEST_NAME
    return not named and (question_forms.asks(text) or checking.asks(text))


def back(work: Work, draft: Draft, check: Check, asked: str) -> str:
    """What is asked; from a step of the handing over back to where the check stood before, at its result or at its
    question. Nothing of the handing over is agreed to then."""
    if not asked.startswith(handing.STEP):
        return asked
    check.hand.pop("agreed", None)
    return keep(work, draft, check, "result" if check.judged else "fact")
