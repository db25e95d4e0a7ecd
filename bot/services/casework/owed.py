"""Words somebody owes about a report: asked for by a button, taken from the next message, outside Rasa.

The flows of this shape are an answer to staff, a disagreement, the police record, a text for a move of staff.
"""

from __future__ import annotations

from typing import Any

from bot.services import conversations, drafts, passes
from bot.services.drafts import Answers
from bot.services.work import Work
from bot.storage.tables import Draft, Report


def proven(work: Work, purpose: str, rest: str) -> Report | None:
    """The report of a button "<report>:<proof>"; None when the proof is forged or there is no such report."""
    uid, _, proof = rest.partition(":")
    report = work.session.get(Report, uid)
    return report if report is not None and passes.holds(work, purpose, uid, proof) else None


def ask(work: Work, conversation: str, flow: str, report_uid: str, asked: str, **facts: Any) -> None:
    """The next words here are what is owed; a draft of the same flow that stands open is about this report now."""
    draft = drafts.current(work, conversation, flow) or drafts.begin(work, conversation, flow)
    draft.report = report_uid
    drafts.save(work, draft, Answers(facts=facts), asked)
    conversations.enter(work, conversation, flow, told_rasa=False)


def end(work: Work, draft: Draft) -> None:
    """They were given, or nobody waits for them any more."""
    drafts.close(work, draft, "done")
    conversations.enter(work, draft.conversation, None, told_rasa=False)
