"""What somebody asks of the check itself is answered truly and shortly, and his place is kept: nothing is recognised
yet, who decides (JL-2.1.5, JL-2.2.0), that it costs nothing and what becomes of what he told."""

from __future__ import annotations

from collections.abc import Callable

from bot.reading.families import check_asides, unknown_where
from bot.reading.talk import pausing
from bot.services.eligibility import asking
from bot.services.eligibility.state import Check, keep
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import Draft

KEYS = {one: f"eligibility.aside.{one}" for one in ("settled", "paid", "trick", "cost", "data")}
BEFORE = "eligibility.aside.trick.before"
PAUSE = "report.leaving"


def wanted(text: str) -> Callable[[Work, Draft, Check, int], str | None] | None:
    """How to answer; None: nothing of that is asked."""
    if pausing.is_one(text):
        return _pauses
    kind = check_asides.asked(text)
    if kind is None:
        return None
    tried = kind == check_asides.TRICK and check_asides.tried_before(text)
    return lambda work, draft, check, inbox_id: _answers(work, draft, check, inbox_id, BEFORE if tried else KEYS[kind])


def say_where_to_ask(work: Work, draft: Draft, inbox_id: int, text: str) -> bool:
    """Who does not know a prison term, custody, a card or whether an illness is on the list hears where it can be
    asked; that is no "no". False: nothing of that."""
    kind = unknown_where.asked(text)
    if kind is not None:
        mailbox.say(work, draft.conversation, f"eligibility.ask_where.{kind}", reply_to=inbox_id)
    return kind is not None


def _pauses(work: Work, draft: Draft, check: Check, inbox_id: int) -> str:
    """Who is called away is asked nothing: what is open waits, and his words are no answer."""
    mailbox.say(work, draft.conversation, PAUSE, reply_to=inbox_id)
    return keep(work, draft, check, draft.asked or "fact")


def _answers(work: Work, draft: Draft, check: Check, inbox_id: int, key: str) -> str | None:
    mailbox.say(work, draft.conversation, key, reply_to=inbox_id)
    return asking.again(work, draft, check, inbox_id)
