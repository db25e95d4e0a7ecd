"""Thanks, or 好的, instead of an answer: answered as such, and what is still open is not asked as if it were one."""

from __future__ import annotations

from bot.reading import courtesies
from bot.services import drafts
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import questions
from bot.services.work import Work
from bot.storage.tables import Draft

MARK = "courtesy"
NO_FORM = ("danger_now", "place")
"""What is still asked of somebody who thanks twice and whose report stands."""


def takes(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int, text: str) -> bool:
    """Answer a courtesy; the question stays open, and whoever means to end gets his code. False: it is none, or it
    agrees to what was asked (好的 at anything but the question about danger)."""
    kind = courtesies.courtesy(text)
    if answers.menu or kind is None or (kind == courtesies.HEARD and asked != "danger_now"):
        return False
    again = MARK in answers.advised
    answers.advised += [] if again else [MARK]
    only_doubted = asked == "danger_now" and not any(key.startswith("report.danger_now") for key in answers.times)
    if only_doubted and not again:
        # No report is opened by a thank-you: the one question about what sounded like danger waits.
        child = ".child" if answers.childs else ""
        mailbox.say(work, draft.conversation, f"report.courtesy.doubt{child}", reply_to=inbox_id)
        drafts.save(work, draft, answers, asked)
        return True
    if kind == courtesies.THANKS:
        child = ".child" if answers.childs else ""
        mailbox.say(work, draft.conversation, f"report.courtesy{child}", reply_to=inbox_id)
    if not again:
        questions.not_counted(work, draft, answers, asked, inbox_id)
    elif draft.report is not None and asked not in NO_FORM:
        questions.end_here(work, draft, inbox_id)
    else:
        questions.once_more(work, draft, answers, asked, inbox_id)
    return True
