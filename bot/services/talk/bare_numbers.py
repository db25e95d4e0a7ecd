"""A telephone number and nothing else: the answer to the open question, or kept as how to reach the writer; never a
wish to speak with a person."""

from __future__ import annotations

from bot.services import drafts
from bot.services.eligibility import handing, reached
from bot.services.eligibility import talk as eligibility_talk
from bot.services.mail import mailbox
from bot.services.reporting import absorbing, cards, intake
from bot.services.staff import accounts
from bot.services.talk import redirecting
from bot.services.talk.opened import Open
from bot.services.work import Work

EFFECT = "words"
BESIDE = frozenset({"danger_now", "what", "more", "kind", "when", "child_ref", "place", "reporter_type", "unit"})
"""Questions of a report that a number does not answer."""


def takes(work: Work, conversation: str, inbox_id: int, text: str, opened: Open) -> bool:
    """Keep the number with the open report or check, or with what was just handed over, or say that nothing of it was
    kept. False: it is no bare number, or what is open asks for one."""
    if opened.flow is None and reached.takes(work, conversation, inbox_id, text):
        return True
    if not absorbing.only_a_number(text) or not _belongs_to_nothing_asked(work, conversation, opened):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT) and not redirecting.refuses(work, conversation, inbox_id):
        if opened.flow == eligibility_talk.FLOW:
            handing.keep_number(work, conversation, inbox_id, text)
        else:
            cards.contact(work, conversation, inbox_id, text.strip())
    return True


def _belongs_to_nothing_asked(work: Work, conversation: str, opened: Open) -> bool:
    if opened.flow is None:
        return accounts.member(work, conversation) is None
    if opened.flow == eligibility_talk.FLOW:
        return not str(opened.asked).startswith(handing.STEP)
    draft = drafts.current(work, conversation, intake.FLOW) if opened.flow == intake.FLOW else None
    return draft is not None and opened.asked in BESIDE and not drafts.answers(work, draft).menu
