"""How a family is reached, told after a check was handed over: it goes to whoever works on it, no reason asked."""

from __future__ import annotations

from datetime import timedelta

from bot.reading.families import reaching
from bot.services.eligibility import to_file
from bot.services.mail import mailbox
from bot.services.reporting import absorbing
from bot.services.tasks import care_tasks
from bot.services.work import Work

EFFECT = "words"
ASKED = "eligibility.reach"
JUST_HANDED = timedelta(days=3)
LONGEST = 40


def ask(work: Work, conversation: str, inbox_id: int) -> None:
    """Ask once, where nothing of it was told: without it nobody finds the family but by the place."""
    if not care_tasks.reach_given(work, conversation, work.now - JUST_HANDED):
        mailbox.say(work, conversation, ASKED, reply_to=inbox_id)


def _was_asked(work: Work, conversation: str, inbox_id: int) -> bool:
    """Whether the question, or the one after the file that follows it, was the last thing said here."""
    return _last(work, conversation, inbox_id) in (ASKED, to_file.ASKED)


def _last(work: Work, conversation: str, inbox_id: int) -> str | None:
    last = mailbox.last_said(work, conversation, inbox_id, work.now - JUST_HANDED)
    return last.key if last is not None else None


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """打我电话就行，15500002345, 我姓李, or 不留了, with nothing open. False: nothing of how to reach the family, or
    nothing was handed over here."""
    since, number = work.now - JUST_HANDED, absorbing.phones(text)
    told = None if number else reaching.read(text)
    if told is None and reaching.only_a_name(text) and _was_asked(work, conversation, inbox_id):
        told = reaching.TOLD
    if len(text) > LONGEST or not (number or told) or not care_tasks.handed_by(work, conversation, since):
        return False
    if told == reaching.NONE:
        if care_tasks.reach_given(work, conversation, since):
            return False
        key, args = f"{ASKED}.none", None
    elif care_tasks.reached_by(work, conversation, since, text.strip()):
        key, args = ("eligibility.number_added", None) if number else (f"{ASKED}.kept", {"said": text.strip()})
    else:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        mailbox.say(work, conversation, key, args, reply_to=inbox_id)
        if _last(work, conversation, inbox_id) == to_file.ASKED:
            to_file.ask(work, conversation, inbox_id)  # its question still stands
    return True
