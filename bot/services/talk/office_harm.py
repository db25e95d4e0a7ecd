"""Harm told by bound staff: whether it is something new or said of a report there is, is asked once with buttons, so
that no word of a worker opens a citizen's report by itself. And what was opened by mistake is taken back by who did.

What tells of danger now is no matter of these: `urgency` answers it at once. A report that people have is never made
undone (reports.md §8: S0 and S1 end only after a staff check by two): it stands as mistaken, and calls nobody any more.
"""

from __future__ import annotations

from datetime import timedelta

from bot import texts
from bot.reading import danger
from bot.reading.reports import reporting
from bot.reading.staff import case_words
from bot.reading.talk import question_forms
from bot.services import conversations, drafts
from bot.services.casework import acts, alerts, handling, reports, telling
from bot.services.mail import mailbox
from bot.services.reporting import intake
from bot.services.staff import access, accounts
from bot.services.staff.accounts import Member
from bot.services.talk import office_cases, rules_asked
from bot.services.work import Work
from bot.storage.tables import Conversation, Outbox, Report

TAP, NEW = "newharm", "new"
QUESTION = "office.new_or_known"
EFFECT, EMERGENCY = "words", "S0"
MOST = 3
LATELY, ASKED = timedelta(hours=24), timedelta(hours=12)


def asked(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Ask whether harm that a worker tells of is new. False: the writer is none, tells none, wants to report or a rule,
    is in a talk of his own about it, or there is no report it could be said of."""
    if not _may_be_told(text) or not may_ask(work, conversation):
        return False
    return put(work, conversation, inbox_id, text)


def put(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Put the question where words would open a report, whatever took them for one. False: see `asked`."""
    member = accounts.member(work, conversation)
    if member is None or not may_ask(work, conversation) or reporting.wants_to_report(text):
        return False
    known = [one for one in office_cases.meant(work, member, conversation, inbox_id, text) if _open(one)]
    if not known:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT) or not mailbox.replies_to(work, inbox_id):
        _ask(work, conversation, inbox_id, known, text)
    return True


def may_ask(work: Work, conversation: str) -> bool:
    """Whether a worker writes here with nothing open, who told no report of his own just now."""
    if accounts.member(work, conversation) is None:
        return False
    nothing_open = work.session.get_one(Conversation, conversation).flow is None
    return nothing_open and drafts.current(work, conversation, intake.FLOW) is None and not _own(work, conversation)


def _may_be_told(text: str) -> bool:
    harm = intake.tells_harm(text) or bool(set(danger.read(text).kinds) - {danger.HUNCH})
    return harm and not reporting.wants_to_report(text) and not rules_asked.strongly_asked(text)


def _open(report: Report) -> bool:
    return report.state not in access.ENDED


def _ask(work: Work, conversation: str, inbox_id: int, known: list[Report], text: str) -> None:
    new = [texts.phrase("office.new_or_known.new"), f"{TAP}:{NEW}:{inbox_id}", "primary"]
    old = [
        [texts.phrase("office.new_or_known.known").format(number=one.number), f"{TAP}:{one.uid}:{inbox_id}"]
        for one in known[:MOST]
    ]
    args = {"choices": [new, *old], "words": text.strip()}
    mailbox.say(work, conversation, QUESTION, args, reply_to=inbox_id)


def tap(work: Work, conversation: str, inbox_id: int, _: str, rest: str) -> bool:
    """A tap on "newharm:new:<message>" or "newharm:<report>:<message>". False: it is no such question any more."""
    which, _, asked_of = rest.partition(":")
    rows = mailbox.replies_to(work, int(asked_of)) if asked_of.isdigit() else []
    question = next((one for one in rows if one.key == QUESTION and one.conversation == conversation), None)
    return question is not None and _settle(work, conversation, inbox_id, question, which)


def answered(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """The same in words (新的; 是说已有的那个; 2PVT0N), right after the question. False: it was not asked, or something
    else is said."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - ASKED)
    if last is None or last.key != QUESTION:
        return False
    values = [str(choice[1]).split(":")[1] for choice in mailbox.args_of(work, last)["choices"]]
    said = case_words.new_or_known(text)
    if said == case_words.NEITHER:
        return _dropped(work, conversation, inbox_id)
    named = access.by_number(work, member, case_words.number(text) or "")
    which = named.uid if named is not None and named.uid in values else None
    if which is None and said == case_words.KNOWN and len(values) == MOST - 1:
        which = values[1]
    elif which is None and said == case_words.NEW:
        which = NEW
    if which is None or not mailbox.take_effect(work, inbox_id, EFFECT):
        return False
    return _settle(work, conversation, inbox_id, last, which)


def _dropped(work: Work, conversation: str, inbox_id: int) -> bool:
    if mailbox.take_effect(work, inbox_id, EFFECT):
        mailbox.say(work, conversation, "office.mistaken.draft", reply_to=inbox_id)
    return True


def _settle(work: Work, conversation: str, inbox_id: int, question: Outbox | mailbox.Said, which: str) -> bool:
    words = str(mailbox.args_of(work, question)["words"])
    if which == NEW:
        intake.start(work, conversation, inbox_id, words)
        return True
    member = accounts.member(work, conversation)
    report = access.reach(work, member, which) if member is not None else None
    if member is None or report is None:
        return False
    told = not question_forms.asks(words) and acts.add_note(work, member, report.uid, words).allowed
    if told:
        args = {"number": report.number, "words": words, "report": report.uid}
        mailbox.say(work, conversation, "office.report.written", args, reply_to=inbox_id)
    handling.tap(work, conversation, inbox_id, "view", report.uid)
    return True


def withdrawn(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """取消 不是报新的: what this worker opened in this talk by mistake. Nobody hears of what nobody has yet; what
    people were told stands as mistaken and they hear so; only an emergency calls on. False: nothing such is open."""
    if not case_words.mistaken(text):
        return False
    draft, report = drafts.current(work, conversation, intake.FLOW), _own(work, conversation, mistaken=True)
    if draft is None and (report is None or not _of_it(work, conversation, inbox_id, text)):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        if draft is not None:
            drafts.close(work, draft, "cancelled")
            conversations.enter(work, conversation, None, told_rasa=False)
        if report is not None:
            _stands_as_mistaken(work, report, member, text)
        key = "office.mistaken.draft" if report is None else "office.mistaken"
        key = f"{key}.emergency" if report is not None and report.severity == EMERGENCY else key
        args = {"number": report.number if report is not None else ""}
        mailbox.say(work, conversation, key, args, reply_to=inbox_id)
    return True


def _of_it(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Whether words after a report was filed are of it: they say so, or it is what was spoken of last (点错了)."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - ASKED)
    return case_words.not_new(text) or (last is not None and last.key.startswith(("report.", "office.mistaken")))


def _stands_as_mistaken(work: Work, report: Report, member: Member, text: str) -> None:
    if acts.mistaken(work, report):
        return
    acts.keep_note(work, report, acts.MISTAKEN, member.account, text)
    if report.severity != EMERGENCY:  # whoever is told that a child is in danger now is called until he has looked
        alerts.stop(work, report)
    telling.assigned(work, report, "staff.mistaken", once=acts.MISTAKEN, besides=(member.account,))


def _own(work: Work, conversation: str, *, mistaken: bool = False) -> Report | None:
    """The report told in this very talk within the day that has not ended; `mistaken`: be it by mistake, too."""
    report = reports.of_conversation(work, conversation)
    if report is None or report.received_at < work.now - LATELY or not _open(report):
        return None
    return report if mistaken or not acts.mistaken(work, report) else None
