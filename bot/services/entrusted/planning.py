"""What looks like danger in the talk about 委托照护 and is a plan somebody asks about before he does it: answered
plainly, nothing is reported (WBF-21). What is so already, and any other danger told with it, counts as it stands.
"""

from __future__ import annotations

from datetime import timedelta

from bot.reading import danger
from bot.reading.entrusted import entrusted_plans, entrusted_told, journeys
from bot.reading.reports import told
from bot.services import conversations, drafts
from bot.services.entrusted import wishing
from bot.services.mail import mailbox
from bot.services.reporting import intake
from bot.services.staff import accounts
from bot.services.talk.opened import whats_open
from bot.services.work import Work
from bot.storage.tables import Draft

FLOW, EFFECT = "entrusted", "danger"
JUST_TOLD, LATELY = timedelta(hours=1), 4
"""So long, and in so many things said, an answer to a plan is what somebody goes on from."""
OF_A_PLAN = frozenset({"lives_alone", "locked_in", "long_without_care"})
"""Signs that words of such a plan hold: whether the child would be alone, or locked in."""
OF_A_QUESTION = frozenset({"accident_injury"})
"""Signs that who asks who answers for an accident names."""
OF_THE_CARER = frozenset({"guardian_not_performing"})
"""Signs that the vices of a person hold, who does not have the child yet."""
OF_THE_OTHER = frozenset({"guardian_not_performing", "long_without_care", "guardian_lost_capacity"})
"""Signs that why the other parent is no help holds (孩子她爸跟我离了 不管): that is what the wish is for."""
KINDS_OF_THE_OTHER = frozenset({"alone", "missing", danger.HUNCH})
"""Kinds of danger that only that is heard as, its clauses read by themselves: 我儿子五岁 他妈早跑了不管他."""
VIOLENCE = "violence"
KINDS = frozenset({"locked_in", "alone", danger.HUNCH})


def answered(work: Work, conversation: str, inbox_id: int, text: str, hit: danger.Danger) -> bool:
    """Answer a plan, or go back to the talk from the question about danger that a plan raised. False: it is neither."""
    return any(one(work, conversation, inbox_id, text, hit) for one in (_asked_ahead, _not_so))


def only_sounds_so(work: Work, conversation: str, inbox_id: int, text: str, hit: danger.Danger) -> bool:
    """Take 打麻将打得凶 of the carer, 他妈早跑了 of the other parent, in the talk about the wish:
    what the words would be danger of is not told here. False: they are more than that, or no such talk is open."""
    draft = drafts.current(work, conversation, FLOW)
    if draft is None or draft.asked is None or not hit.kinds:
        return False
    without = entrusted_told.but_games(text)
    plays = without != text and VIOLENCE in hit.kinds and danger.read(without).level == "none"
    kept = drafts.contents(work, draft)
    if whats_open(work, conversation).flow != FLOW or not wishing.is_one(kept):
        return False
    if not (plays or of_the_other_parent(text)):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        wishing.turn(work, draft, kept, inbox_id, text)
    return True


def tells_harm(text: str) -> bool:
    """Whether harm is told; what a family only asks about before it is so (签了以后磕了碰了算谁的) is
    none, nor is what bars the person with whom the child is to stay (他爷天天喝大酒)."""
    asks_ahead = entrusted_plans.asks(text) == entrusted_plans.LIABLE and set(told.read(text).signs) <= OF_A_QUESTION
    of_the_carer = bool(entrusted_told.bars(text)) and danger.read(text).level == "none"
    of_the_carer = of_the_carer and set(told.read(text).signs) <= OF_THE_CARER
    return intake.tells_harm(text) and not (asks_ahead or of_the_carer or of_the_other_parent(text))


def only_of_the_wish(text: str, hit: danger.Danger) -> bool:
    """Whether what only sounds odd in the talk about a wish is part of it: why the other parent is no help, or a
    question that is answered there (到那边有时差 我咋联系 晚上加班)."""
    asked = set(hit.kinds) <= {danger.HUNCH} and entrusted_plans.asks(text) is not None
    return of_the_other_parent(text) or (asked and not intake.tells_harm(text))


def of_the_other_parent(text: str) -> bool:
    """Whether words say why the other parent is no help, and nothing of danger but a hunch (她爸早离了不管)."""
    theirs, own = journeys.of_the_other(text), journeys.of_the_writer(text)
    if not theirs or told.read(text).reporter_type == "child_self":
        return False
    calm = set(danger.read(own).kinds) <= {danger.HUNCH} and not told.read(own).signs
    why = set(danger.read(theirs).kinds) <= KINDS_OF_THE_OTHER and set(told.read(theirs).signs) <= OF_THE_OTHER
    return calm and why


def _asked_ahead(work: Work, conversation: str, inbox_id: int, text: str, hit: danger.Danger) -> bool:
    if not entrusted_plans.plans_alone(text) or not _only_planned(text, hit):
        return False
    draft = drafts.current(work, conversation, FLOW)
    in_talk = draft is not None and draft.asked is not None and whats_open(work, conversation).flow == FLOW
    if draft is None or not in_talk or accounts.member(work, conversation) is not None:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        _keep(work, draft, text)
        mailbox.say(work, conversation, "entrusted.plan.alone", reply_to=inbox_id)
    return True


def _not_so(work: Work, conversation: str, inbox_id: int, text: str, hit: danger.Danger) -> bool:
    """还没呢 年后的事, said to the question about danger that came into this talk: nothing was told that is so."""
    doubt, before = drafts.current(work, conversation, intake.FLOW), drafts.current(work, conversation, FLOW)
    says_so = entrusted_plans.not_so(text) or (doubt is not None and entrusted_plans.wants_no_alarm(text))
    if before is None or before.asked is None or not says_so or not _only_planned(text, hit):
        return False
    if hit.level == "emergency" or not _was_asked(work, conversation, inbox_id, doubt):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        said: list[str] = []
        if doubt is not None:
            said = drafts.answers(work, doubt).words_of("what")
            drafts.close(work, doubt, "cancelled")
            conversations.enter(work, conversation, FLOW, told_rasa=False)
        _keep(work, before, *said, text)
        mailbox.say(work, conversation, "entrusted.plan.not_so", reply_to=inbox_id)
    return True


def _was_asked(work: Work, conversation: str, inbox_id: int, doubt: Draft | None) -> bool:
    """Whether the question about danger stands open, of a plan only, or a plan was just answered here."""
    if doubt is None:
        just = mailbox.keys_said(work, conversation, inbox_id, work.now - JUST_TOLD, LATELY)
        return whats_open(work, conversation).flow == FLOW and any(one.startswith("entrusted.plan.") for one in just)
    told_so = set(drafts.answers(work, doubt).facts.get("signs", ())) - OF_A_PLAN
    return doubt.report is None and doubt.asked == "danger_now" and not told_so


def _only_planned(text: str, hit: danger.Danger) -> bool:
    """Whether nothing is told with it that would be danger by itself."""
    read = told.read(text)
    only = set(hit.kinds) <= KINDS and set(read.signs) | set(hit.signs) <= OF_A_PLAN
    return only and read.reporter_type != "child_self"


def _keep(work: Work, draft: Draft, *said: str) -> None:
    """The words stay with the talk, for whoever it goes to."""
    kept = drafts.contents(work, draft)
    if "words" in kept:
        drafts.keep(work, draft, {**kept, "words": [*kept["words"], *said]}, draft.asked)
