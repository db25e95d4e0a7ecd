"""The way of a message into the report talk, and out of it again: to what was made before, to what it interrupted."""

from __future__ import annotations

from bot import texts
from bot.reading.talk import replies
from bot.services import drafts, flows
from bot.services.contact import stopping as contact_stopping
from bot.services.eligibility import talk as eligibility_talk
from bot.services.mail import mailbox
from bot.services.reporting import coming_back, doubting, intake, leaving, questions, returning, worries
from bot.services.talk import (
    emergencies,
    letting_go,
    policy_answers,
    policy_cases,
    policy_situations,
    policy_talk,
    policy_telling,
    policy_told,
)
from bot.services.talk.meaning import Meant
from bot.services.talk.opened import whats_open
from bot.services.work import Work
from bot.storage.tables import Conversation, Draft


def with_rule(work: Work, conversation: str, inbox_id: int, text: str, meant: Meant, *, fresh: bool) -> str | None:
    """The report first, with its question about danger; the rule that is asked for besides follows it."""
    asked = take(work, conversation, inbox_id, text, meant, fresh=fresh)
    begun = drafts.current(work, conversation, intake.FLOW) is not None  # else it was added to what stands
    if fresh and begun and policy_talk.waits_for_danger(intake.FLOW, text):
        policy_talk.tell_beside(work, conversation, inbox_id, text, intake.FLOW, meant)
    return asked


def take(work: Work, conversation: str, inbox_id: int, text: str, meant: Meant, *, fresh: bool) -> str | None:
    """Take a message in the report talk; `fresh`: it opens the talk, unless it belongs to a report made before."""
    if fresh and returning.add_to_own(work, conversation, inbox_id, text, meant=True):
        return whats_open(work, conversation).asked
    if not fresh and returning.asks_status(text, meant):
        returning.start(work, conversation, inbox_id, returning.STATUS, text)
        return come_back(work, conversation, inbox_id)
    if not fresh and (
        letting_go.denies(work, conversation, inbox_id, text)
        or letting_go.lets_go(work, conversation, inbox_id, text, meant)
    ):
        return None
    if not fresh and questions.finished(work, conversation, inbox_id, text):
        return whats_open(work, conversation).asked
    if not fresh and (draft := _left_for_the_check(work, conversation, text)) is not None:
        questions.end_here(work, draft, inbox_id)
        return flows.FLOWS[eligibility_talk.FLOW].start(work, conversation, inbox_id, told_rasa=False)
    if not fresh:
        policy_talk.beside_told(work, conversation, inbox_id, text, meant)
    if fresh and doubting.asks_of_neglect(text):
        doubting.ask(work, conversation, inbox_id, text)
        return whats_open(work, conversation).asked
    asked = intake.turn(work, conversation, inbox_id, text, meant)
    if asked is None and (now := whats_open(work, conversation)).flow == intake.FLOW:
        return now.asked  # the other child's report, told of in this one's talk
    if asked is None:
        offer_back(work, conversation, inbox_id)
    return asked


def _left_for_the_check(work: Work, conversation: str, text: str) -> Draft | None:
    """The talk of a report that is with people already, when its teller wants to go on with the check it came into."""
    draft = drafts.current(work, conversation, intake.FLOW)
    waits = drafts.current(work, conversation, eligibility_talk.FLOW) is not None
    left = waits and draft is not None and draft.report is not None and replies.resumes(text)
    return draft if left else None


def only_a_rule(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Answer words that ask what holds for all who are so and tell of nobody (妈没了爸坐牢 这种孩子算哪类): they open
    nothing. False: they may tell of a child, one is spoken of here, or we know no such rule."""
    if not policy_situations.only_of_a_rule(text) or emergencies.recent(work, conversation) is not None:
        return False
    if not policy_cases.rules(work, text) and not policy_telling.of_nobody_there(text):
        return False
    policy_answers.answer(work, conversation, inbox_id, text)
    return True


def leaves(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Somebody wants out of the report talk, at whatever question; what it interrupted is offered again. Or he only
    wants to know the rule, or asks whether to question the child, take photos, warn the parents: answered before all
    else. False: neither."""
    first = (policy_told.only_asked, worries.of_the_child, contact_stopping.says)
    if any(one(work, conversation, inbox_id, text) for one in first):
        return True
    if not leaving.heard(work, conversation, inbox_id, text):
        return False
    offer_back(work, conversation, inbox_id)
    return True


def come_back(work: Work, conversation: str, inbox_id: int) -> str | None:
    """What was looked up in the middle of a report is over: the report goes on. Returns the field asked next."""
    row = work.session.get_one(Conversation, conversation)
    if row.flow is None and drafts.current(work, conversation, intake.FLOW) is not None:
        coming_back.come_back(work, conversation, inbox_id)
    return whats_open(work, conversation).asked


def offer_back(work: Work, conversation: str, inbox_id: int) -> None:
    """A report that came first is over: what it interrupted is offered again."""
    if work.session.get_one(Conversation, conversation).flow is not None:
        return
    for flow in flows.FLOWS:
        if texts.known(f"{flow}.come_back") and drafts.current(work, conversation, flow) is not None:
            mailbox.say(work, conversation, f"{flow}.come_back", reply_to=inbox_id)
