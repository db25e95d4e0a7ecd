"""What looks like danger and is answered another way: one's own anger that went by, a grown-up hurt at work, a case put
into a rule that was just told."""

from __future__ import annotations

from datetime import timedelta

from bot.reading import danger
from bot.reading.aftermath import police_told
from bot.reading.dangers import grown, urges
from bot.reading.policy import situations
from bot.reading.talk import replies
from bot.services import drafts
from bot.services.eligibility import talk as eligibility_talk
from bot.services.mail import mailbox
from bot.services.reporting import intake
from bot.services.talk import (
    advising,
    emergencies,
    policy_answers,
    policy_following,
    policy_situations,
    policy_talk,
)
from bot.services.talk.opened import whats_open
from bot.services.work import Work

EFFECT = "danger"
MISSING, INJURY = "missing", "injury"
GROWN = "danger.grown"
JUST_TOLD = timedelta(hours=1)
"""So long after a number was given what is said answers it."""
HIDES = frozenset({"suspect_with_child_now", "threatened"})
"""Signs of words of hiding."""


def answered(work: Work, conversation: str, inbox_id: int, text: str, hit: danger.Danger) -> bool:
    """Answer such words. False: they are none of these, and danger is what it looks like."""
    ways = (_went_aside, _of_a_grown_up_at_work, _asked_on, _read_on, _of_later)
    return any(one(work, conversation, inbox_id, text, hit) for one in ways)


def _went_aside(work: Work, conversation: str, inbox_id: int, text: str, hit: danger.Danger) -> bool:
    """Who was asked because of his own anger says that he did not strike and left the room, as he was told: where
    somebody hides from another that is danger, here it answers the question (没打 我自己躲厕所哭呢)."""
    draft = drafts.current(work, conversation, intake.FLOW)
    lead = replies.lead(text)
    if draft is None or draft.asked != "danger_now" or lead is None or lead.kind != "no":
        return False
    answers = drafts.answers(work, draft)
    only_hides = set(hit.signs) <= HIDES and set(hit.kinds) <= {"violence", danger.HUNCH} and urges.went_aside(text)
    if advising.URGE not in answers.advised or answers.childs or not only_hides:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        answers.said("what", text)
        drafts.save(work, draft, answers, draft.asked)
        intake.tap(work, conversation, inbox_id, "danger_now", "no")
    return True


def _of_a_grown_up_at_work(work: Work, conversation: str, inbox_id: int, text: str, hit: danger.Danger) -> bool:
    """A grown-up was hurt at work: who writes hears whom to call, and nothing is reported of a child. Not where a child
    was told of before: there it may be the child."""
    told_before = drafts.current(work, conversation, intake.FLOW) is not None or emergencies.recent(work, conversation)
    last = None if told_before else mailbox.last_said(work, conversation, inbox_id, work.now - JUST_TOLD)
    if (
        last is not None
        and last.key == GROWN
        and (grown.called_help(text) or police_told.read(text) is not None or grown.no_child(text))
    ):
        if mailbox.take_effect(work, inbox_id, EFFECT):
            mailbox.say(work, conversation, f"{GROWN}.after", reply_to=inbox_id)
        return True
    if told_before or not set(hit.kinds) <= {INJURY, "illness", danger.HUNCH} or not grown.hurt_at_work(text):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        mailbox.say(work, conversation, GROWN, reply_to=inbox_id, priority=mailbox.URGENT)
    return True


def _asked_on(work: Work, conversation: str, inbox_id: int, text: str, hit: danger.Danger) -> bool:
    """Who was just told a rule puts another case into it (要是在城里呢): the rule is told; of a missing child with one
    line of what to do if it is so now. Where anything is open or told before, it counts as it stands."""
    if (
        not hit.kinds
        or not set(hit.kinds) <= {MISSING, danger.HUNCH}
        or whats_open(work, conversation).flow is not None
    ):
        return False
    told = emergencies.being_added_to(work, conversation) or emergencies.recent(work, conversation)
    if told is not None or not policy_following.puts_into_the_rule(work, conversation, text):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        policy_answers.answer(work, conversation, inbox_id, text)
        if MISSING in hit.kinds:
            mailbox.say(work, conversation, "policy.if_now", reply_to=inbox_id, priority=mailbox.URGENT)
    return True


def _of_later(work: Work, conversation: str, inbox_id: int, text: str, hit: danger.Danger) -> bool:
    """Who only fears that nobody cares for a child once it is grown hears the rule, where nothing was told before."""
    told = emergencies.being_added_to(work, conversation) or emergencies.recent(work, conversation)
    fears = situations.of_later(text) and policy_situations.of_a_rule(text)
    if told is not None or not fears or whats_open(work, conversation).flow is not None:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        policy_answers.answer(work, conversation, inbox_id, text)
    return True


def _read_on(work: Work, conversation: str, inbox_id: int, text: str, hit: danger.Danger) -> bool:
    """What only sounds odd and goes on from the rule just told (现在正办着 没下来呢) is answered with it, also where
    that rule was told beside a check; what the check takes as an answer is its own."""
    opened = whats_open(work, conversation).flow
    if not hit.ask or not set(hit.kinds) <= {danger.HUNCH} or opened not in (None, eligibility_talk.FLOW):
        return False
    told = emergencies.being_added_to(work, conversation) or emergencies.recent(work, conversation)
    if told is not None or intake.tells_harm(text) or not policy_following.follows(work, conversation, text):
        return False
    if opened is not None and eligibility_talk.takes(work, conversation, text):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        policy_answers.answer(work, conversation, inbox_id, text)
        policy_talk.ask_open_question(work, conversation, inbox_id, opened)
    return True
