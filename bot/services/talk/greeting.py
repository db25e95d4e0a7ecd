"""Who only greets us, says goodbye or that he heard us, is answered in kind: no classifier is needed to hear 您好 or
再见, and nobody waits for one that still starts."""

from __future__ import annotations

from bot.reading import answers as short
from bot.reading import courtesies
from bot.services.mail import mailbox
from bot.services.talk import emergencies
from bot.services.work import Work

EFFECT = "words"


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Answer in kind. The caller has seen that nothing is open. False: more was said, or a goodbye comes after an
    emergency was told here: then somebody looks at it."""
    key = "chat.greet" if short.greets(text) else "chat.goodbye" if short.parts(text) else None
    if key is None and courtesies.courtesy(text) == courtesies.HEARD and short.short_answer(text) != "yes":
        key = "chat.heard"  # 知道了
    if key is None or (key == "chat.goodbye" and emergencies.recent(work, conversation) is not None):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        mailbox.say(work, conversation, key, reply_to=inbox_id)
    return True
