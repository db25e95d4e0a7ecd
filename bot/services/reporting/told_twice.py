"""Whoever says that he told it before (刚才不说了吗 冯小满) is taken at his word: what he repeats, or what is in his
words already, answers the open question, and he hears that it was there."""

from __future__ import annotations

from bot.reading import danger
from bot.reading.reports import corrections, told_before
from bot.reading.talk import replies
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import questions
from bot.services.work import Work
from bot.storage.tables import Draft

FIELDS = ("place", "when", "child_ref", "safe_contact", "unit", "reporter_type")
"""Questions whose answers are words."""
ALSO = ("follow_up", "danger_now", "confirm")
SAID = "report.told_before"


def takes(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int, text: str) -> bool:
    """Take such words. False: they are none, or tell of danger."""
    beside = told_before.rest(text)
    if (
        beside is None
        or not _fits(asked, beside)
        or answers.menu
        or danger.read(text).level == "emergency"
        or replies.gives_up(text)
        or corrections.read(text)
    ):
        return False
    voice = ".child" if answers.childs else ""
    if what := _taken(work, draft, answers, asked, inbox_id, beside):
        mailbox.say(work, draft.conversation, f"{SAID}{voice}", {"what": what}, reply_to=inbox_id)
        questions.not_counted(work, draft, answers, asked, inbox_id)
        return True
    if f"{SAID}:{asked}" in answers.advised:
        questions.leave(answers, asked, "unclear")  # nobody is asked a third time for what he told
        questions.proceed(work, draft, answers, inbox_id)
        return True
    answers.advised.append(f"{SAID}:{asked}")
    mailbox.say(work, draft.conversation, f"{SAID}.lost{voice}", reply_to=inbox_id)
    questions.not_counted(work, draft, answers, asked, inbox_id)
    return True


def _fits(asked: str, beside: str) -> bool:
    """Whether such words may be about the open question, or repeat something while another is open."""
    return asked in FIELDS or (asked in ALSO and bool(beside))


def _taken(work: Work, draft: Draft, answers: Answers, asked: str, inbox_id: int, beside: str) -> str:
    """Take what is repeated, whatever it answers, else what was told before; returns it, empty where it is nothing."""
    if any(beside and beside in one for field, one in answers.words if field in FIELDS):
        return beside
    if beside:
        before, area = len(answers.words), answers.area
        questions.absorb(work, draft, answers, inbox_id, beside, asked=asked)
        if "child_ref" not in answers.given and told_before.may_be_a_name(beside):
            answers.words = [*answers.words[:before], ["child_ref", beside]]
            answers.given["child_ref"] = "given"
        told = {field for field, _ in answers.words[before:]} & {*FIELDS}
        return beside if told or answers.area != area else ""
    if asked != "child_ref":
        return ""
    for one in (text for field, text in answers.words if field in ("what", "place")):
        if (at := told_before.name_by_itself(one, alone=True)) is not None:
            answers.said(asked, one[slice(*at)])
            return one[slice(*at)]
    return ""
