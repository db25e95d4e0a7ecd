"""The report talk goes on: after a stop, another day with what was told read back, or after something beside it."""

from __future__ import annotations

from datetime import timedelta

from bot.services import conversations, drafts
from bot.services.mail import mailbox
from bot.services.reporting import filing, intake, questions, readback
from bot.services.work import Work

JUST_NOW = timedelta(hours=1)
"""Who comes back later than that hears what he told."""


def go_on(work: Work, conversation: str, inbox_id: int) -> None:
    """Take up again what somebody had stopped within the day; when nothing of it is kept, say so and begin anew."""
    draft = drafts.current(work, conversation, intake.FLOW) or drafts.take_down(work, conversation, intake.FLOW)
    if draft is None:
        mailbox.say(work, conversation, "report.nothing_kept", reply_to=inbox_id)
        intake.start(work, conversation, inbox_id)
        return
    conversations.enter(work, conversation, intake.FLOW, told_rasa=False)
    answers = drafts.answers(work, draft)
    if draft.updated_at < work.now - JUST_NOW and not filing.told_nothing(answers):
        read = {"recap": readback.recap(answers)}
        mailbox.say(work, conversation, "report.resumed.told", read, reply_to=inbox_id)
    else:
        mailbox.say(work, conversation, "report.resumed", reply_to=inbox_id)
    questions.proceed(work, draft, answers, inbox_id)


def ask_again(work: Work, conversation: str, inbox_id: int) -> None:
    """Ask the open question of the report talk once more, after something beside it was answered."""
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is not None:
        questions.ask(work, draft, drafts.answers(work, draft), draft.asked or "what", inbox_id)


def come_back(work: Work, conversation: str, inbox_id: int) -> None:
    """Something else was looked up in the middle of a report: the open question comes again."""
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is not None:
        conversations.enter(work, conversation, intake.FLOW, told_rasa=False)
        mailbox.say(work, conversation, "report.come_back", reply_to=inbox_id)
        questions.proceed(work, draft, drafts.answers(work, draft), inbox_id)
