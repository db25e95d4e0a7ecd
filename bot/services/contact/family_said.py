"""What people of a family say in so many words: heard without a classifier, anywhere or with nothing open; and what
they ask and tell beside the weekly talk once Rasa told which of it."""

from __future__ import annotations

from bot import texts
from bot.reading.contact import weekly as week
from bot.reading.contact import weekly_asked, weekly_stopping
from bot.reading.families import checking
from bot.services.contact import (
    asked,
    employer_card,
    joining,
    looking,
    notices,
    parents,
    registering,
    stopping,
    week_added,
    weekly,
)
from bot.services.eligibility import talk as eligibility_talk
from bot.services.entrusted import paper_links
from bot.services.mail import mailbox
from bot.services.reporting import intake, returning
from bot.services.talk import policy_talk, redirecting
from bot.services.talk.opened import whats_open
from bot.services.work import Work

WORDS = "words"
ASKED_PLAINLY = (
    weekly.changes,
    employer_card.asked,
    paper_links.asked,
    parents.says_card,
    parents.asks_status,
    asked.freely,
)
"""What is asked for in so many words: each answers, or says that it is something else."""
ENTRUSTED = "entrusted"
BESIDE = (weekly.FLOW, joining.FLOW)
"""Talks in the middle of which the own papers are asked for: they are given, and the open question comes again."""


def anywhere(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """停止, 叫人帮我, an answer to a notice, in the middle of whatever is open; a question about the other parent, a
    wish that somebody looks in. False: none of these."""
    first = (stopping.says, parents.says_help, notices.says)
    if any(one(work, conversation, inbox_id, text) for one in first):
        return True
    now = whats_open(work, conversation)
    flow = now.flow
    if _of_the_week(work, conversation, inbox_id, text, flow):
        return True
    if flow == weekly.FLOW and now.asked != weekly.REMIND and joining.change(work, conversation, inbox_id, text):
        if whats_open(work, conversation).flow is None:  # the week goes on where it was
            policy_talk.ask_open_question(work, conversation, inbox_id, flow)
        return True
    if flow in BESIDE and paper_links.asked(work, conversation, inbox_id, text):
        policy_talk.ask_open_question(work, conversation, inbox_id, flow)
        return True
    if flow == weekly.FLOW and text.strip(" 。.!！?？") in texts.phrase("join.change_asked").split():
        if mailbox.take_effect(work, inbox_id, WORDS):
            joining.start(work, conversation, inbox_id)
        return True
    if flow in (intake.FLOW, joining.FLOW) and _of_the_questions(work, conversation, inbox_id, text, flow):
        return True
    if flow not in (None, weekly.FLOW):
        return False
    beside = (parents.asks_about_other, looking.wants_look)
    return any(one(work, conversation, inbox_id, text) for one in beside)


def _of_the_week(work: Work, conversation: str, inbox_id: int, text: str, flow: str | None) -> bool:
    """What adds to the week or asks of it, wherever it is said: what was open goes on where it was. False: none of
    it."""
    told_aside = flow == ENTRUSTED  # a wish for a carer swallows no call, and a call names no carer
    took = week_added.takes(work, conversation, inbox_id, text, told_aside=told_aside)
    if took and flow == weekly.FLOW:
        weekly.start(work, conversation, inbox_id)
        return True
    took = took or (flow == weekly.FLOW and asked.in_the_week(work, conversation, inbox_id, text))
    if took and flow == weekly.FLOW and weekly_asked.for_today(text):
        stopping.shelve(work, conversation, flow)
        return True
    if took and flow is not None:
        policy_talk.ask_open_question(work, conversation, inbox_id, flow)
    return took or (flow == weekly.FLOW and weekly.changes(work, conversation, inbox_id, text))


def _of_the_questions(work: Work, conversation: str, inbox_id: int, text: str, flow: str) -> bool:
    """The hour of the weekly questions or what is asked of them, said in the middle of joining or of a report, which it
    is no part of; what is still open there is asked again. False: it is none of this."""
    took = asked.in_a_report(work, conversation, inbox_id, text)
    of_us = weekly_stopping.of_messages(text) and not intake.tells_harm(text)
    took = took or (of_us and joining.change(work, conversation, inbox_id, text))
    if took and (flow == intake.FLOW or joining.stands(work, conversation, text)):
        policy_talk.ask_open_question(work, conversation, inbox_id, flow)
    return took


def freely(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """With nothing open: joining, another hour, a card, how the child is, the week. False: none of these."""
    said = text.strip(" 。.!！?？")
    joined = bool(parents.plans_here(work, conversation))
    changes = joined and said in texts.phrase("join.change_asked").split()
    if stopping.wants_on(work, conversation, text):
        return joining.change(work, conversation, inbox_id, text) or asked.goes_on(work, conversation, inbox_id, text)
    if said in texts.phrase("join.asked_for").split() or changes:
        if mailbox.take_effect(work, inbox_id, WORDS):
            joining.start(work, conversation, inbox_id)
        return True
    if joined and any(one(work, conversation, inbox_id, text) for one in (registering.hears, joining.change)):
        return True
    if joined and (week.comes_home(text) or week.visits_home(text)) and asked.asks(text) is None:
        if mailbox.take_effect(work, inbox_id, WORDS):
            parents.comes_home(work, conversation, inbox_id, for_good=week.comes_home(text))
        return True
    if checking.asks_duties(text):
        if mailbox.take_effect(work, inbox_id, WORDS):
            mailbox.say(work, conversation, "eligibility.duties", reply_to=inbox_id)
        return True
    if any(one(work, conversation, inbox_id, text) for one in ASKED_PLAINLY):
        return True
    asks = policy_talk.asks_or_follows(work, conversation, text) or eligibility_talk.tells_much(work, text)
    return weekly.answers_unasked(work, conversation, inbox_id, text, free=not asks)


def family_matter(work: Work, conversation: str, inbox_id: int, matter: str, text: str) -> None:
    """What families ask or tell, one of `parents.MATTERS`; told harm is a report, whatever it was taken for."""
    if not mailbox.take_effect(work, inbox_id, WORDS):
        return
    if matter == parents.HEAVY_HEART and redirecting.applies(work, conversation):
        mailbox.say(work, conversation, "chat.mental_health", reply_to=inbox_id)
    elif redirecting.refuses(work, conversation, inbox_id):
        return
    elif intake.tells_harm(text):
        intake.start(work, conversation, inbox_id, text)
    elif returning.add_to_own(work, conversation, inbox_id, text):
        return
    elif not policy_talk.serve(work, conversation, inbox_id, text, matter):
        parents.MATTERS[matter](work, conversation, inbox_id, text)
