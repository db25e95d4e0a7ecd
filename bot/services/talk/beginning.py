"""Somebody only says that something is to be told: 那个啥 我反应个事儿, 报告. The report begins at once."""

from __future__ import annotations

from bot.reading.talk import replies
from bot.services.mail import mailbox
from bot.services.reporting import intake
from bot.services.staff import accounts
from bot.services.talk import redirecting
from bot.services.work import Work

EFFECT = "words"


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Begin a report, where nothing is open and no worker writes. False: these words say something else."""
    if not replies.begins_a_report(text) or accounts.member(work, conversation) is not None:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT) and not redirecting.refuses(work, conversation, inbox_id):
        intake.start(work, conversation, inbox_id)
    return True
