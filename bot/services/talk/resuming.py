"""Somebody comes back to what was left half done: 接着整, 昨天说哪儿了, 我还是说吧."""

from __future__ import annotations

import re
from datetime import timedelta

from bot import texts
from bot.reading.families import checking
from bot.reading.reports import reporting, told
from bot.reading.talk import replies
from bot.reading.where import places
from bot.services import drafts, flows
from bot.services.contact import weekly
from bot.services.eligibility import state as check_state
from bot.services.eligibility import talk as check_talk
from bot.services.mail import mailbox
from bot.services.reporting import coming_back, intake, questions
from bot.services.talk import emergencies, redirecting
from bot.services.talk.opened import whats_open
from bot.services.work import Work

EFFECT = "words"
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s]+")
FRESH = timedelta(minutes=15)


def taken_up_again(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Go on where it was left: with the talk that is open or was put aside here, or with a report that was stopped.
    False: these words say something else, or nothing was left."""
    if whats_open(work, conversation).flow == intake.FLOW and (places.find(text).best or told.read(text).signs):
        return False  # 接着来吧 东丰那丹伯镇 answers what is open
    if whats_open(work, conversation).flow == check_state.FLOW and _heard_by_check(work, conversation, text):
        return False
    left = (_named(work, conversation, text) or _left(work, conversation)) if replies.resumes(text) else None
    nothing_open = left is None and whats_open(work, conversation).flow is None
    stopped = nothing_open and (replies.goes_on(text) or _wants_people_after_all(work, conversation, text))
    if left is None and not stopped:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT) and not redirecting.refuses(work, conversation, inbox_id):
        if left is not None and left != intake.FLOW:
            _end_of_report(work, conversation, inbox_id)
            flows.FLOWS[left].start(work, conversation, inbox_id)
        else:
            _answer_beside(work, conversation, inbox_id, text)
            _report(work, conversation, inbox_id)
    return True


def _heard_by_check(work: Work, conversation: str, text: str) -> bool:
    """Whether an open check hears the words itself: 刚才那个结果再发我一下; 接着来 孩子我俩带得挺好 answers it."""
    if checking.wish(text, at_the_end=True) == checking.RESULT:
        return True
    rest = " ".join(one for one in _CLAUSES.findall(text) if not replies.resumes(one))
    return bool(rest) and rest != text.strip() and check_talk.takes(work, conversation, rest)


def _answer_beside(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """真能匿名啊 那还是报吧: what is asked with it is answered first."""
    asked = (replies.question(one) for one in _CLAUSES.findall(text))
    key = next((f"report.faq.{one}" for one in asked if one is not None and texts.known(f"report.faq.{one}")), None)
    if key is not None:
        mailbox.say(work, conversation, key, reply_to=inbox_id)


def _wants_people_after_all(work: Work, conversation: str, text: str) -> bool:
    """Whether who stopped a report takes that back (等等 别撤), or wants somebody to come: 行吧 让人来跟我唠唠也行."""
    wanted = reporting.wants_visit(text) or replies.keeps_it(text)
    return wanted and bool(list(drafts.shelved(work, conversation, intake.FLOW)))


def _named(work: Work, conversation: str, text: str) -> str | None:
    """The half-finished talk that is named: 那接着说委托那个事吧. None: none is, or it is not half finished."""
    named = replies.talk_named(text)
    return named if named is not None and drafts.current(work, conversation, named) is not None else None


def _end_of_report(work: Work, conversation: str, inbox_id: int) -> None:
    """Whoever turns back to what the report came into has told all of it: the code is given, nothing more is asked."""
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is not None and draft.report is not None:
        questions.end_here(work, draft, inbox_id)


def _left(work: Work, conversation: str) -> str | None:
    """The flow that is open here, else one with a half-finished draft, else the open week of who joined; None: nothing
    was left."""
    now = whats_open(work, conversation)
    if now.flow is not None:
        return now.flow if now.flow == intake.FLOW or now.flow in flows.FLOWS else None
    known = (intake.FLOW, *flows.FLOWS)
    half_done = next((flow for flow in known if drafts.current(work, conversation, flow) is not None), None)
    return half_done or (weekly.FLOW if weekly.waits(work, conversation) else None)


def _report(work: Work, conversation: str, inbox_id: int) -> None:
    stands = emergencies.recent(work, conversation)
    if stands is not None and drafts.current(work, conversation, intake.FLOW) is None:
        emergencies.join(work, conversation, stands)  # it was reported when they stopped: the talk goes on with it
    coming_back.go_on(work, conversation, inbox_id)


def offered_last(work: Work, conversation: str, inbox_id: int) -> str | None:
    """The flow that the main button of the last thing said here opens, while that is fresh."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - FRESH)
    if last is None:
        return None
    for choice in texts.render(last.key, mailbox.args_of(work, last)).choices:
        name, _, flow = choice.value.partition(":")
        if name == "flow" and choice.style == "primary":
            return flow
    return None
