"""A child that writes, and is in no emergency, tells what weighs on it: it gets worse when it is known, nobody believes
it, it cannot sleep (reports.md §3.7). That is answered first, truthfully, and kept; the open question comes after it.

Danger was looked for before. In an emergency others answer (`afterwards`)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from bot import texts
from bot.reading import danger
from bot.reading.reports import asides, confided
from bot.services import conversations, drafts
from bot.services.casework import reports
from bot.services.contact.parents import plans_here
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import adding, coming_back, filing, intake, worries
from bot.services.talk import emergencies
from bot.services.work import Work
from bot.storage.tables import Conversation, Draft, Report

EFFECT, EMERGENCY, OF_A_FRIEND = "confiding", "S0", ("promised", "hates_me")
LATELY, SOME = timedelta(hours=24), 8
"""Among so many things said last the same words are not said again."""


def takes(work: Work, conversation: str, inbox_id: int, text: str, beside: Collection[str]) -> bool:
    """Answer such words, once. False: they are none, no child writes, or somebody else answers them better.

    `beside`: kinds of asides in the text.
    """
    kind = confided.kind(text)
    if kind is None or danger.read(text).level == "emergency":
        return False
    of_who_hears = asides.TOLD in beside or asides.WORTH in beside or asides.wants_secrecy(text)
    feared = kind == "revenge" and not {asides.TOLD, asides.WORTH} & {*beside}  # 他们知道是我说的会不会报复我
    if of_who_hears and kind not in OF_A_FRIEND and not feared:
        return False  # whom we tell is answered where that is asked
    draft, report, told = _told(work, conversation, text)
    if not told.childs or told.menu or (report is not None and report.severity == EMERGENCY):
        return False
    if kind == confided.HERE and filing.severity_of(told) in filing.HARM:
        return False  # others say so where harm was told
    if mailbox.take_effect(work, inbox_id, EFFECT):
        _say(work, conversation, inbox_id, kind, text)
        if kind == confided.HERE:
            coming_back.ask_again(work, conversation, inbox_id)
        elif draft is not None:
            conversations.enter(work, conversation, intake.FLOW, told_rasa=False)
            worries.keep(work, draft, told, draft.asked or "what", inbox_id, text)
        elif report is not None:
            adding.add(work, report, text, notify=False)
    return True


def _told(work: Work, conversation: str, text: str) -> tuple[Draft | None, Report | None, Answers]:
    """The report talk that is open, or the report that was filed here, and what was told in it."""
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is not None:
        return draft, drafts.report_of(work, draft), drafts.answers(work, draft)
    if work.session.get_one(Conversation, conversation).flow is not None:
        return None, None, Answers()
    report = emergencies.recent(work, conversation, text)
    if report is None or plans_here(work, conversation):  # who joined tells of its week
        return None, None, Answers()
    return None, report, filing.taken_up(reports.told_of(work, report))


def _say(work: Work, conversation: str, inbox_id: int, kind: str, text: str) -> None:
    key = f"confided.{kind}"
    home = f"{key}.home"
    key = home if texts.known(home) and confided.of_home(text) else key
    lately = mailbox.keys_said(work, conversation, inbox_id, work.now - LATELY, most=SOME)
    mailbox.say(work, conversation, "confided.again" if key in lately else key, reply_to=inbox_id)
