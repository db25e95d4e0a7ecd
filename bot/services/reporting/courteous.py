"""Thanks, or 好的, instead of an answer: answered as such, and what is still open is not asked as if it were one."""

from __future__ import annotations

from bot.reading.talk import courtesies
from bot.services import drafts
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import questions
from bot.services.work import Work
from bot.storage.tables import Draft

MARK, BELIEVED = "courtesy", "report.believed"


def takes(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int, text: str) -> bool:
    """Answer a courtesy; the question stays open, and whoever means to end is not held. False: it is none, or it agrees
    to what was asked (好的 at anything but the question about danger)."""
    kind = courtesies.courtesy(text)
    if kind is None or (kind == courtesies.HEARD and asked != "danger_now"):
        return False
    again = MARK in answers.advised
    answers.advised += [] if again else [MARK]
    child = ".child" if answers.childs else ""
    if asked == "danger_now" and not again:
        # No report is opened by a thank-you, and nothing is said of danger by it: the question waits.
        mailbox.say(work, draft.conversation, f"report.courtesy.danger{child}", reply_to=inbox_id)
        drafts.save(work, draft, answers, asked)
        return True
    if kind == courtesies.THANKS:
        mailbox.say(work, draft.conversation, f"report.courtesy{child}", reply_to=inbox_id)
    if not again:
        questions.not_counted(work, draft, answers, asked, inbox_id)
    elif draft.report is not None:
        questions.end_here(work, draft, inbox_id)
    else:
        questions.leave(answers, asked, "unclear")
        questions.proceed(work, draft, answers, inbox_id)
    return True


def note(work: Work, draft: Draft, answers: Answers, inbox_id: int, *, trouble: bool) -> None:
    """Say that words which answer nothing were kept; a child that tells of trouble hears, once, that it is believed."""
    believed = trouble and answers.childs and BELIEVED not in answers.advised
    answers.advised += [BELIEVED] if believed else []
    mailbox.say(work, draft.conversation, BELIEVED if believed else "report.noted", reply_to=inbox_id)
