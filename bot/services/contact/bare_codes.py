"""A code and nothing else: what it opens needs no classifier, so it is taken while Rasa is still starting too."""

from __future__ import annotations

from bot.reading.measures import codes
from bot.services.mail import mailbox
from bot.services.reporting import returning
from bot.services.staff import binding
from bot.services.talk import redirecting
from bot.services.work import Work

EFFECT = "words"


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Open what a bare invite or report code belongs to. False: there is none, or more is said with it.

    The caller knows that no flow is open.
    """
    found = codes.find(text)
    kinds = {one.kind for one in found}
    if not kinds or not kinds <= {"invite_code", "report_code", "pin"} or kinds == {"pin"} or len(found) > 2:
        return False
    if not codes.stand_alone(text, found):
        return False
    if not mailbox.take_effect(work, inbox_id, EFFECT):
        return True
    if "invite_code" in kinds:
        binding.start(work, conversation, inbox_id, text)
    elif not redirecting.refuses(work, conversation, inbox_id):
        returning.start(work, conversation, inbox_id, returning.STATUS, text)
    return True
