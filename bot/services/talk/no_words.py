"""What answers nothing: no word of any language (asdfgh), or thanks in a talk that asks something else. Never a yes;
said plainly, and the question stands."""

from __future__ import annotations

from bot.reading.talk import courtesies, rubbish
from bot.services import drafts
from bot.services.mail import mailbox
from bot.services.reporting import editing, intake, questions
from bot.services.talk import failing, policy_talk
from bot.services.talk.opened import whats_open
from bot.services.work import Work
from bot.storage.tables import Conversation

EFFECT = "words"
KEY = "chat.no_words"
WAITING = ("contact",)
"""The talk of people who joined: a thank-you answers none of its questions, which wait."""


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Say that this was not understood, with what is offered, or with the open question again. False: it has words."""
    flow = whats_open(work, conversation).flow
    if flow in WAITING and courtesies.courtesy(text) == courtesies.THANKS:
        if mailbox.take_effect(work, inbox_id, EFFECT):
            mailbox.say(work, conversation, "chat.welcome_back", reply_to=inbox_id)
        return True
    if not rubbish.is_rubbish(text):
        return False
    if not mailbox.take_effect(work, inbox_id, EFFECT):
        return True
    if flow is None:
        failing.say(work, conversation, inbox_id, failing.UNCLEAR)
        return True
    row = work.session.get_one(Conversation, conversation)
    row.unclear_turns += 1
    mailbox.say(work, conversation, KEY if row.unclear_turns % 2 else f"{KEY}.again", reply_to=inbox_id)
    if flow == intake.FLOW:
        _ask_again(work, conversation, inbox_id)
    else:
        policy_talk.ask_open_question(work, conversation, inbox_id, flow)
    return True


def _ask_again(work: Work, conversation: str, inbox_id: int) -> None:
    """The open question of a report comes again and does not count as asked: three slips leave nothing open."""
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is None:
        return
    answers = drafts.answers(work, draft)
    before = dict(answers.times)
    if answers.menu:
        editing.offer(work, draft, answers, inbox_id)
        return
    asked = questions.ask(work, draft, answers, draft.asked or "what", inbox_id)
    answers.times = before
    drafts.save(work, draft, answers, asked)
