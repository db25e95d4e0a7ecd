"""What is said in the middle of an open talk and answers none of it: a pause, a question about us, and in a self-check
the wish that somebody else looks after the child, which is a talk of its own and takes along what was told."""

from __future__ import annotations

from bot.reading.entrusted import wishes
from bot.reading.talk import own_story, pausing, purposes, replies
from bot.services import drafts, flows
from bot.services.eligibility import recap
from bot.services.eligibility import state as check_state
from bot.services.eligibility import wishes as check_wishes
from bot.services.entrusted import talk as entrusted_talk
from bot.services.mail import mailbox
from bot.services.reporting import intake
from bot.services.talk import open_question, policy_talk
from bot.services.talk.meaning import Meant
from bot.services.talk.opened import Open
from bot.services.work import Work

EFFECT = "words"
OF_US = frozenset({"yours", "fee", "name", "police"})
"""Questions about us that a check has no answer of its own to."""
LINES = {"child": "kids", "father": "away", "mother": "away"}


def takes(work: Work, conversation: str, inbox_id: int, text: str, opened: Open) -> bool:
    """Take such words; the caller has seen that no danger is told. False: they may answer what is asked."""
    if _goes(work, conversation, inbox_id, text, opened) or open_question.takes(
        work, conversation, inbox_id, text, opened
    ):
        return True
    flow = opened.flow
    if flow is None or flow == intake.FLOW or flow not in flows.FLOWS:
        return False
    if pausing.is_one(text):
        if mailbox.take_effect(work, inbox_id, EFFECT):
            mailbox.say(work, conversation, "report.leaving", reply_to=inbox_id)
        return True
    if flow != check_state.FLOW or intake.tells_harm(text):
        return False
    asked = replies.question(text)
    if asked in OF_US:
        if mailbox.take_effect(work, inbox_id, EFFECT):
            mailbox.say(work, conversation, f"report.faq.{asked}", reply_to=inbox_id)
            policy_talk.ask_open_question(work, conversation, inbox_id, flow)
        return True
    plans = own_story.plans_to_leave(text) and purposes.has(text, purposes.QUESTION)
    if not (plans or wishes.wants_carer(text)):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        entrusted_talk.start(work, conversation, inbox_id, text, before=_told(work, conversation))
    return True


def _goes(work: Work, conversation: str, inbox_id: int, text: str, opened: Open) -> bool:
    """Whoever only thanks us for having told where to go, or goes then, hears how it stands, and no question."""
    draft = drafts.current(work, conversation, check_state.FLOW) if opened.flow == check_state.FLOW else None
    if draft is None or not check_wishes.has_all(work, draft, inbox_id, text):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        flows.FLOWS[check_state.FLOW].turn(work, conversation, inbox_id, text, Meant())
    return True


def _told(work: Work, conversation: str) -> dict[str, str]:
    """What the check was told of the child and its parents, in the words it was read back with."""
    draft = drafts.current(work, conversation, check_state.FLOW)
    if draft is None:
        return {}
    check = check_state.load(work, draft)
    told: dict[str, str] = {"area": check.home} if check.home else {}
    for group, name in LINES.items():
        facts = {fact: value for fact, value in check.facts.items() if recap.group_of(fact) == group}
        said = recap.recap(facts, work.today).removeprefix("· ")
        told[name] = "；".join(one for one in (told.get(name, ""), said) if one)
    return {name: said for name, said in told.items() if said}
