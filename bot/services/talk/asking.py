"""A question asked: the same words twice in a row would sound as if nobody had listened, so a lead-in stands before them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot import texts
from bot.services.mail import mailbox
from bot.services.work import Work

LATELY = timedelta(days=2)
LEADS = ("1", "2")
"""The lead-ins, said in turn (texts `asked_again.…`)."""


def ask(work: Work, conversation: str, inbox_id: int, key: str, args: Mapping[str, Any] | None = None) -> None:
    """Say a question in answer to a message, with a lead-in where it was the last thing said here."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - LATELY)
    if last is not None and last.key == key:
        before = mailbox.args_of(work, last)
        led = str(before.pop(texts.AGAIN, ""))
        if texts.render(key, before).text == texts.render(key, args).text:
            lead = next(one for one in LEADS if one != led)
            args = {**(args or {}), texts.AGAIN: lead}
    mailbox.say(work, conversation, key, args, reply_to=inbox_id)
