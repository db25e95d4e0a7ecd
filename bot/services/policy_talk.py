"""Where a policy question may come in: by itself, in the middle of any flow, with Rasa away. None loses its place."""

from __future__ import annotations

from bot.reading import answers as short
from bot.reading import policy_questions
from bot.services import binding, drafts, flows, intake, mailbox, policy_answers, redirecting, returning
from bot.services.meaning import Meant
from bot.services.work import Work

EFFECT = "words"
UNSURE = 0.6
NO_ANSWER = ("chat.out_of_scope", "chat.nothing_open")
"""Replies that would leave a policy question unanswered."""
ALSO_LIKELY = ("chat.help", "chat.human", "chat.mental_health", "chat.bot", "chat.greet")
"""Replies that are often right for words near a policy question."""
FOR_EVERYBODY = frozenset({intake.FLOW, returning.STATUS, returning.SUPPLEMENT, "eligibility", "contact", "entrusted"})
"""Flows whose first words may be a question in general; staff who ask for their visits want the list."""


def take(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """What the classifier took for a policy question. Told harm is a report all the same; once per message."""
    if not mailbox.take_effect(work, inbox_id, EFFECT):
        return
    plainly = policy_answers.plainly_asked(text)
    if not plainly and returning.add_to_own(work, conversation, inbox_id, text):
        return
    if intake.tells_harm(text) and not plainly:
        if not redirecting.refuses(work, conversation, inbox_id):
            intake.start(work, conversation, inbox_id, text)
        return
    policy_answers.answer(work, conversation, inbox_id, text)


def asks(text: str) -> bool:
    """Whether our own reading is sure of a policy question and nothing of a child's trouble is told in it."""
    return policy_answers.plainly_asked(text) and not intake.tells_trouble(text)


def instead(work: Work, conversation: str, text: str, key: str) -> bool:
    """Whether a policy question is answered instead of the stateless reply the classifier chose."""
    if key.startswith(ALSO_LIKELY):
        likely = policy_questions.to_us(text) or intake.tells_trouble(text)
        return not likely and policy_answers.very_plainly_asked(text)
    if not key.startswith(NO_ANSWER):
        return False
    near = policy_answers.may_be_asked(text) and not intake.tells_trouble(text)
    return near or policy_answers.follows(work, conversation, text)


def rather_than(flow: str, text: str, meant: Meant) -> bool:
    """Whether words that would begin a flow ask what is so in general, and not for the writer's own case.

    Where the classifier is not sure of the flow, a question that is only near to ours is enough.
    """
    if policy_questions.own_case(text):
        return False
    if flow == binding.FLOW:
        return policy_answers.very_plainly_asked(text)
    near = meant.confidence < UNSURE and policy_answers.may_be_asked(text) and not intake.reads_like_a_report(text)
    return flow in FOR_EVERYBODY and (asks(text) or near)


def asks_in_general(text: str) -> bool:
    """Where nothing can be taken down anyway (redirect mode), being near is enough; only told harm is against it."""
    return policy_answers.may_be_asked(text) and not intake.tells_harm(text)


def asks_or_follows(work: Work, conversation: str, text: str) -> bool:
    """The same, or a short question that goes on from an answer just given here."""
    return asks(text) or policy_answers.follows(work, conversation, text)


def aside(work: Work, conversation: str, inbox_id: int, flow: str, text: str, meant: Meant) -> bool:
    """Answer a policy question asked in the middle of a flow. The caller asks the open question again. False: none."""
    draft = drafts.current(work, conversation, flow)
    if draft is None or short.short_answer(text) is not None:
        return False
    sure = meant.aside_while(draft.asked or "") == policy_answers.KEY
    if not sure and not asks_or_follows(work, conversation, text):
        return False
    policy_answers.answer(work, conversation, inbox_id, text)
    return True


def ask_open_question(work: Work, conversation: str, inbox_id: int, flow: str | None) -> None:
    """Something was answered beside an open flow: its question comes again, its place is not lost."""
    if flow == intake.FLOW:
        intake.come_back(work, conversation, inbox_id)
    elif flow is not None and flow in flows.FLOWS:
        flows.FLOWS[flow].start(work, conversation, inbox_id, told_rasa=True)
    elif flow in (returning.STATUS, returning.SUPPLEMENT):
        returning.ask_again(work, conversation, inbox_id, flow)
