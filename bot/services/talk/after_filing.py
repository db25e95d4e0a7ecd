"""After a report was filed: what is said and is no more of that child. Another matter goes its own way, and that is
said; the second duty of a school is kept in its line; a code is not said twice.

Danger was looked for before."""

from __future__ import annotations

from bot.reading import danger
from bot.reading.aftermath import police_told
from bot.reading.reports import later
from bot.reading.talk import purposes
from bot.services import conversations, drafts
from bot.services.casework import police
from bot.services.mail import mailbox
from bot.services.reporting import adding, belonging, intake, proofs, turning
from bot.services.staff import access, accounts
from bot.services.talk import odd
from bot.services.work import Work
from bot.storage.tables import Conversation, Draft, Report

EFFECT = "after_filing"
NOTHING_YET = 6
"""So few characters tell nothing of a matter: 是我侄女."""


def turns_away(work: Work, conversation: str, inbox_id: int, text: str) -> bool | None:
    """Whether words after filing are of another matter than the report, which is said once, or of a worker's other
    homes. None: they are not, or nothing was filed here. Else whether they have had their answer: who only says that
    there is another matter is asked which; what is told of it goes its own way. A question about danger that was added
    later stays as it is."""
    draft = drafts.current(work, conversation, intake.FLOW)
    report = _filed(work, conversation) if draft is None else _asked_again_of(work, draft)
    if report is None:
        return None
    if draft is None and belonging.of_the_office(work, conversation, report, text):
        return False
    if report.state in access.ENDED or not turning.of_another(work, report, text):
        return None
    if draft is not None:
        drafts.close(work, draft, "done")
        conversations.enter(work, conversation, None, told_rasa=False)
    mailbox.say(work, conversation, odd.APART, reply_to=inbox_id, natural_key=f"apart:{inbox_id}")
    return _only_says_so(work, conversation, inbox_id, text)


def _asked_again_of(work: Work, draft: Draft) -> Report | None:
    """The report of a talk that goes on only with what was added to it after its code was given; with a child it is
    not left."""
    report = drafts.report_of(work, draft)
    coded = report is not None and report.code_key is not None and not drafts.answers(work, draft).childs
    return report if coded else None


def _only_says_so(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Ask what the other matter is, where somebody only says that there is one (我还有别的事). False: it is told."""
    told = [one.text for one in purposes.read(text) if one.purpose not in (purposes.TALK, purposes.COURTESY)]
    if not later.names_another(text) or len("".join(told)) > NOTHING_YET or accounts.member(work, conversation):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        mailbox.say(work, conversation, "report.apart.which", reply_to=inbox_id)
    return True


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Take what is said of a filed report and needs no more telling: that the education department knows, also with
    the police, or that the code is wanted once more. False: it is neither."""
    told, code = police_told.education(text), later.wants_code_again(text)
    if not (told or code) or danger.read(text).level != "none":
        return False
    report = _filed(work, conversation)
    if report is None or (code and not told and report.code_key is None):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        if told:
            _education(work, conversation, inbox_id, report, text)
        else:
            here = report.conversation == conversation
            mailbox.say(work, conversation, f"report.faq.code_{'above' if here else 'again'}", reply_to=inbox_id)
    return True


def _education(work: Work, conversation: str, inbox_id: int, report: Report, text: str) -> None:
    """A school tells both authorities (JL-3.6.e)."""
    adding.education_told(work, conversation, inbox_id, report, text)
    if police_told.read(text) is not None:
        police.heard(work, report, text)
        police.confirm(work, conversation, inbox_id, text)


def _filed(work: Work, conversation: str) -> Report | None:
    """The report that goes on and is spoken of here, where nothing else is open."""
    if work.session.get_one(Conversation, conversation).flow is not None:
        return None
    report = proofs.spoken_of(work, conversation)
    ended = report is not None and report.state in access.ENDED
    return None if ended or drafts.current(work, conversation, intake.FLOW) is not None else report
