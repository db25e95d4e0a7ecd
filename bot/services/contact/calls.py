"""A parent who joined says 打了 and means the telephone: the word goes to the week and alarms nobody."""

from __future__ import annotations

from bot.reading import danger
from bot.reading.contact import calls_told
from bot.services import flows
from bot.services.contact import notices, parents, weekly
from bot.services.contact import plans as contact_plans
from bot.services.mail import mailbox
from bot.services.talk.meaning import Meant
from bot.services.talk.opened import whats_open
from bot.services.work import Work

WORDS, VIOLENCE = "words", "violence"


def told(work: Work, conversation: str, inbox_id: int, text: str, hit: danger.Danger) -> bool:
    """Take such words as an answer to a notice, else of the week. False: nobody joined as a parent, something else is
    open, or more than a call is told."""
    plans = parents.plans_here(work, conversation)
    flow = whats_open(work, conversation).flow
    of_a_parent = bool(plans) and plans[0].voice == contact_plans.PARENT and flow in (None, weekly.FLOW)
    said = calls_told.plainly(text) if set(hit.kinds) <= {VIOLENCE, danger.HUNCH} else ""
    if not of_a_parent or not said:
        return False
    if notices.says(work, conversation, inbox_id, text):
        return True
    if flow is None:
        return weekly.answers_unasked(work, conversation, inbox_id, said, free=True)
    if mailbox.take_effect(work, inbox_id, WORDS):
        flows.FLOWS[weekly.FLOW].turn(work, conversation, inbox_id, said, Meant())
    return True
