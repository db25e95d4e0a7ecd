"""Somebody comes back to a check of eligibility that is kept here, whatever else was told meanwhile: it goes on exactly
where it was. A report of yesterday does not swallow that; who asks who reads his words hears of that report.

Danger was looked for before: a message that tells any is none of this.
"""

from __future__ import annotations

import re

from bot.reading import danger
from bot.reading.families import check_handing, check_return, checking, said_plainly
from bot.reading.reports import asides, told
from bot.reading.talk import question_forms
from bot.services import conversations, drafts
from bot.services.casework import reports
from bot.services.eligibility import talk as check_talk
from bot.services.eligibility import wishes
from bot.services.eligibility.state import FLOW, KEPT
from bot.services.mail import mailbox
from bot.services.reporting import filing, intake, proofs, questions, standing
from bot.services.staff import accounts
from bot.services.talk import other_story, policy_talk, redirecting
from bot.services.talk.calm_telling import PARENTS_GONE
from bot.services.talk.meaning import Meant
from bot.services.talk.opened import whats_open
from bot.services.work import Work
from bot.storage.tables import Draft

EFFECT, CARER = "words", "entrusted"
OF_THE_RESULT = (checking.SO_FAR, checking.ONE_SENTENCE, checking.MISSING, checking.NOW, checking.REVIEW)
"""What only a check can be asked for: 那到底算不算, 我不同意."""


def takes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Go on with the kept check. False: none is kept, or the words say something else."""
    if _tells_harm(work, text) or set(danger.read(text).kinds) - {danger.HUNCH}:
        return False
    draft = drafts.current(work, conversation, FLOW)
    if _asks_who_sees(work, conversation, inbox_id, text):
        return True
    if draft is None:
        return _begins(work, conversation, inbox_id, text)
    flow, back = whats_open(work, conversation).flow, check_return.read(text)
    heard = back is not None and _is_for_the_check(work, draft, back, flow)
    asks_where = back == check_return.Return(check_return.BACK, "") and re.search("哪|第几|啥地方", text) is not None
    if asks_where and _says_both(work, conversation, inbox_id, flow):
        return True
    if not heard and not (flow is None and _wishes(work, draft, inbox_id, text)):
        return False
    if not mailbox.take_effect(work, inbox_id, EFFECT) or redirecting.refuses(work, conversation, inbox_id):
        return True
    if not other_story.leaves_report(work, conversation, inbox_id, ""):
        return True
    if back is None or not heard:
        conversations.enter(work, conversation, FLOW, told_rasa=False)
        check_talk.turn(work, conversation, inbox_id, text, Meant())
    else:
        check_talk.start(work, conversation, inbox_id, back.rest)
    return True


def _says_both(work: Work, conversation: str, inbox_id: int, flow: str | None) -> bool:
    """刚才整到哪了, while a report that stands is being told and a check waits: both are named, the report goes on.
    False: no such report is open, or it is of the writer's own low hour and it is known where he is: he is led back."""
    open_report = drafts.current(work, conversation, intake.FLOW) if flow == intake.FLOW else None
    if open_report is None or open_report.report is None:
        return False
    told = drafts.answers(work, open_report)
    if told.own_pain and told.area is not None:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        mailbox.say(work, conversation, "story.both_open", reply_to=inbox_id)
        policy_talk.ask_open_question(work, conversation, inbox_id, flow)
    return True


def _tells_harm(work: Work, text: str) -> bool:
    """Whether harm is told; that a parent is in prison or gone is what a family tells its check."""
    signs = set(told.read(text).signs)
    return intake.tells_harm(text) and not (signs <= PARENTS_GONE and check_talk.told_by_the_family(work, text))


def _is_for_the_check(work: Work, draft: Draft, back: check_return.Return, flow: str | None) -> bool:
    """Whether it is the check that somebody comes back to: he names it, or nothing else is open and nothing was left
    later than it. What is told besides must be something the check hears."""
    if back.rest and not check_talk.takes(work, draft.conversation, back.rest):
        return False
    if flow == FLOW:
        return not back.rest and back.kind == check_return.NAMED
    if back.kind == check_return.NAMED:
        return flow is None or (flow in (intake.FLOW, CARER) and not back.rest)  # what else is told there, others take
    own = proofs.spoken_of(work, draft.conversation)
    newer = own is not None and own.received_at > draft.updated_at
    return flow is None and not newer and drafts.current(work, draft.conversation, intake.FLOW) is None


def _wishes(work: Work, draft: Draft, inbox_id: int, text: str) -> bool:
    """Whether words with nothing open want the result of the check, or people for it right after it was spoken of."""
    wish = checking.wish(text, at_the_end=draft.asked == "result")
    if wish in OF_THE_RESULT and not question_forms.of_nobody(text):
        return True
    last = mailbox.last_said(work, draft.conversation, inbox_id, work.now - KEPT)
    spoken_of = last is not None and last.key.startswith(f"{FLOW}.")
    return spoken_of and (check_handing.hands_over(text) or wishes.wanted(text, draft.asked or "fact") is not None)


def _begins(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Whoever told all of an emergency, the place too, and now wants to know whether a child counts begins a check."""
    open_report = drafts.current(work, conversation, intake.FLOW)
    if open_report is None and said_plainly.reads_little(text) and said_plainly.of_the_check(text):
        return _begins_shortly(work, conversation, inbox_id, text)
    back = check_return.read(text)
    named = back is not None and back.kind == check_return.NAMED and not back.rest
    if open_report is None or open_report.report is None or not (named or checking.asks(text)):
        return False
    if "place" not in drafts.answers(work, open_report).given or not (named or question_forms.own_case(text)):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT) and not redirecting.refuses(work, conversation, inbox_id):
        questions.end_here(work, open_report, inbox_id)
        check_talk.start(work, conversation, inbox_id, "" if named else text)
    return True


def _begins_shortly(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """我大字不识几个 说能查啥留守儿童: the check begins, no list of what we can do."""
    if whats_open(work, conversation).flow is not None or accounts.member(work, conversation) is not None:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT) and not redirecting.refuses(work, conversation, inbox_id):
        check_talk.start(work, conversation, inbox_id, text)
    return True


def _asks_who_sees(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """我昨天说的那话 谁能看着: who was told of the report made here; the open question of the check stands."""
    if not check_return.asks_who_sees(text) or whats_open(work, conversation).flow not in (None, FLOW):
        return False
    own = proofs.spoken_of(work, conversation)
    if own is None:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        if filing.taken_up(reports.told_of(work, own)).childs:
            (key,), args = standing.to_a_child(work, own, asides.TOLD)
        else:
            key, args = f"report.who_reads.{standing.how_far(work, own)}", standing.people(work, own)
        mailbox.say(work, conversation, key, args, reply_to=inbox_id)
        policy_talk.ask_open_question(work, conversation, inbox_id, whats_open(work, conversation).flow)
    return True
