"""The yes or no a message begins with, before what it asks or tells behind it is heard by anybody else: what was just
answered is not asked for again (可以。要不要我给孩子拍照; 现在没有 孩子在班里。我要是报错了呢)."""

from __future__ import annotations

from bot.reading import danger
from bot.reading.reports import asides, told
from bot.reading.talk import answers as short
from bot.reading.talk import replies
from bot.services import drafts
from bot.services.reporting import intake, questions
from bot.services.work import Work


def take(work: Work, conversation: str, text: str) -> None:
    """Store such an answer to the open question. Of danger only a plain no counts, and none beside harm."""
    draft = drafts.current(work, conversation, intake.FLOW)
    asked = draft.asked if draft is not None else None
    lead = replies.lead(text) if asked in ("follow_up", "danger_now") else None
    if draft is None or lead is None or not lead.rest or short.short_answer(text) is not None:
        return
    calm = asked == "danger_now" and lead.kind == "no" and danger.read(text).level == "none"
    calm = calm and not told.read(lead.rest).signs and asides.ALARM not in asides.kinds(text)
    agrees = asked == "follow_up" and lead.kind == "yes" and replies.contact_wish(lead.rest) is None
    if calm or agrees:
        answers = drafts.answers(work, draft)
        questions.store(answers, str(asked), lead.kind)
        drafts.save(work, draft, answers, draft.asked)
