"""Answering policy questions from the reviewed set: the fact, its clause, how long it holds, whom to ask.

Nothing is made up: what is not in the set is said not to be there. Where we are not sure which question was meant, the
two nearest are answered and more are offered as buttons. A short question that follows (那奶奶算吗) is read on from the
last answer.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot import texts
from bot.reading import answers as short
from bot.reading import danger, policy_questions, told
from bot.reading.policy_questions import MAYBE, NONE, SURE
from bot.services import flows, mailbox
from bot.services.work import Work
from bot.storage.tables import Outbox
from bot.texts import policy_answers as known
from bot.texts.policy_answers import LAW, PLAN, Topic

KEY, TAP, REPORT, NOTHING = "chat.policy", "ask", "report", "none"
FRESH = timedelta(minutes=15)
"""PROPOSED: how long an answer is what a short question goes on from."""
MOST_BUTTONS = 3
_SAID = ("policy.answer", "policy.maybe", "policy.maybe_two")


def answer(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Answer a message taken for a policy question, or say honestly that the plan does not write of it."""
    before = _answered_last(work, conversation)
    found = known.finder().find(text, before, known.akin(before) if before else ())
    if found.kind == NONE:
        _say_none(work, conversation, inbox_id, found.topics)
    else:
        trouble = bool(told.read(text).signs)
        _say(work, conversation, inbox_id, found.topics, sure=found.kind == SURE, trouble=trouble)


def plainly_asked(text: str) -> bool:
    """Whether our own reading is sure that these words ask one of the questions we know; nobody else need say so."""
    if short.short_answer(text) is not None or not policy_questions.asks(text):
        return False
    return known.finder().find(text).kind == SURE


def may_be_asked(text: str) -> bool:
    """Whether words have the form of a question and are near enough to some we know to answer with a "may be"."""
    if short.short_answer(text) is not None or not policy_questions.asks(text):
        return False
    return known.finder().find(text).kind != NONE


def follows(work: Work, conversation: str, text: str) -> bool:
    """Whether a short question goes on from the policy answer that was given here a moment ago."""
    before = _answered_last(work, conversation)
    if before is None or not policy_questions.goes_on(text) or not policy_questions.asks(text):
        return False
    if short.short_answer(text) is not None or danger.read(text).level != "none":
        return False
    return known.finder().find(text, before, known.akin(before)).kind in (SURE, MAYBE)


def beside_danger(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """After danger was answered: if the words are also plainly one of our questions, the rule in one sentence."""
    if not plainly_asked(text):
        return
    topic = known.topics()[known.finder().find(text).topics[0]]
    args = {"answer": topic.answer, "basis": _basis(topic)}
    mailbox.say(work, conversation, "policy.beside_danger", args, reply_to=inbox_id)


def tapped(work: Work, conversation: str, inbox_id: int, topic: str) -> bool:
    """A tapped question. False: the set knows it no more."""
    if topic == NOTHING:
        _say_none(work, conversation, inbox_id, ())
    elif topic in known.topics():
        _say(work, conversation, inbox_id, (topic,), sure=True)
    else:
        return False
    return True


def _say(
    work: Work, conversation: str, inbox_id: int, near: tuple[str, ...], *, sure: bool, trouble: bool = False
) -> None:
    """`trouble`: the question also tells something of a child; a report is offered, whatever the topic."""
    found = [known.topics()[one] for one in near]
    first = found[0]
    args = {
        "topic": first.id,
        "question": first.question,
        "answer": first.answer,
        "basis": _basis(first),
        "valid": _valid(first),
        "who": texts.phrase(f"policy.ask.{first.who}"),
        "choices": _buttons(first, [] if sure else found[1:], trouble),
    }
    key = "policy.answer" if sure else "policy.maybe"
    if not sure and len(found) > 1:
        key = "policy.maybe_two"
        args |= {"other": found[1].question, "other_answer": found[1].answer, "other_basis": _basis(found[1])}
    mailbox.say(work, conversation, key, args, reply_to=inbox_id)


def _say_none(work: Work, conversation: str, inbox_id: int, near: tuple[str, ...]) -> None:
    choices = [_button(known.topics()[one]) for one in near]
    mailbox.say(work, conversation, "policy.none", {"choices": choices}, reply_to=inbox_id)


def _buttons(topic: Topic, near: list[Topic], trouble: bool) -> list[list[str]]:
    """What it may have been instead, else the related questions; and the flows this topic leads to that are open."""
    offered = [
        [texts.phrase(f"policy.button.{flow}"), f"flow:{flow}", "primary"]
        for flow in dict.fromkeys([*topic.offers, *([REPORT] if trouble else [])])
        if flow == REPORT or flow in flows.FLOWS
    ]
    others = near[1:] if near else [known.topics()[one] for one in topic.related]
    asked = [_button(one) for one in others[:MOST_BUTTONS]]
    refused = [[texts.phrase("policy.button.other"), f"{TAP}:{NOTHING}", "quiet"]] if near else []
    return [*asked, *offered, *refused]


def _button(topic: Topic) -> list[str]:
    return [topic.question, f"{TAP}:{topic.id}"]


def _basis(topic: Topic) -> str:
    """The plan with its phrase and clause ids, then laws and documents; honest where it is our own."""
    plan = [one for one in topic.cited if one.startswith("JL-")]
    others = [one for one in topic.cited if not one.startswith("JL-")]
    parts = []
    if plan:
        quote = texts.phrase("policy.quoted").format(quote=topic.quote) if topic.quote else ""
        ids = texts.phrase("policy.ids").format(ids="、".join(plan))
        parts.append(texts.phrase("policy.plan").format(quote=quote, ids=ids))
    named: dict[str, list[str]] = {}
    for one in others:
        named.setdefault(known.law_name(one), []).append(one)
    parts += [f"{name}{texts.phrase('policy.ids').format(ids='、'.join(ids))}" for name, ids in named.items()]
    if topic.own:
        parts.append(texts.phrase("policy.own"))
    return "；".join(parts) or texts.phrase("policy.numbers")


def _valid(topic: Topic) -> str:
    kinds = {frozenset({PLAN}): "plan", frozenset({LAW}): "law", frozenset({PLAN, LAW}): "both"}
    return texts.phrase(f"policy.valid.{kinds.get(topic.valid, 'none')}")


def _answered_last(work: Work, conversation: str) -> str | None:
    """The topic answered here last, while that is fresh."""
    row = work.session.scalar(
        select(Outbox)
        .where(Outbox.conversation == conversation, Outbox.key.in_(_SAID), Outbox.created_at >= work.now - FRESH)
        .order_by(Outbox.id.desc())
        .limit(1)
    )
    topic = mailbox.args_of(work, row).get("topic") if row is not None else None
    return topic if topic in known.topics() else None
