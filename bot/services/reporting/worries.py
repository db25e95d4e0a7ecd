"""What who tells of a child is unsure of doing himself (能不能先不报警, 算不算诬告): answered kindly and
plainly wherever the talk stands; the words are kept all the same."""

from __future__ import annotations

from bot.reading import danger, fitting, replies, told
from bot.services import drafts
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import absorbing, asked_of_us, filing, questions
from bot.services.work import Work
from bot.storage.tables import Draft

POLICE, TELL_PARENTS = "police", "tell_parents"
OF_THE_CHILD = frozenset({"photo", "leave_asking", TELL_PARENTS})
"""What may hurt the child again or warn who hurt it (reports.md §1.4, §1.7, §4): answered before anything else."""


def answer(work: Work, conversation: str, inbox_id: int, answers: Answers, text: str) -> bool:
    """Answer such a worry beside a report, by what was told in it. False: there is none, or danger is told with it."""
    worry = replies.worry(text)
    if worry is None or danger.read(text).level == "emergency":
        return False
    grave = filing.severity_of(answers) in filing.HARM or answers.facts.get("danger_now") == "yes"
    if worry == TELL_PARENTS and not grave:
        return False  # of a child out of school its parents may well be asked
    key = f"report.worry.{worry}" if grave or worry != POLICE else "report.worry.police.need"
    mailbox.say(work, conversation, asked_of_us.voiced(answers, key), reply_to=inbox_id)
    return True


def of_the_child(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Such a question about the child in the open report talk, whatever else the words sound like. False: none."""
    draft = drafts.current(work, conversation, "report")
    if draft is None or replies.worry(text) not in OF_THE_CHILD or told.read(text).signs:
        return False
    answers = drafts.answers(work, draft)
    if answers.childs or not take(work, draft, answers, draft.asked or "what", inbox_id, text):
        return False
    mailbox.take_effect(work, inbox_id, "words")
    return True


def take(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int, text: str) -> bool:
    """The same in the middle of the report talk: answered, kept, and the open question is not used up by it."""
    if answers.menu or not answer(work, draft.conversation, inbox_id, answers, text):
        return False
    fits = fitting.target(asked, text) == asked and absorbing.tells_something(text)
    questions.absorb(work, draft, answers, inbox_id, text, asked=asked if fits else "what")
    questions.not_counted(work, draft, answers, asked, inbox_id)
    return True
