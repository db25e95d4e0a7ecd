"""A second child in the talk of a report: what is told of it is kept apart, and becomes a report of its own.

Of two the graver is told first. What waits is a set of answers inside the first one's (`Answers.other`); harm in it
waits for nothing and is opened as its report at once. When the first is filed the talk goes on with the other
(`questions.file`).
"""

from __future__ import annotations

from bot.reading import danger
from bot.reading.reports import second_child
from bot.services import drafts
from bot.services.casework import reports
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import absorbing, filing, questions, readback
from bot.services.work import Work
from bot.storage.tables import Draft, Report

OF_THE_WRITER = ("reporter_type", "unit", "safe_contact", "follow_up")
"""What is told of who writes, and so of both matters."""
TOWNSHIP = 9


def takes(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int, text: str) -> bool:
    """Take words that begin to tell of another child, or that speak of the one set aside. False: they do neither."""
    if answers.childs or answers.menu or danger.read(text).level == "emergency":
        return False
    if not answers.other:
        return _begins(work, draft, answers, asked, inbox_id, text)
    other = Answers(**answers.other["answers"])
    of, others = readback.names(other), readback.names(answers)
    sexes = str(other.facts.get("child_sex")), str(answers.facts.get("child_sex"))
    if not second_child.comes_back(text, of, others, sexes):
        return False
    before, rest = second_child.apart(text, of)
    if before:
        questions.absorb(work, draft, answers, inbox_id, before, asked="what")
    if second_child.asks_noted(rest):
        _answer(work, draft, answers, asked, inbox_id, other)
        return True
    absorbing.absorb(other, rest, "what")
    _set_aside(work, draft, answers, other, answers.other["report"])
    mailbox.say(work, draft.conversation, "report.other.kept", {"who": readback.called(other)}, reply_to=inbox_id)
    questions.not_counted(work, draft, answers, asked, inbox_id)
    return True


def _begins(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int, text: str) -> bool:
    known = answers.facts.get("signs") or "child_ref" in answers.given or "child_sex" in answers.facts
    if not (answers.words_of("what") and known) or not second_child.begins(text):
        return False
    other = _of_same_writer(answers)
    absorbing.absorb(other, text, "what")
    graver = filing.severity_of(other) in filing.HARM and filing.severity_of(answers) not in filing.HARM
    if graver and draft.report is None:
        first, answers = answers, other
        answers.other = {"answers": first.__dict__, "report": None}
        mailbox.say(work, draft.conversation, "report.other.first", reply_to=inbox_id)
        questions.proceed(work, draft, answers, inbox_id)
        return True
    _set_aside(work, draft, answers, other, None)
    key = "report.other.aside.open" if answers.other["report"] else "report.other.aside"
    mailbox.say(work, draft.conversation, key, reply_to=inbox_id)
    questions.not_counted(work, draft, answers, asked, inbox_id)
    return True


def _of_same_writer(answers: Answers) -> Answers:
    """Nothing told yet, but of whom it comes from and, as far as the township, where that is."""
    other = Answers(minimum=answers.minimum, english=answers.english, area=(answers.area or "")[:TOWNSHIP] or None)
    other.candidates = list(answers.candidates)
    other.words = [list(pair) for pair in answers.words if pair[0] in OF_THE_WRITER]
    other.given = {field: how for field, how in answers.given.items() if field in OF_THE_WRITER}
    other.facts = {name: value for name, value in answers.facts.items() if name in OF_THE_WRITER}
    return other


def _set_aside(work: Work, draft: Draft, answers: Answers, other: Answers, report: str | None) -> None:
    """Keep the other matter beside this one; harm in it is with people at once."""
    if report is not None:
        reports.tell_more(work, work.session.get_one(Report, report), filing.told_by(other))
    elif filing.severity_of(other) in filing.HARM:
        report = reports.open_report(work, draft.conversation, filing.told_by(other)).uid
    answers.other = {"answers": other.__dict__, "report": report}


def _answer(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int, other: Answers) -> None:
    """Whether it was taken down, as it is: kept apart, not handed over. Where the first is with people and nothing of
    its place is open, the talk goes on with the other at once."""
    key = "report.other.stands" if answers.other["report"] else "report.other.not_yet"
    mailbox.say(work, draft.conversation, key, {"who": readback.called(other)}, reply_to=inbox_id)
    if draft.report is not None and "place" in answers.given:
        drafts.save(work, draft, answers, asked)
        questions.end_here(work, draft, inbox_id)
    else:
        questions.not_counted(work, draft, answers, asked, inbox_id)
