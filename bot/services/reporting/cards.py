"""A location pin or a contact card in the report talk."""

from __future__ import annotations

from bot.services import conversations, drafts
from bot.services.mail import mailbox
from bot.services.reporting import questions
from bot.services.reporting.intake import FLOW
from bot.services.work import Work


def pin(work: Work, conversation: str, inbox_id: int, latitude: float, longitude: float) -> None:
    """A location pin is kept as where the child is. Which division it lies in is for a human to see."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None:
        conversations.enter(work, conversation, FLOW, told_rasa=False)
        draft = drafts.begin(work, conversation, FLOW)
    answers = drafts.answers(work, draft)
    where = f"{latitude:.5f},{longitude:.5f}"
    answers.words.append(["place", where])
    answers.pinned = True
    if answers.area is not None:
        answers.given["place"] = "given"  # the pin is finer than any division
    mailbox.say(work, conversation, "report.location_taken", reply_to=inbox_id)
    questions.proceed(work, draft, answers, inbox_id)


def contact(work: Work, conversation: str, inbox_id: int, phone: str) -> None:
    """A shared contact card belongs to an open report; without one nothing of it is kept."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None:
        mailbox.say(work, conversation, "report.contact_declined", reply_to=inbox_id)
        return
    answers = drafts.answers(work, draft)
    answers.said("safe_contact", phone)
    mailbox.say(work, conversation, "report.contact_taken", reply_to=inbox_id)
    questions.proceed(work, draft, answers, inbox_id)
