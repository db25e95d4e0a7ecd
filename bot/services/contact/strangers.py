"""Parents far away who have not joined: what they ask of the weekly contact is answered in a sentence (WBF-23), and a
worry they pass on goes to a person. No question of theirs begins a report, and nothing of it is kept.
"""

from __future__ import annotations

from datetime import timedelta

from bot.care import contact_data
from bot.reading import danger
from bot.reading.contact import contact_asked, weekly
from bot.reading.reports import reporting, told
from bot.reading.talk import question_forms
from bot.services.casework import reports
from bot.services.contact import parents
from bot.services.contact import plans as contact_plans
from bot.services.mail import mailbox
from bot.services.reporting import intake
from bot.services.staff import accounts
from bot.services.talk import redirecting
from bot.services.talk.opened import whats_open
from bot.services.work import Work

WORDS, ASKED, JOINED_NOT = "words", "contact.asked.", "contact.not_joined"
GOES_ON, LATELY = timedelta(hours=1), 4
"""So long, and in so many things said, one of these answers is what a short question goes on from."""
OF_CALLS, OF_SECRETS = frozenset({"violence", danger.HUNCH}), frozenset({"sexual", danger.HUNCH})
SOON = ("soon", "check")
"""Levels of signals that want a person (contact_prompts.md §6)."""
HERE = 0


def answered(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Answer such a question, or take the worry to the report. False: neither, or who writes is known here."""
    if told_elsewhere(work, conversation, inbox_id, text):
        return True
    kind = _kind(work, conversation, text)
    if kind is not None:
        if mailbox.take_effect(work, inbox_id, WORDS):
            mailbox.say(work, conversation, f"{ASKED}{kind}", reply_to=inbox_id)
        return True
    if not _worries(work, conversation, text):
        return False
    if mailbox.take_effect(work, inbox_id, WORDS):
        mailbox.say(work, conversation, f"{ASKED}worry", reply_to=inbox_id)
        intake.start(work, conversation, inbox_id, text)
    return True


def told_elsewhere(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Somebody asks what became of what he told another day, or as whose parent, where nothing was told: it is not
    seen from here, and no code is asked for that he never got. False: he asks something else, or is known here."""
    if not contact_asked.of_something_told(text) or whats_open(work, conversation).flow is not None:
        return False
    if not _is_a_stranger(work, conversation) or reports.of_conversation(work, conversation) is not None:
        return False
    if mailbox.take_effect(work, inbox_id, WORDS):
        mailbox.say(work, conversation, f"{ASKED}elsewhere", reply_to=inbox_id)
    return True


def asks(work: Work, conversation: str, text: str, hit: danger.Danger) -> bool:
    """Whether words that sound odd only ask of the contact (她打了我还用打吗), or a parent who joined tells that he is
    not let talk to the child (他爸不让我跟孩子说话): of a child 不让我说 would be a secret kept by force."""
    if set(hit.kinds) <= OF_CALLS and _kind(work, conversation, text) is not None:
        return True
    plans = parents.plans_here(work, conversation) if weekly.kept_from(text) else []
    parent = bool(plans) and plans[0].voice == contact_plans.PARENT
    return parent and set(hit.kinds) <= OF_SECRETS and not intake.tells_harm(text)


def _kind(work: Work, conversation: str, text: str) -> str | None:
    if whats_open(work, conversation).flow is not None:
        return None  # what is open answers its own way
    goes_on = _goes_on(work, conversation)
    kind = contact_asked.read(text, goes_on=goes_on)
    if kind is None or not _is_a_stranger(work, conversation):
        return None
    read = told.read(text)
    calls = kind in contact_asked.OF_CALLS and set(read.signs) <= {"beaten"}  # 她打了我还用打吗
    harm = intake.tells_harm(text) and not calls
    child = read.reporter_type == "child_self" and kind != contact_asked.JOIN  # 我想家入那个提醒
    return None if harm or child else kind


def _worries(work: Work, conversation: str, text: str) -> bool:
    """Whether a parent far away tells that the child is not well for days (他奶说孩子最近老哭 饭也不吃 俩礼拜了)."""
    signal = contact_data.gravest(weekly.read(text).signals)
    wanted = reporting.wants_to_report(text) and "psych_concern" in told.read(text).signs
    if not (wanted or (signal is not None and signal.level in SOON)):
        return False
    if redirecting.applies(work, conversation):
        return False  # a report is not taken there
    of_home = wanted or contact_asked.of_a_child_at_home(text) or _goes_on(work, conversation)
    return of_home and not question_forms.asks_for_rule(text) and _is_a_stranger(work, conversation)


def _goes_on(work: Work, conversation: str) -> bool:
    """Whether the contact of a week was just spoken of here."""
    just = mailbox.keys_said(work, conversation, HERE, work.now - GOES_ON, LATELY)
    return any(one.startswith(ASKED) or one == JOINED_NOT for one in just)


def _is_a_stranger(work: Work, conversation: str) -> bool:
    return not parents.plans_here(work, conversation) and accounts.member(work, conversation) is None
