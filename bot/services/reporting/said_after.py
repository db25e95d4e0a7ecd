"""After filing: it was a mistake, which is written into the report with its reason and closes nothing (a person looks
first: reports.yml#close_reasons withdrawn); and whether its teller will hear how it ended."""

from __future__ import annotations

from bot.care import intake as care
from bot.reading.reports import mistaken
from bot.services import drafts
from bot.services.casework import reports
from bot.services.mail import mailbox
from bot.services.reporting import adding, filing, intake, proofs
from bot.services.staff import access
from bot.services.work import Work
from bot.storage.tables import Conversation, Report

EFFECT = "said_after"


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Take such a message, once. False: it is none, no report that goes on is spoken of, or another talk is open."""
    wrong, asks = mistaken.is_one(text), mistaken.wants_to_hear(text)
    if not (wrong or asks) or work.session.get_one(Conversation, conversation).flow is not None:
        return False
    report = proofs.spoken_of(work, conversation)
    if report is None or report.state in access.ENDED or drafts.current(work, conversation, intake.FLOW) is not None:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        if wrong:
            _mistaken(work, conversation, inbox_id, report, text)
        else:
            _news(work, conversation, inbox_id, report)
    return True


def _mistaken(work: Work, conversation: str, inbox_id: int, report: Report, text: str) -> None:
    childs = filing.taken_up(reports.told_of(work, report)).childs
    adding.add(work, report, text)
    key = "report.mistaken.looked" if report.severity in reports.PARALLEL else "report.mistaken"
    mailbox.say(work, conversation, "report.mistaken.child" if childs else key, reply_to=inbox_id)


def _news(work: Work, conversation: str, inbox_id: int, report: Report) -> None:
    """Where he agreed to be answered in this very talk it comes here; else he asks himself."""
    told = reports.told_of(work, report)
    childs = filing.taken_up(told).childs
    open_yet = told["facts"].get("follow_up") in (None, "unknown") and not care.did_it_himself(told["facts"])
    if report.conversation == conversation and open_yet:  # he was not asked, or left it open: this is the answer
        told["facts"]["follow_up"] = "yes"
        reports.tell_more(work, report, told, notify=False)
        report.follow_up = True
    here = report.follow_up and report.conversation == conversation
    key = f"report.tell_me.{'here' if here else 'ask'}{'.child' if childs else ''}"
    mailbox.say(work, conversation, key, reply_to=inbox_id)
