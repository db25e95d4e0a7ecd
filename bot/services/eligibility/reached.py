"""A telephone number given after a check was handed over: it goes to whoever works on it, and nobody is asked why."""

from __future__ import annotations

from datetime import timedelta

from bot.services.mail import mailbox
from bot.services.reporting import absorbing
from bot.services.tasks import care_tasks
from bot.services.work import Work

EFFECT = "words"
JUST_HANDED = timedelta(days=1)
LONGEST = 40


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """打我电话就行，15500002345, with nothing open. False: it holds no number, or nothing was handed over here."""
    since = work.now - JUST_HANDED
    if len(text) > LONGEST or not absorbing.phones(text) or not care_tasks.handed_by(work, conversation, since):
        return False
    if not care_tasks.reached_by(work, conversation, since, text.strip()):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        mailbox.say(work, conversation, "eligibility.number_added", reply_to=inbox_id)
    return True
