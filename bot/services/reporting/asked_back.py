"""Whoever tells or has told a report here asks what stands in it, whether it was put right, or how he will learn how it
went on: answered from what stands. Content is shown in the talk it was told in, never to a code alone."""

from __future__ import annotations

from bot.reading.reports import asked_back
from bot.services import drafts
from bot.services.casework import reports
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import filing, intake, putting_right, questions, readback
from bot.services.staff import access
from bot.services.work import Work
from bot.storage.tables import Draft

EFFECT = "asked_back"


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Answer such a question, once; what is open is asked on. False: it is none, or nothing was told here."""
    asked = asked_back.kind(text)
    if asked is None:
        return False
    draft = drafts.current(work, conversation, intake.FLOW)
    told = drafts.answers(work, draft) if draft is not None else _filed(work, conversation)
    if told is None or not told.words or (asked == asked_back.NOTED and draft is not None and draft.asked == "confirm"):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        report = drafts.report_of(work, draft) if draft is not None else None
        coded = draft is None or (report is not None and report.code_key is not None)
        _answer(work, conversation, inbox_id, told, asked, text, filed=coded)
        if draft is not None:
            _go_on(work, draft, told, inbox_id)
    return True


def _filed(work: Work, conversation: str) -> Answers | None:
    """What was told in the report that was filed in this talk last, as long as it goes on."""
    report = reports.of_conversation(work, conversation)
    if report is None or report.state in access.ENDED:
        return None
    return filing.taken_up(reports.told_of(work, report))


def _answer(work: Work, conversation: str, inbox_id: int, told: Answers, asked: str, text: str, *, filed: bool) -> None:
    voice = ".child" if told.childs else ""
    if asked == asked_back.LEARN:
        key = f"report.learn.{'filed' if filed else 'open'}{voice}"
        mailbox.say(work, conversation, key, reply_to=inbox_id)
        return
    changed = told.words_of(putting_right.CHANGED)
    field = asked_back.office(text) or ("what" if asked == asked_back.NOTED else asked_back.field(text))
    key = "report.stands.changed" if asked == asked_back.CHANGED and changed else "report.stands"
    args = {"lines": readback.stands(told, field), "changed": "；".join(changed)}
    mailbox.say(work, conversation, key, args, reply_to=inbox_id)


def _go_on(work: Work, draft: Draft, told: Answers, inbox_id: int) -> None:
    """The open question waits; in an emergency the form does not come again beside the answer."""
    if filing.severity_of(told) != "S0" or (draft.asked == "place" and "place" not in told.given):
        questions.stay_or_ask(work, draft, told, draft.asked or "what", inbox_id)
