"""The way out of a report talk, at any of its questions: what nobody has yet is let go, what people have stays, and
both are said (reports.md §5, §8: S0 and S1 end only after a staff check). And a question about what is only planned,
which the talk took for a report: none is made of it."""

from __future__ import annotations

from bot.reading import danger
from bot.reading.dangers import planning
from bot.reading.normalise import normalise
from bot.reading.reports import asides, only_named, sending, stopping, told
from bot.reading.talk import replies
from bot.services import conversations, drafts
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import absorbing, filing, questions
from bot.services.work import Work
from bot.storage.tables import Conversation, Draft

FLOW, EFFECT, CROSS = "report", "words", "cross"
A_WISH = 12
OF_THE_MATTER = ("danger_now", "what", "kind", "confirm", "more")
"""Questions at which that is an answer, or is added."""


def heard(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """End the open report talk where somebody wants out of it, or says that he only asked. False: he does not, tells
    something with it, or is asked back once (`confirming`). The caller has seen that there is no emergency."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None or work.session.get_one(Conversation, conversation).flow != FLOW:
        return False
    hit, answers = danger.read(text), drafts.answers(work, draft)
    calm = not told.read(text).signs and set(hit.kinds) <= ({danger.HUNCH} if not answers.childs else set())
    if calm and draft.asked != "confirm" and (said := _of_the_talk(answers, text)) is not None:
        if mailbox.take_effect(work, inbox_id, EFFECT):
            mailbox.say(work, conversation, said, reply_to=inbox_id)
            questions.not_counted(work, draft, answers, draft.asked or "what", inbox_id)
        return True
    if calm and _calm_now(draft, answers, text):
        if mailbox.take_effect(work, inbox_id, EFFECT):
            questions.absorb(work, draft, answers, inbox_id, text, asked=draft.asked or "what")
            if not mailbox.is_answered(work, inbox_id):
                mailbox.say(work, conversation, "report.noted", reply_to=inbox_id)
            questions.stay_or_ask(work, draft, answers, draft.asked or "what", inbox_id)
        return True
    out = stopping.read(text) if calm else None
    asked_back = out is not None and draft.asked == "confirm" and (out.weak or out.cross)
    planned = calm and out is None and _only_asked(draft, answers, text)
    if asked_back or not (out is not None or planned):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        if planned or (out is not None and told_nothing(draft, answers)):
            let_go(work, draft, answers, inbox_id)
        else:
            filing.cancel(work, draft, answers, inbox_id, text)
    return True


def _of_the_talk(answers: Answers, text: str) -> str | None:
    """What is said to who wants it left as it is (等等 别撤), or only says that it is of no use (白费劲), once; neither
    is an answer to anything. None: neither."""
    if replies.keeps_it(text) and len(text) <= A_WISH:
        return "report.resumed"
    cross = sending.complains(text) or (sending.stops(text) and stopping.read(text) is None)  # 爱咋咋地
    if not cross or CROSS in answers.advised or answers.childs:
        return None
    answers.advised.append(CROSS)
    return "report.cross"


def _calm_now(draft: Draft, answers: Answers, text: str) -> bool:
    """Whether who told of danger, or did not know, says that there is none now. With a yes to something before it
    (可以 倒也没现在打) it is the answer to that as well."""
    if answers.facts.get("danger_now") not in ("yes", "unknown") or draft.asked in OF_THE_MATTER:
        return False
    lead = replies.lead(text)
    says = absorbing.says_no_danger(answers, told.read(text), text, danger.read(text), "")
    return says and not (lead is not None and lead.kind == "yes") and asides.OVER not in asides.kinds(text)


def told_nothing(draft: Draft, answers: Answers) -> bool:
    """Whether all that was said so far asks what is laid down, or if something planned is allowed, and people have
    nothing of it: whoever then says that there is no danger reports nothing."""
    return _was_planned(draft, answers) or _only_a_question(draft, answers)


def _only_a_question(draft: Draft, answers: Answers) -> bool:
    said = "，".join(one for _, one in answers.words)  # what is asked stands apart from what is told with it
    waits = draft.report is None and draft.asked == "danger_now" and answers.facts.get("danger_now") != "yes"
    return waits and only_named.only_asked(said, told.read(said).signs)


def _was_planned(draft: Draft, answers: Answers) -> bool:
    """Whether all that was told asks if something planned is allowed, and no sign of harm was read in it."""
    said = answers.words_of("what")
    plans = [planning.only_planned(normalise(one).text) for one in said]
    return (
        _nothing_told(draft, answers)
        and any(plans)
        and all(plan or stopping.not_yet(one) for one, plan in zip(said, plans, strict=True))
    )


def only_asked(work: Work, draft: Draft, answers: Answers, inbox_id: int, rest: str = "") -> bool:
    """Take a no to the danger question where nothing but a question was told before: no report is made of it. With more
    behind the no (`rest`) the talk goes on with that alone. Returns whether it is over."""
    if not told_nothing(draft, answers):
        return False
    if not rest:
        let_go(work, draft, answers, inbox_id)
        return True
    answers.facts["signs"], answers.doubtful = [], []
    return False


def let_go(work: Work, draft: Draft, answers: Answers, inbox_id: int) -> None:
    """No report is made of a question; the rule was told with the question about danger."""
    key = "report.only_planned" if _was_planned(draft, answers) else "report.only_asked"
    mailbox.say(work, draft.conversation, key, reply_to=inbox_id)
    drafts.close(work, draft, "cancelled")
    conversations.enter(work, draft.conversation, None, told_rasa=False)


def _only_asked(draft: Draft, answers: Answers, text: str) -> bool:
    lead = replies.lead(text)
    denied = lead is not None and lead.kind == "no" and not lead.rest and draft.asked == "danger_now"
    if denied and told_nothing(draft, answers):
        return True
    return _nothing_told(draft, answers) and stopping.not_yet(text)


def _nothing_told(draft: Draft, answers: Answers) -> bool:
    danger_told = answers.facts.get("danger_now") == "yes" or bool(answers.doubtful)
    return draft.report is None and not answers.facts.get("signs") and not danger_told
