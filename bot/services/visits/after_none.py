"""After 怎么没见到？: an answer in words, and the question once more where something else was asked meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.reading import danger
from bot.reading.staff import staff_asides
from bot.reading.talk import question_forms
from bot.reading.visits import visiting as reading
from bot.services.mail import mailbox
from bot.services.staff.accounts import Member
from bot.services.visits import recording, told_back, visiting
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Conversation

ASKED = "visits.none"
FRESH = timedelta(hours=12)


def asked(work: Work, conversation: str, inbox_id: int) -> dict[str, Any]:
    """What the question held, where it was the last thing said here; empty: it was not."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - FRESH)
    return mailbox.args_of(work, last) if last is not None and last.key == ASKED else {}


def ask_again(work: Work, conversation: str, inbox_id: int) -> None:
    """The question once more, with the words it holds, where it was the last thing said before this message."""
    args = asked(work, conversation, inbox_id)
    if args:
        mailbox.say(work, conversation, ASKED, args, reply_to=inbox_id)


def takes(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """An answer in words: the attempt is kept with all that was told of it. False: it is none, or sounds of danger."""
    args = asked(work, conversation, inbox_id)
    flow = work.session.get_one(Conversation, conversation).flow
    sounds = set(danger.read(text).kinds) - {danger.HUNCH}
    if not args or flow is not None or sounds or question_forms.asks(text):
        return False
    outcome = reading.read(text, work.today).outcome
    reason = "refused" if outcome == "refused" else staff_asides.why_nobody(text) or outcome
    children = [child.uid for child, _ in recording.household(work, member, str(args["home"]))]
    if reason not in ("refused", "nobody_home", "away") or not children:
        return False
    if mailbox.take_effect(work, inbox_id, "words"):
        words = " ".join(filter(None, (str(args.get("words") or ""), text)))
        kept = {"home": args["home"], "children": children, "at_the_door": words}
        told_back.attempted(work, conversation, inbox_id, member, kept, "nobody_home" if reason == "away" else reason)
        if reason == "away":
            days = [work.today + timedelta(days=days) for days in (7, 14, 30)]
            choices = visit_words.day_choices(days, f"due:away:{args['home']}")
            visiting.ask_about(work, conversation, str(args["home"]), children, "away")
            mailbox.say(
                work, conversation, "visits.away", {"home": args["home"], "choices": choices}, reply_to=inbox_id
            )
    return True
