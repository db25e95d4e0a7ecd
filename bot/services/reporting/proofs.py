"""The report somebody proved to be theirs, with code and PIN, in a talk it was not filed from: until a day has passed,
or another is filed there, whatever is said and asked in that talk is of this report."""

from __future__ import annotations

from datetime import timedelta

from bot.services import drafts
from bot.services.casework import reports
from bot.services.work import Work
from bot.storage.tables import Report

FLOW = "proof"
"""Its draft stands beside whatever talk is open: sealed, it holds the report alone, and nothing after it ends."""
HOLDS = timedelta(hours=24)
_REPORT = "report"
MISHEARD = "misheard"
"""Marked among what was given: its teller said that its words were understood wrongly."""


def keep(work: Work, conversation: str, report: Report) -> None:
    """Remember the proof, or renew it; none is needed where the report was filed from this talk as its latest."""
    if reports.of_conversation(work, conversation) is report and proved(work, conversation) is None:
        return
    draft = drafts.current(work, conversation, FLOW) or drafts.begin(work, conversation, FLOW)
    drafts.keep(work, draft, {_REPORT: report.uid}, None)


def proved(work: Work, conversation: str) -> Report | None:
    """The report whose proof holds here; None: there is none, another was filed here since, or it is erased."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None or draft.updated_at < work.now - HOLDS:
        return None
    report = work.session.get(Report, str(drafts.contents(work, draft).get(_REPORT)))
    filed = reports.of_conversation(work, conversation)
    another = filed is not None and filed.received_at > draft.updated_at
    return None if report is None or report.code_key is None or another else report


def spoken_of(work: Work, conversation: str) -> Report | None:
    """The report that is spoken of in a talk: the one proved there, else the latest filed from it."""
    return proved(work, conversation) or told_here(work, conversation)


def told_here(work: Work, conversation: str) -> Report | None:
    """The latest report filed from a talk, unless its words were understood wrongly: nothing said later is of it."""
    report = reports.of_conversation(work, conversation)
    return None if report is None or MISHEARD in reports.told_of(work, report)["given"] else report
