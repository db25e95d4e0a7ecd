"""A guardian registers a child, or refuses: what it means is said first, in the guardian's own chat (PIPL-31).

Who agrees gets the child's code and hands it over; the child is then asked itself whether it wants to.
"""

from __future__ import annotations

from bot.reading.contact import consenting
from bot.reading.talk import answers as short
from bot.services import conversations, drafts
from bot.services.contact import answers as contact_answers
from bot.services.contact import consents as contact_consents
from bot.services.contact import invites, sending
from bot.services.contact import plans as contact_plans
from bot.services.contact import rungs as contact_rungs
from bot.services.contact import safety as contact_safety
from bot.services.contact import staff as contact_staff
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import ContactPlan, Draft

FLOW = "join"
WHICH, AGREES = "child", "guardian"
STEPS = (WHICH, AGREES)
FIELDS = (*STEPS, "child_out")
OWN = "own"
"""A button under which the guardian begins it, the child not yet named."""


def hears(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """给孩子也加入, 别再问孩子了 of somebody who joined. False: these words say something else."""
    out = consenting.takes_back(text)
    if not out and not consenting.registers_child(text):
        return False
    if _plans(work, conversation) is None:
        return False
    if mailbox.take_effect(work, inbox_id, "words"):
        _take_back(work, conversation, inbox_id) if out else _begin(work, conversation, inbox_id)
    return True


def tap(work: Work, conversation: str, inbox_id: int, field: str, value: str) -> bool:
    """Settle one of FIELDS. False: whoever is here has no such child, or is not asked that now."""
    plans = _plans(work, conversation)
    if plans is None:
        return False
    plan = next((one for one in plans if one.child == value), None)
    if field == AGREES:
        draft = drafts.current(work, conversation, FLOW)
        if draft is None or draft.asked != AGREES:
            return False
        _settle(work, draft, inbox_id, value)
    elif value == OWN:
        _begin(work, conversation, inbox_id)
    elif plan is None:
        return False
    elif field == WHICH:
        _show(work, conversation, inbox_id, plan)
    else:
        _refuse(work, conversation, inbox_id, plan)
    return True


def turn(work: Work, draft: Draft, inbox_id: int, text: str, reply: str | None) -> str | None:
    """Take one typed answer: which child, or yes or no. Without a clear yes nobody has agreed."""
    answer = short.short_answer(text) or reply
    if draft.asked == AGREES and answer in (contact_consents.YES, contact_consents.NO):
        return _settle(work, draft, inbox_id, str(answer))
    plans = _plans(work, draft.conversation) or []
    named = [plan for plan in plans if sending.label(plan) in text]
    if draft.asked == WHICH and len(named) == 1:
        return _show(work, draft.conversation, inbox_id, named[0])
    kept = drafts.contents(work, draft)
    if kept.get("missed"):
        mailbox.say(work, draft.conversation, "join.child.no_yes", reply_to=inbox_id)
        return _end(work, draft)
    drafts.keep(work, draft, {**kept, "missed": 1}, draft.asked)
    mailbox.say(work, draft.conversation, "join.not_clear", reply_to=inbox_id)
    return ask_again(work, draft, inbox_id)


def ask_again(work: Work, draft: Draft, inbox_id: int) -> str | None:
    """What was asked before something else came in between."""
    plans = _plans(work, draft.conversation) or []
    child = drafts.contents(work, draft).get("child")
    plan = next((one for one in plans if one.child == child), None)
    if draft.asked == AGREES and plan is not None:
        return _show(work, draft.conversation, inbox_id, plan)
    return _begin(work, draft.conversation, inbox_id)


def _plans(work: Work, conversation: str) -> list[ContactPlan] | None:
    """The plans of whoever joined here; None: nobody did, or a child."""
    person = contact_plans.speaker(work, conversation)
    plans = contact_plans.of_person(work, person) if person is not None else []
    return plans if plans and plans[0].voice != contact_plans.CHILD else None


def _guarded(work: Work, plans: list[ContactPlan]) -> list[ContactPlan]:
    """Of these the ones whose child this person is a guardian of and answers for."""
    return [plan for plan in plans if contact_answers.kind_of(work, plan) in contact_consents.RELATIONS]


def _begin(work: Work, conversation: str, inbox_id: int) -> str | None:
    own = _guarded(work, _plans(work, conversation) or [])
    old_enough = [plan for plan in own if not contact_consents.too_young(work, plan.child)]
    if not old_enough:
        mailbox.say(work, conversation, "join.child.young" if own else "join.child.not_guardian", reply_to=inbox_id)
        return _leave(work, conversation)
    if len(old_enough) == 1:
        return _show(work, conversation, inbox_id, old_enough[0])
    choices = [[sending.label(plan), f"join.{WHICH}={plan.child}"] for plan in old_enough]
    mailbox.say(work, conversation, "join.child.which", {"choices": choices}, reply_to=inbox_id)
    drafts.keep(work, _draft(work, conversation), {}, WHICH)
    return WHICH


def _show(work: Work, conversation: str, inbox_id: int, plan: ContactPlan) -> str | None:
    """What the child would be asked, who sees it, and that a no costs nothing."""
    if not _may(work, plan):
        mailbox.say(work, conversation, "join.child.director", reply_to=inbox_id)
        return _leave(work, conversation)
    mailbox.say(work, conversation, "join.child.notice", {"who": sending.who([plan])}, reply_to=inbox_id)
    draft = _draft(work, conversation)
    kept = drafts.contents(work, draft)
    missed = {"missed": kept["missed"]} if kept.get("child") == plan.child and kept.get("missed") else {}
    drafts.keep(work, draft, {"child": plan.child, **missed}, AGREES)
    return AGREES


def _may(work: Work, plan: ContactPlan) -> bool:
    """Whether this person answers for the child here: a guardian, nobody who may be the source of harm, of a child that
    is old enough."""
    return (
        contact_answers.kind_of(work, plan) in contact_consents.RELATIONS
        and contact_safety.may_be_asked(work, plan)
        and not contact_consents.too_young(work, plan.child)
    )


def _settle(work: Work, draft: Draft, inbox_id: int, said: str) -> str | None:
    plans = _plans(work, draft.conversation) or []
    child = drafts.contents(work, draft).get("child")
    plan = next((one for one in plans if one.child == child), None)
    if plan is None or not _may(work, plan):
        mailbox.say(work, draft.conversation, "join.child.director", reply_to=inbox_id)
    elif said != contact_consents.YES:
        _refuse(work, draft.conversation, inbox_id, plan)
    else:
        contact_consents.answer(work, plan, contact_consents.YES)
        _hand_over(work, draft.conversation, inbox_id, plan)
    return _end(work, draft)


def _hand_over(work: Work, conversation: str, inbox_id: int, plan: ContactPlan) -> None:
    """The child's code; of a guardian who says no nobody else is told, but the child director sorts it out."""
    if not contact_consents.stands(work, plan.child):
        mailbox.say(work, conversation, "join.child.director", reply_to=inbox_id)
        return
    person = contact_staff.person_of(work, plan.child, "self")
    code = invites.invite(work, person, by=plan.person)
    args = {"code": code, "who": sending.who([plan]), "out": plan.child}
    mailbox.say(work, conversation, "join.child.code", args, reply_to=inbox_id)


def _refuse(work: Work, conversation: str, inbox_id: int, plan: ContactPlan) -> None:
    """A no, or a yes taken back: obeyed at once; the child director hears of it and talks with the family."""
    if contact_answers.kind_of(work, plan) not in contact_consents.RELATIONS:
        mailbox.say(work, conversation, "join.child.not_guardian", reply_to=inbox_id)
        return
    news = contact_consents.is_news(work, plan)
    contact_consents.answer(work, plan, contact_consents.NO)
    if news:
        contact_rungs.open_task(work, plan, "family_news", "guardian_said_no")
    mailbox.say(work, conversation, "join.child.refused", reply_to=inbox_id)


def _take_back(work: Work, conversation: str, inbox_id: int) -> None:
    own = _guarded(work, _plans(work, conversation) or [])
    if len(own) == 1:
        _refuse(work, conversation, inbox_id, own[0])
    elif own:
        choices = [[sending.label(plan), f"join.child_out={plan.child}"] for plan in own]
        mailbox.say(work, conversation, "join.child.which", {"choices": choices}, reply_to=inbox_id)
    else:
        mailbox.say(work, conversation, "join.child.not_guardian", reply_to=inbox_id)


def _draft(work: Work, conversation: str) -> Draft:
    conversations.enter(work, conversation, FLOW, told_rasa=False)
    return drafts.current(work, conversation, FLOW) or drafts.begin(work, conversation, FLOW)


def _leave(work: Work, conversation: str) -> str | None:
    draft = drafts.current(work, conversation, FLOW)
    if draft is not None and draft.asked in STEPS:
        _end(work, draft)
    return None


def _end(work: Work, draft: Draft) -> str | None:
    drafts.close(work, draft, "done")
    conversations.enter(work, draft.conversation, None, told_rasa=False)
    return None
