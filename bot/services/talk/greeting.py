"""Who only greets us is greeted: no classifier is needed to hear 您好, and nobody waits for one that still starts."""

from __future__ import annotations

from bot.reading import answers as short
from bot.services.mail import mailbox
from bot.services.work import Work

EFFECT, KEY = "words", "chat.greet"


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Greet back, with what is offered. The caller has seen that nothing is open. False: more was said."""
    if not short.greets(text):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        mailbox.say(work, conversation, KEY, reply_to=inbox_id)
    return True
