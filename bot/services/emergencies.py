"""A message that tells of danger: the answer comes before everything else and needs neither Rasa nor a flow."""

from __future__ import annotations

from datetime import timedelta

from bot.services import access, conversations, drafts, intake, mailbox, reports
from bot.services.drafts import Answers
from bot.services.work import Work
from bot.storage.tables import Draft, Report

SAME_MATTER = timedelta(hours=24)
SUPPLEMENT = "supplement"


def answer(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Say what to do now, open or raise the report, alert everybody, and let the person go on.

    An emergency in the middle of any flow goes into the report talk; the interrupted flow's draft stays and can
    be taken up again. Words about a report filed here within a day raise that report (reports.md §1-3).
    """
    if drafts.current(work, conversation, intake.FLOW) is None:
        report = being_added_to(work, conversation) or _recent(work, conversation)
        if report is not None:
            join(work, conversation, report)
    intake.start(work, conversation, inbox_id, text, urgent=True)


def being_added_to(work: Work, conversation: str) -> Report | None:
    """The report somebody has just proved to be theirs and is adding to, ended or not; None: nobody is."""
    draft = drafts.current(work, conversation, SUPPLEMENT)
    if draft is None or draft.asked != "addition":
        return None
    return work.session.get(Report, drafts.answers(work, draft).facts.get("report", ""))


def _recent(work: Work, conversation: str) -> Report | None:
    report = reports.of_conversation(work, conversation)
    if report is None or report.state in access.ENDED or report.received_at < work.now - SAME_MATTER:
        return None
    return report


def join(work: Work, conversation: str, report: Report) -> Draft:
    """Begin a report talk that goes on with a report that stands; a supplement that led here is over."""
    supplement = drafts.current(work, conversation, SUPPLEMENT)
    if supplement is not None:
        drafts.close(work, supplement, "done")
    told = reports.told_of(work, report)
    draft = drafts.begin(work, conversation, intake.FLOW)
    draft.report = report.uid
    answers = Answers(facts=told["facts"], given=told["given"], words=told["words"], area=told["area"])
    drafts.save(work, draft, answers, None)
    conversations.enter(work, conversation, intake.FLOW, told_rasa=False)
    return draft


def doubt(work: Work, conversation: str, inbox_id: int, report: Report, doubtful: list[str]) -> None:
    """Ask whether doubtful words added to a report mean danger now; a yes raises it (reports.md §3.1)."""
    draft = join(work, conversation, report)
    answers = drafts.answers(work, draft)
    answers.facts["danger_now"], answers.doubtful = "unknown", doubtful
    answers.given.pop("danger_now", None)
    mailbox.say(work, conversation, "report.danger_doubt", reply_to=inbox_id)
    drafts.save(work, draft, answers, "danger_now")
