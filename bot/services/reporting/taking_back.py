"""What is told while a report may be taken back: why, how it stands, whether it is all written. Nothing of it is lost,
and what is asked is answered before the question comes again."""

from __future__ import annotations

from bot.reading import danger
from bot.reading.measures import codes
from bot.reading.reports import asked_back, progress, reporting
from bot.services.casework import reports
from bot.services.mail import mailbox
from bot.services.reporting import adding, filing, readback, standing
from bot.services.work import Work
from bot.storage.tables import Report

EXPLAINED = "withdraw.explained"
SHORT = 8
"""Longer words tell something that belongs to the report."""


def keep_reason(work: Work, report: Report, text: str) -> None:
    """Why it is to be taken back stands in the report, whatever is answered then: 我想撤了 她爸把孩子接走了."""
    if len(text) > SHORT and not codes.find(text):
        adding.add(work, report, text)


def hear(work: Work, conversation: str, inbox_id: int, report: Report | None, text: str, *, explained: bool) -> None:
    """Answer words that are neither a yes nor a no: what withdrawing does is said once (`explained`: it was said), and
    whatever else is told belongs to the report: 他今晚要来接孩子 我怕."""
    calm = danger.read(text).level == "none"
    asks = calm and (reporting.asks_after_it(text) or progress.kind(text) == progress.WHO)
    if report is not None and asks:
        mailbox.say(work, conversation, "reporter.status", standing.words(work, report), reply_to=inbox_id)
    elif report is not None and report.conversation == conversation and asked_back.kind(text) == asked_back.NOTED:
        told = filing.taken_up(reports.told_of(work, report))
        args = {"lines": readback.stands(told, "what"), "changed": ""}
        mailbox.say(work, conversation, "report.stands", args, reply_to=inbox_id)
    else:
        if report is not None and (explained or len(text) > SHORT):
            adding.warn(work, conversation, inbox_id, text)
            adding.add(work, report, text)
        mailbox.say(work, conversation, "report.added" if explained else EXPLAINED, reply_to=inbox_id)
