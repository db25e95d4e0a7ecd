"""What is said when a message was not understood, or could not be: never the same words twice running, and after two
failures a person."""

from __future__ import annotations

from datetime import timedelta

from bot import texts
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import Conversation

FRESH = timedelta(minutes=15)
UNCLEAR, OUT_OF_SCOPE, NOTHING_OPEN = "chat.unclear", "chat.out_of_scope", "chat.nothing_open"
AGAIN, MORE = "chat.unclear_again", "chat.unclear_more"
FAILURES = (UNCLEAR, OUT_OF_SCOPE, f"{OUT_OF_SCOPE}.again", AGAIN, MORE)


def say(work: Work, conversation: str, inbox_id: int, first: str) -> None:
    """Say that this could not be answered: `first` the first time, then where a person is to be found."""
    row = work.session.get_one(Conversation, conversation)
    last = mailbox.last_said(work, conversation, inbox_id, work.now - FRESH)
    row.unclear_turns = row.unclear_turns + 1 if last is not None and last.key in FAILURES else 1
    again = f"{first}.again" if texts.known(f"{first}.again") else AGAIN
    key = first if row.unclear_turns == 1 else again if row.unclear_turns % 2 == 0 else MORE
    mailbox.say(work, conversation, key, reply_to=inbox_id)


def in_turn(work: Work, conversation: str, inbox_id: int, first: str, *, urgent: bool = False) -> None:
    """Say `first`, then its .again and .more in turn, as long as the last of them is fresh."""
    said = mailbox.keys_said(work, conversation, inbox_id, work.now - FRESH)
    mine = next((key for key in said if key in (first, f"{first}.again", f"{first}.more")), "")
    follows = {first: f"{first}.again", f"{first}.again": f"{first}.more", f"{first}.more": f"{first}.again"}
    key = follows.get(mine, first)
    mailbox.say(work, conversation, key, reply_to=inbox_id, priority=mailbox.URGENT if urgent else mailbox.REPLY)
