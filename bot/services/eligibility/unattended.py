"""A bare 没有 to the question whether a reliable grown-up looks after the child: confirmed with one question before it
becomes a report. Words that tell it plainly never come here."""

from __future__ import annotations

from bot.reading.families import family_answers
from bot.services.eligibility.state import Check, keep
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import Draft

FACT = "guardian_not_performing"
STEP = "unattended"


def may_be(check: Check, text: str) -> bool:
    """Whether these words answer that question, and may mean that nobody looks after the child."""
    return check.fact == FACT and "危险" not in text and family_answers.may_be_unattended(text)


def ask(work: Work, draft: Draft, check: Check, inbox_id: int) -> str:
    """Ask whether it is so; its buttons answer the fact itself."""
    mailbox.say(work, draft.conversation, "eligibility.unattended", reply_to=inbox_id)
    return keep(work, draft, check, STEP)


def settle(check: Check, text: str) -> bool:
    """Take the answer to it. False: the words are none."""
    answer = family_answers.unattended(text)
    if answer is None:
        return False
    check.tell({FACT: answer})
    check.last = FACT
    return True
