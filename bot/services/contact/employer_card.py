"""The notice of parents' duties for a place of work (JL-3.6.i): one page to print, for whoever asks for it in words."""

from __future__ import annotations

from bot.reading.families import checking
from bot.services.mail import mailbox
from bot.services.work import Work

TAP, DOOR = "employers", "/employers"


def asked(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """给厂里的宣传单 in so many words: where the page is. False: these words want something else."""
    if not checking.asks_for_employer_card(text):
        return False
    if mailbox.take_effect(work, inbox_id, TAP):
        key = "contact.employers" if work.public_url else "contact.employers.not_here"
        mailbox.say(work, conversation, key, {"url": f"{work.public_url}{DOOR}"}, reply_to=inbox_id)
    return True
