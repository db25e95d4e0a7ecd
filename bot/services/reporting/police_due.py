"""That the police were not told yet is a fact, and the moment to say what is to be done (reports.md §3.6)."""

from __future__ import annotations

from bot.reading import danger
from bot.reading.aftermath import police_told
from bot.reading.reports import told
from bot.reading.talk import replies
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import filing, questions
from bot.services.work import Work
from bot.storage.tables import Draft


def takes(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int, text: str) -> bool:
    """Keep that nobody has told the police, say what that means here, and go on. False: it is not said, or is no more
    than a part of what is told."""
    if answers.menu or not police_told.not_yet(text) or replies.worry(text) is not None:
        return False
    if danger.read(text).level != "none" or told.read(text).signs:
        return False
    questions.absorb(work, draft, answers, inbox_id, text, asked="what")
    mailbox.say(work, draft.conversation, f"report.police_due.{_how(answers)}", reply_to=inbox_id)
    questions.not_counted(work, draft, answers, asked, inbox_id)
    return True


def _how(answers: Answers) -> str:
    """Whose duty it is, or that of harm anybody should, and of need nobody must."""
    harm = filing.severity_of(answers) in filing.HARM or answers.facts.get("danger_now") == "yes"
    if answers.childs:
        return "child"
    if not harm:
        return "need"
    if not filing.must_report(answers):
        return "harm"
    return "school" if answers.facts.get("unit") == "school" else "duty"
