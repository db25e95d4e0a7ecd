"""Where a policy question may come in: by itself, in the middle of any flow, with Rasa away. None loses its place."""

from __future__ import annotations

from bot.reading import answers as short
from bot.services import drafts, flows, intake, mailbox, policy_answers, redirecting, returning
from bot.services.meaning import Meant
from bot.services.work import Work

EFFECT = "words"


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


def asks_in_general(text: str) -> bool:
    """The same where nothing can be taken down anyway (redirect mode): only told harm speaks against an answer."""
    return policy_answers.plainly_asked(text) and not intake.tells_harm(text)


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
