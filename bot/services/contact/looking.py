"""Somebody who joined wants a person to look in at home: what he tells with it goes along, whom it is kept from is said
truthfully, and it is one task, however it is said (contact_prompts.md §3, §6).
"""

from __future__ import annotations

from bot.reading.contact import weekly_asked
from bot.reading.contact import worries as worries_said
from bot.reading.reports import reporting
from bot.services import drafts
from bot.services.contact import hearing, parents, told_aside, worries
from bot.services.contact import plans as contact_plans
from bot.services.contact import rungs as contact_rungs
from bot.services.mail import mailbox
from bot.services.reporting import intake
from bot.services.work import Work

WEEKLY, SOON = "contact", "signal_soon"


def wants_look(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Ask the child director, as by the button, with the worry told in the same breath. False: that is not wanted."""
    plans = parents.plans_here(work, conversation)
    if not plans or not reporting.wants_look(text) or intake.tells_harm(text):
        return False
    if not mailbox.take_effect(work, inbox_id, parents.STOP):
        return True
    draft = drafts.current(work, conversation, WEEKLY)
    grown_up = plans[0].voice != contact_plans.CHILD
    if grown_up and worries_said.worries(text):
        told_aside.keep(work, plans, text)
        worries.keep(work, draft, plans, text)
    if weekly_asked.read(text) == weekly_asked.SECRET:
        mailbox.say(work, conversation, "open.seen.contact", reply_to=inbox_id)
    if any(rung.step == SOON for rung in contact_rungs.open_of(work, plans[0])):
        mailbox.say(work, conversation, f"contact.help.{plans[0].voice}", reply_to=inbox_id)
    else:
        parents.TAPS["help"](work, conversation, inbox_id, "help", "me")
    if draft is not None:
        for question in (worries.CONCERN, hearing.WORDS):
            hearing.drop(work, draft, question)
        if draft.asked in (worries.CONCERN, hearing.WORDS):
            drafts.keep(work, draft, drafts.contents(work, draft), None)
    return True
