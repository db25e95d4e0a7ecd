"""The way out of a report talk, at any of its questions: what nobody has yet is let go, what people have stays, and
both are said (reports.md §5, §8: S0 and S1 end only after a staff check). And a question about what is only planned,
which the talk took for a report: none is made of it."""

from __future__ import annotations

from bot.reading import danger, planning, replies, stopping, told
from bot.reading.normalise import normalise
from bot.services import conversations, drafts
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import filing
from bot.services.work import Work
from bot.storage.tables import Conversation, Draft

FLOW, EFFECT = "report", "words"


def heard(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """End the open report talk where somebody wants out of it, or says that he only asked. False: he does not, tells
    something with it, or is asked back once (`confirming`). The caller has seen that there is no emergency."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None or work.session.get_one(Conversation, conversation).flow != FLOW:
        return False
    hit, answers = danger.read(text), drafts.answers(work, draft)
    calm = not told.read(text).signs and set(hit.kinds) <= ({danger.HUNCH} if not answers.childs else set())
    out = stopping.read(text) if calm else None
    asked_back = out is not None and draft.asked == "confirm" and (out.weak or out.cross)
    planned = calm and out is None and _only_asked(draft, answers, text)
    if asked_back or not (out is not None or planned):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        if planned or (out is not None and was_planned(draft, answers)):
            let_plan_go(work, draft, inbox_id)
        else:
            filing.cancel(work, draft, answers, inbox_id, text)
    return True


def was_planned(draft: Draft, answers: Answers) -> bool:
    """Whether all that was told asks if something planned is allowed, and no sign of harm was read in it."""
    said = answers.words_of("what")
    plans = [planning.only_planned(normalise(one).text) for one in said]
    return (
        _nothing_told(draft, answers)
        and any(plans)
        and all(plan or stopping.not_yet(one) for one, plan in zip(said, plans, strict=True))
    )


def let_plan_go(work: Work, draft: Draft, inbox_id: int) -> None:
    """No report is made of a question; the rule was told with the question about danger."""
    mailbox.say(work, draft.conversation, "report.only_planned", reply_to=inbox_id)
    drafts.close(work, draft, "cancelled")
    conversations.enter(work, draft.conversation, None, told_rasa=False)


def _only_asked(draft: Draft, answers: Answers, text: str) -> bool:
    if not _nothing_told(draft, answers):
        return False
    lead = replies.lead(text)
    denied = lead is not None and lead.kind == "no" and not lead.rest and draft.asked == "danger_now"
    return stopping.not_yet(text) or (denied and was_planned(draft, answers))


def _nothing_told(draft: Draft, answers: Answers) -> bool:
    danger_told = answers.facts.get("danger_now") == "yes" or bool(answers.doubtful)
    return draft.report is None and not answers.facts.get("signs") and not danger_told
