"""Somebody asks whether anybody comes or cares, and reported nothing here: how his wish for 委托照护 or the worry that
he passed on stands is said from what he told himself, without a code."""

from __future__ import annotations

from bot.services.contact import passed_on, strangers
from bot.services.eligibility import went
from bot.services.entrusted import corrections as entrusted_corrections
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import Conversation

EFFECT = "beside"
STANDS = (went.stands, entrusted_corrections.stands, passed_on.asked, strangers.told_elsewhere)
"""What else than a report may be asked of: each answers, or says that nothing of it stands."""


def coming(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Say how it stands, else that nothing was reported. False: something is open that answers it."""
    if any(one(work, conversation, inbox_id, text) for one in STANDS):
        return True
    if work.session.get_one(Conversation, conversation).flow is not None:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        mailbox.say(work, conversation, "beside.coming.nothing", reply_to=inbox_id)
    return True
