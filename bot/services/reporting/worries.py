"""What who tells of a child is unsure of doing himself (能不能先不报警, 算不算诬告): answered kindly and
plainly wherever the talk stands; the words are kept all the same."""

from __future__ import annotations

from bot.reading import danger
from bot.reading.reports import fitting, told
from bot.reading.talk import replies
from bot.services import drafts
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import absorbing, asked_of_us, filing, questions
from bot.services.talk import advising
from bot.services.work import Work
from bot.storage.tables import Draft

POLICE, FAMILY = "police", "family_first"
BY_PEOPLE = frozenset({"violence", "sexual", "weapon", "blackmail", "locked_in"})
"""Where people did it the family is not told first: it may be one of them (reports.md §1.7)."""
OF_HARM = frozenset({"family_first", "boss", "photos", "hold", "records"})
"""What is unsafe to do, or need not be waited for, only where harm was told."""
OF_THE_CHILD = frozenset({"photos", "leave_asking", FAMILY})
"""What may hurt the child again or warn who hurt it (reports.md §1.4, §1.7, §4): answered before anything else."""
OF_SCHOOLS = "school_duty"
OF_DUTY = frozenset({*OF_HARM, "leave_asking", "pick_up"})
"""What whoever must report is unsure of: answered so in an emergency as well."""


def key(answers: Answers, text: str) -> str | None:
    """Text key of the answer to such a worry, by what was told and who writes; None: there is none, or danger is told
    with it."""
    worry = replies.worry(text)
    if worry is None or danger.read(text).level == "emergency" or replies.question(text) == OF_SCHOOLS:
        return None  # 光给派出所打电话就行了吧 教育局用不用报 is answered with both bodies, not with the police alone
    grave = filing.severity_of(answers) in filing.HARM or answers.facts.get("danger_now") == "yes"
    if worry in OF_HARM and (not grave or answers.childs):
        return None  # a teacher may talk with the family of a child that stays away from school
    if worry == FAMILY and not BY_PEOPLE & {*advising.kinds(answers.facts.get("signs", ()))}:
        return None  # the parents of a child that is left alone are to come home
    named = f"report.worry.{worry}" if grave or worry != POLICE else "report.worry.police.need"
    return asked_of_us.voiced(answers, named)


def answer(work: Work, conversation: str, inbox_id: int, answers: Answers, text: str) -> bool:
    """Answer such a worry beside a report. False: there is none."""
    said = key(answers, text)
    if said is not None:
        mailbox.say(work, conversation, said, reply_to=inbox_id)
    return said is not None


def of_duty(answers: Answers, text: str) -> bool:
    """Whether whoever must report is unsure of what only he has to know: 能不能先找家长谈谈."""
    return replies.worry(text) in OF_DUTY and filing.must_report(answers) and key(answers, text) is not None


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
    keep(work, draft, answers, asked, inbox_id, text)
    return True


def keep(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int, text: str) -> None:
    """Keep words that were answered beside the open question, which is not used up by them."""
    fits = fitting.target(asked, text) == asked and absorbing.tells_something(text)
    questions.absorb(work, draft, answers, inbox_id, text, asked=asked if fits else "what")
    questions.not_counted(work, draft, answers, asked, inbox_id)
