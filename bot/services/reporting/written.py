"""The written report of whoever must report: what was told, ready to read out or to hand to the police.

It never replaces the report to the police and says so (QZBG-2, WBF-11); it is not kept in the outbox for long.
"""

from __future__ import annotations

from typing import Any

from bot import texts
from bot.care import calendar
from bot.services.casework import owed, police, reports
from bot.services.mail import mailbox
from bot.services.reporting import filing, readback
from bot.services.work import Work
from bot.storage.tables import Report

KEY = "report.written"


def tap(work: Work, conversation: str, inbox_id: int, _: str, rest: str) -> bool:
    """A tap on the button. False: forged, or the report is gone."""
    report = owed.proven(work, filing.WRITTEN, rest)
    if report is None or report.erased_at is not None:
        return False
    say(work, conversation, inbox_id, report)
    return True


def is_for(work: Work, report: Report) -> bool:
    """Whether its reporter is one who must report."""
    return reports.told_of(work, report)["facts"].get("reporter_type") in filing.MUST_REPORT


def say(work: Work, conversation: str, inbox_id: int, report: Report) -> None:
    """The text, in the conversation it was filed from."""
    mailbox.say(work, conversation, KEY, _words(work, report), reply_to=inbox_id)


def _words(work: Work, report: Report) -> dict[str, Any]:
    here = calendar.local(report.received_at)
    answers = filing.taken_up(reports.told_of(work, report))
    for said in police.reporters_words(work, report):
        if said not in answers.words_of(filing.POLICE):
            answers.said(filing.POLICE, said)
    known = police.recorded(work, report)
    return {
        "number": report.number,
        "date": f"{here.year}年{calendar.spoken(report.received_at)}",
        "recap": readback.recap(answers),
        "next": texts.phrase("written.police_known" if known else "written.police_unknown"),
        # The button beside the one that asked for this is used up with it.
        "choices": [] if known else [police.button(work, report)],
    }
