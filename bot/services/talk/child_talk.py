"""A child that only talks is listened to: no report is made of 我9岁 or 我想我妈, nobody is asked about there.

What it says is kept for a day beside the talk. When it tells of harm, the report begins with those words (`kept`)."""

from __future__ import annotations

from datetime import timedelta

from bot.reading import danger
from bot.reading.talk import child_talk, courtesies, no_answer, question_forms, replies
from bot.reading.where import places
from bot.services import conversations, drafts
from bot.services.contact import plans as contact_plans
from bot.services.mail import mailbox
from bot.services.reporting import proofs
from bot.services.staff import accounts
from bot.services.talk import rules_asked
from bot.services.talk.opened import whats_open
from bot.services.work import Work

FLOW, WORDS, EFFECT = "child_talk", "words", "child_talk"
KEY, SAD = "child.talk.", "beside.sad"
HELLO, LISTEN = "hello", "listen"
LATELY = timedelta(hours=1)
STILL_TOLD = timedelta(hours=72)
"""So long after a report what a child says is heard as of it: 我爸昨晚没打我."""
SAME = 4
"""Among so many things said last the same is not said again."""


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Answer what such a child says. False: no child talks here, it may be danger or harm, or others answer it."""
    if not child_talk.harmless(text) or _busy(work, conversation) or _asks_others(text):
        return False
    goes_on, kind, child = _talks(work, conversation), child_talk.kind(text), child_talk.of_a_child(text)
    if not (child or goes_on) or (kind is None and not child and danger.read(text).ask):
        return False
    kind = kind or (LISTEN if goes_on else HELLO)
    if kind == LISTEN and _no_telling(text):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        draft = drafts.current(work, conversation, FLOW) or drafts.begin(work, conversation, FLOW)
        drafts.keep(work, draft, {WORDS: [*drafts.contents(work, draft).get(WORDS, []), text]}, None)
        conversations.speak(work, conversation, child=True)
        lately = mailbox.keys_said(work, conversation, inbox_id, work.now - LATELY, most=SAME)
        key = f"{KEY}{kind}"
        mailbox.say(work, conversation, f"{KEY}{LISTEN}" if key in lately else key, reply_to=inbox_id)
    return True


def _no_telling(text: str) -> bool:
    """Whether words ask something, thank or take leave, or speak of us; a grumble tells how it feels."""
    other = no_answer.read(text)
    of_us = other is not None and other.kind != no_answer.GRUMBLE
    return question_forms.asks(text) or courtesies.courtesy(text) is not None or of_us


def kept(work: Work, conversation: str) -> list[str]:
    """What a child said here before it told of harm, within a day; asked for once."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None:
        return []
    words = drafts.contents(work, draft).get(WORDS, []) if draft.updated_at >= work.now - timedelta(days=1) else []
    drafts.close(work, draft, "done")
    return [str(one) for one in words]


def _busy(work: Work, conversation: str) -> bool:
    """Whether another talk is open, harm was reported here of late, staff write, or who joined the weekly contact."""
    if whats_open(work, conversation).flow is not None or accounts.member(work, conversation) is not None:
        return True
    report = proofs.told_here(work, conversation)
    told = report is not None and report.received_at >= work.now - STILL_TOLD
    reporting = drafts.current(work, conversation, drafts.REPORT) is not None or told
    return reporting or contact_plans.speaker(work, conversation) is not None


def _talks(work: Work, conversation: str) -> bool:
    last = mailbox.keys_said(work, conversation, 0, work.now - LATELY, most=1)
    return bool(last) and last[0].startswith((KEY, SAD))


def _asks_others(text: str) -> bool:
    """Whether a rule is asked for, a place is named and nothing else, or something is asked of us."""
    placed = places.find(text).best is not None and child_talk.kind(text) is None
    ours = replies.question(text) is not None and child_talk.kind(text) is None
    return placed or ours or rules_asked.strongly_asked(text)
