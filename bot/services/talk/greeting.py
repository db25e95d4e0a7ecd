"""Who only greets us, says goodbye or that he heard us, is answered in kind: no classifier is needed to hear 您好 or
再见, and nobody waits for one that still starts."""

from __future__ import annotations

from bot.reading.talk import answers as short
from bot.reading.talk import courtesies, no_answer
from bot.services.mail import mailbox
from bot.services.talk import emergencies
from bot.services.work import Work

EFFECT, EMERGENCY = "words", "S0"


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Answer in kind. The caller has seen that nothing is open. False: more was said, or a goodbye comes after an
    emergency was told here: then somebody looks at it."""
    key = "chat.greet" if short.greets(text) else "chat.goodbye" if short.parts(text) else None
    key = "chat.bot" if no_answer.whole(text) == no_answer.BOT else key
    if key is None and courtesies.courtesy(text) == courtesies.HEARD and short.short_answer(text) != "yes":
        key = "chat.heard"  # 知道了
    told = emergencies.recent(work, conversation)
    if key is None or (key == "chat.goodbye" and told is not None and told.severity == EMERGENCY):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        mailbox.say(work, conversation, key, reply_to=inbox_id)
    return True
