"""The question whether a report is really taken back: what is told meanwhile, why, how it stands, whether it is all
written. Nothing of it is lost, and what is asked is answered before the question comes again."""

from __future__ import annotations

from bot.reading import danger
from bot.reading.measures import codes
from bot.reading.reports import asides, asked_back, progress, reporting
from bot.reading.talk import replies
from bot.services import conversations, drafts
from bot.services.casework import reports
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import adding, ending, filing, readback, standing, worries
from bot.services.work import Work
from bot.storage.tables import Draft, Report

FLOW: str = "withdraw"
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


def take_sure(work: Work, draft: Draft, answers: Answers, inbox_id: int, text: str, reply: str | None) -> str | None:
    """Words at "really withdraw?": only a yes withdraws, only a no leaves it; what is told with the no belongs to the
    report, and anything else is answered before it is asked once more."""
    thanks = replies.is_empty(text) and "撤" not in text  # 谢谢 agrees to nothing here
    if (reply == "yes" and not thanks) or (replies.withdraws(text) and not replies.keeps_it(text)):
        settle_withdrawal(work, draft.conversation, inbox_id, "yes")
        return None
    if reply in ("no", "cancel") or replies.keeps_it(text):
        report = drafts.report_of(work, draft)
        settle_withdrawal(work, draft.conversation, inbox_id, "no")
        if report is not None and len(text) > SHORT:
            adding.add(work, report, text)
            mailbox.say(work, draft.conversation, "report.added", reply_to=inbox_id)
        return None
    told = drafts.report_of(work, draft)
    if told is not None and replies.contact_wish(text) is not None:
        settle_withdrawal(work, draft.conversation, inbox_id, "no")  # who wants to hear of it lets it stand
        adding.change_contact(work, draft.conversation, told, inbox_id, text)
        return None
    if told is not None and worries.answer(
        work, draft.conversation, inbox_id, filing.taken_up(reports.told_of(work, told)), text
    ):
        adding.add(work, told, text, notify=False)
    elif asides.wants_secrecy(text):
        mailbox.say(work, draft.conversation, "report.secret", reply_to=inbox_id)
    elif not codes.find(text):
        explained = EXPLAINED in answers.advised
        hear(work, draft.conversation, inbox_id, told, text, explained=explained)
        answers.advised += [] if explained else [EXPLAINED]
    mailbox.say(work, draft.conversation, "withdraw.sure.again", reply_to=inbox_id)
    drafts.save(work, draft, answers, "sure")
    return "sure"


def settle_withdrawal(work: Work, conversation: str, inbox_id: int, answer: str) -> bool:
    """The answer to "really withdraw?": "yes" or "no". False: nothing was asked here."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None or draft.report is None or draft.asked != "sure":
        return False
    report = work.session.get_one(Report, draft.report)
    for key in ending.withdraw(work, report) if answer == "yes" else ["withdraw.kept"]:
        mailbox.say(work, conversation, key, reply_to=inbox_id)
    drafts.close(work, draft, "done")
    conversations.enter(work, conversation, None, told_rasa=False)
    return True
