"""A check that was handed over here, looked at once more with what has changed since (低保批下来了 再给看看), or taken
up for another child of the family (大孙子那个也交给他)."""

from __future__ import annotations

from datetime import timedelta

from bot.services import conversations, drafts
from bot.services.eligibility import recap, talk
from bot.services.eligibility.state import FLOW, Check, keep
from bot.services.mail import mailbox
from bot.services.talk.meaning import Meant
from bot.services.tasks import care_tasks
from bot.services.work import Work

SPOKEN_OF = timedelta(days=3)
"""So long 昨天测的 means what was handed over here; a later check asks everything again."""


def handed_here(work: Work, conversation: str) -> bool:
    """Whether a check was handed over here of late."""
    return bool(care_tasks.handed_by(work, conversation, work.now - SPOKEN_OF).get("facts"))


def all_went(work: Work, conversation: str) -> bool:
    """Whether what was handed over here last was every child of the family."""
    return bool(care_tasks.handed_by(work, conversation, work.now - SPOKEN_OF).get(care_tasks.ALL_WENT))


def begin(work: Work, conversation: str, inbox_id: int, text: str, *, another: bool = False) -> str | None:
    """Begin a check with the facts that were handed over here last, and take what is told now. What was handed over
    stays as it is until this one is handed over too. `another`: it is of another child of the same home, which has its
    parents' facts. Nothing handed over here: a new check. Returns what is asked."""
    handed = care_tasks.handed_by(work, conversation, work.now - SPOKEN_OF)
    if not handed.get("facts"):
        return talk.start(work, conversation, inbox_id, text)
    conversations.enter(work, conversation, FLOW, told_rasa=False)
    draft = drafts.begin(work, conversation, FLOW)
    facts = {fact: said for fact, said in handed["facts"].items() if not (another and recap.group_of(fact) == "child")}
    check = Check(facts=facts, english=bool(handed.get("english")))
    keep(work, draft, check, "fact")
    mailbox.say(work, conversation, "eligibility.anew.other" if another else "eligibility.anew", reply_to=inbox_id)
    return talk.turn(work, conversation, inbox_id, text, Meant())
