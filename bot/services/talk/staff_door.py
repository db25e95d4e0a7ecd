"""The door of bound staff: words about the work are answered here or told where they belong, and never open a
citizen's talk (report form, code, self-check). Danger told by staff is danger first, and left to its own doors."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot import texts
from bot.reading import danger, police_told, question_forms, visiting, work_asked
from bot.services.casework import handling, police, reports
from bot.services.mail import mailbox
from bot.services.register import late_list
from bot.services.reporting import adding, intake
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.talk import policy_answers, policy_talk, redirecting
from bot.services.visits import cards as visit_cards
from bot.services.work import Work
from bot.storage.tables import Conversation, PoliceReport, Report, Visit

EFFECT = "words"
FRESH, JUST_NOW = timedelta(hours=12), timedelta(hours=1)
RULES = {"phone": "visit_phone", "spot": "spot_check"}
"""What is asked of a rule, by the topic that answers it."""
ASKED = "staff.emergency.next"
ELSEWHERE = {kind: f"staff.elsewhere.{kind}" for kind in ("urge", "quarter", "logs", "reporter")}
"""What cannot be done in chat, and the line that says where it can."""


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Take what a bound worker asks of the work, or tells of the emergency just found. False: it is for others."""
    flow = work.session.get_one(Conversation, conversation).flow
    if flow not in (None, intake.FLOW) or redirecting.applies(work, conversation):
        return False
    member = accounts.member(work, conversation)
    if member is None:
        return False
    found = _found_just_now(work, member) if flow is None and danger.read(text).level != "emergency" else None
    if found is not None and _of_the_emergency(work, conversation, inbox_id, found, text):
        return True
    asked = work_asked.read(text) or (flow is None and _again(work, conversation, inbox_id, text)) or None
    if asked is None or not set(danger.read(text).kinds) <= {danger.HUNCH} or intake.tells_harm(text):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        _answer(work, conversation, inbox_id, member, asked, text)
        policy_talk.ask_open_question(work, conversation, inbox_id, flow)
    return True


def _again(work: Work, conversation: str, inbox_id: int, text: str) -> work_asked.Asked | None:
    """Another day for the deadline just spoken of."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - JUST_NOW)
    urged = last is not None and last.key == ELSEWHERE["urge"] and work_asked.another_deadline(text)
    return work_asked.Asked("urge") if urged else None


def _answer(work: Work, conversation: str, inbox_id: int, member: Member, asked: work_asked.Asked, text: str) -> None:
    if asked.kind in RULES:
        policy_answers.tapped(work, conversation, inbox_id, RULES[asked.kind])
    elif asked.kind in ELSEWHERE:
        _say_elsewhere(work, conversation, inbox_id, asked.kind)
    elif asked.kind == "late":
        if not late_list.say(work, member, conversation, inbox_id, text, asked.over):
            visit_cards.tell(work, conversation, inbox_id)
    else:
        _reports(work, conversation, inbox_id, member, accept=asked.kind == "accept")
        if work_asked.hands_on(text):
            _say_elsewhere(work, conversation, inbox_id, "urge")


def _reports(work: Work, conversation: str, inbox_id: int, member: Member, *, accept: bool) -> None:
    """The reports of this member, else those of the place nobody has taken on; the only open one is taken on."""
    mine = reports.mine(work, member)
    waiting = [one for one in mine if one.acknowledged_at is None]
    if accept and len(waiting) == 1:
        handling.tap(work, conversation, inbox_id, "accept", waiting[0].uid)
    else:
        handling.say_mine_or_waiting(work, conversation, inbox_id, member, waiting or mine)


def _found_just_now(work: Work, member: Member) -> Report | None:
    """The emergency this worker found at a visit within the last hours."""
    query = (
        select(Report)
        .join(Visit, Visit.report == Report.uid)
        .where(Visit.by == member.account, Visit.created_at >= work.now - FRESH)
    )
    return work.session.scalars(query.order_by(Report.received_at.desc()).limit(1)).first()


def _of_the_emergency(work: Work, conversation: str, inbox_id: int, report: Report, text: str) -> bool:
    """What is told of the police or asked of the child right after: kept with the report, and answered."""
    if police_told.read(text) is not None:
        if mailbox.take_effect(work, inbox_id, EFFECT):
            again = not police.heard(work, report, text)
            police.confirm(work, conversation, inbox_id, text, again=again)
            _say(work, conversation, inbox_id, ASKED)
        return True
    told = select(PoliceReport.uid).where(PoliceReport.report == report.uid).limit(1)
    if work_asked.puts_police_off(text) and work.session.scalar(told) is None:
        key = "staff.emergency.police_now"
    elif work_asked.asks_to_call_parents(text):
        key = "staff.emergency.parents"
    elif _answers_what_was_asked(work, conversation, inbox_id, text):
        key = "staff.emergency.noted"
    else:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        adding.add(work, report, text, notify=False)
        _say(work, conversation, inbox_id, key)
    return True


def _answers_what_was_asked(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Where the child is now and what was done, told to that very question; not a visit of another home."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - JUST_NOW)
    heard = visiting.read(text, work.today)
    other = heard.told or heard.outcome is not None or work_asked.read(text) is not None
    return last is not None and last.key == ASKED and not other and not question_forms.asks(text)


def _say_elsewhere(work: Work, conversation: str, inbox_id: int, kind: str) -> None:
    choices = [[texts.phrase("button.page"), "page:"]]
    mailbox.say(work, conversation, ELSEWHERE[kind], {"choices": choices}, reply_to=inbox_id)


def _say(work: Work, conversation: str, inbox_id: int, key: str) -> None:
    mailbox.say(work, conversation, key, reply_to=inbox_id)
