"""Words that may mean danger and need not: a report talk that waits for the answer to the one question about them."""

from __future__ import annotations

from bot.reading import danger
from bot.reading.reports import asides, only_named, told
from bot.services import conversations, drafts
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import filing, intake, on_file, questions
from bot.services.talk import advising, child_talk
from bot.services.work import Work


def begin(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Open the report talk with what a message tells. Who asks what is done about a carer who drinks is asked first
    whether a child is in danger: nothing is opened before the answer."""
    if asks_of_neglect(text):
        ask(work, conversation, inbox_id, text)
    else:
        intake.start(work, conversation, inbox_id, text)


def asks_of_neglect(text: str) -> bool:
    """Whether what tells of neglect in a message stands in a question of what is laid down."""
    signs = told.read(text).signs
    return not only_named.NEGLECT.isdisjoint(signs) and only_named.only_asked(text, signs)


def ask(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Words that may mean danger: one question with two buttons, before anything else (reports.md §3.1); only whoever
    must report harm himself hears of that before it."""
    answers = hold(work, conversation, inbox_id, text)
    draft = drafts.current(work, conversation, intake.FLOW)
    duty = draft is not None and filing.say_duty(work, draft, answers, inbox_id)
    key = "report.danger_now" if duty else advising.doubt_key(answers)
    if asides.wants_secrecy(text):
        advising.say_secret(work, conversation, inbox_id, answers, text)
    mailbox.say(work, conversation, key, reply_to=inbox_id)
    if draft is not None and duty:
        answers.times[key] = 1
        drafts.save(work, draft, answers, "danger_now")


def hold(work: Work, conversation: str, inbox_id: int, text: str) -> Answers:
    """Begin, or go on with, a report talk that waits for the answer to the danger question about these words."""
    known = drafts.current(work, conversation, intake.FLOW)
    draft = known or drafts.begin(work, conversation, intake.FLOW)
    answers = drafts.answers(work, draft)
    if known is None:
        questions.take_earlier(work, draft, answers, inbox_id, child_talk.kept(work, conversation))
    questions.absorb(work, draft, answers, inbox_id, text, asked=draft.asked or "what")
    if draft.asked is None:
        on_file.fill(work, conversation, answers, text)
        answers.advised += [] if danger.read(text).if_now else [intake.ODD]
    if advising.URGE in danger.read(text).kinds:
        answers.advised.append(advising.URGE)
        if "学生" not in text:
            answers.settle("reporter_type", "given")
            answers.facts.setdefault("reporter_type", "guardian")  # it is his own child
    conversations.enter(work, conversation, intake.FLOW, told_rasa=False)
    drafts.save(work, draft, answers, "danger_now")
    return answers
