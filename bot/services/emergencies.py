"""A message that tells of danger: the answer comes before everything else and needs neither Rasa nor a flow."""

from __future__ import annotations

from datetime import timedelta

from bot.services import conversations, drafts, intake, reports
from bot.services.drafts import Answers
from bot.services.work import Work
from bot.storage.tables import Draft

SAME_MATTER = timedelta(hours=24)
ENDED = ("closed", "not_accepted", "duplicate_linked")


def answer(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Say what to do now, open or raise the report, alert everybody, and let the person go on.

    An emergency in the middle of any flow goes into the report talk; the interrupted flow's draft stays and can
    be taken up again. Words about a report filed here within a day raise that report (reports.md §1-3).
    """
    if drafts.current(work, conversation, intake.FLOW) is None:
        _join_recent(work, conversation)
    intake.start(work, conversation, inbox_id, text, urgent=True)


def _join_recent(work: Work, conversation: str) -> Draft | None:
    report = reports.of_conversation(work, conversation)
    if report is None or report.state in ENDED or report.received_at < work.now - SAME_MATTER:
        return None
    told = reports.told_of(work, report)
    draft = drafts.begin(work, conversation, intake.FLOW)
    draft.report = report.uid
    answers = Answers(facts=told["facts"], given=told["given"], words=told["words"], area=told["area"])
    drafts.save(work, draft, answers, None)
    conversations.enter(work, conversation, intake.FLOW, told_rasa=False)
    return draft
