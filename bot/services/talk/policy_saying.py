"""How a policy answer is said: the fact, its clause, how long it holds, whom to ask, and what to tap next.

Nothing is made up: the words are those of the reviewed set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from sqlalchemy import select

from bot import texts
from bot.reading.persons import carers
from bot.reading.policy import first_words, own_records
from bot.services.mail import mailbox
from bot.services.staff import accounts
from bot.services.talk import policy_applied, policy_bounds
from bot.services.work import Work
from bot.storage.tables import Conversation, Outbox
from bot.texts import policy_answers as known
from bot.texts.policy_answers import LAW, PLAN, Topic

TAP, REPORT, NOTHING = "ask", "report", "none"
MOST_BUTTONS, A_WORD = 3, 6
FRESH = timedelta(minutes=15)
"""PROPOSED: how long an answer is what a short question goes on from."""
_SAID = ("policy.answer", "policy.maybe", "policy.to_a_child", "policy.beside", "policy.beside_danger")
_SPOKEN_OF: Mapping[str, str] = {"chat.mental_health": "mind_found"}
"""Replies that speak of what a rule is about: a short question after one (那是她自己给看吗) goes on from that rule."""


def police_first(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Of a carer who hits the child the police hear first; persuading comes after (JL-3.8.k before JL-3.5.f)."""
    if carers.hits(text):
        mailbox.say(work, conversation, "policy.police_first", reply_to=inbox_id)


def own_matter(work: Work, conversation: str, inbox_id: int, kind: str) -> None:
    """No rule answers what somebody asks of his own matter here: where it is found, by who asks."""
    of_staff = kind == own_records.RECORD and accounts.member(work, conversation) is not None
    mailbox.say(work, conversation, f"policy.own_{'work' if of_staff else kind}", reply_to=inbox_id)


def led(topic: Topic, text: str) -> str:
    """The answer, with the question it answers before it where its first word (要) would answer another one."""
    return f"{topic.question}{topic.answer}" if first_words.answers_another(topic.answer, text) else topic.answer


def alone(work: Work, conversation: str, inbox_id: int, topic: Topic, trouble: bool, text: str = "") -> None:
    """The one answer. `trouble`: something of a child is told as well; a report is offered, whatever the topic."""
    if to_a_child(work, conversation, inbox_id, topic):
        return
    args = {
        "topic": topic.id,
        "answer": _answer(work, conversation, topic, text),
        "basis": basis(topic),
        "valid": _valid([topic]),
        "who": texts.phrase(f"policy.ask.{topic.who}"),
        "choices": [*_asked(topic.related), *_offers([topic], trouble)],
    }
    mailbox.say(work, conversation, "policy.answer", args, reply_to=inbox_id)


def _answer(work: Work, conversation: str, topic: Topic, text: str) -> str:
    """The answer and what it comes to for what was told; who was just told that rule hears only what it comes to."""
    comes_to = policy_applied.line(work, text, [topic.id])
    again = bool(comes_to) and policy_bounds.put_into(topic.id, text) and last_topic(work, conversation) == topic.id
    return comes_to if again else "\n".join(filter(None, (led(topic, text), comes_to)))


def several(
    work: Work,
    conversation: str,
    inbox_id: int,
    close: list[Topic],
    further: list[Topic],
    trouble: bool,
    text: str = "",
) -> None:
    """We are not sure which was meant: the close ones are answered, further ones are buttons."""
    if to_a_child(work, conversation, inbox_id, close[0]):
        return
    numbers = texts.phrase("policy.numbers_of")
    one = texts.phrase("policy.one")
    answers = [
        one.format(number=numbers[at], question=topic.question, answer=topic.answer, basis=basis(topic, brief=True))
        for at, topic in enumerate(close)
    ]
    answers += filter(None, [policy_applied.line(work, text, [one.id for one in close])])
    args = {
        "topic": close[0].id,
        "answers": "\n".join(answers),
        "valid": _valid(close),
        "choices": [
            *_asked(topic.id for topic in further),
            *_offers(close, trouble),
            [texts.phrase("policy.button.other"), f"{TAP}:{NOTHING}", "quiet"],
        ],
    }
    mailbox.say(work, conversation, "policy.maybe", args, reply_to=inbox_id)


def to_a_child(work: Work, conversation: str, inbox_id: int, topic: Topic) -> bool:
    """What a child reads: one sentence, no clauses, nothing to choose from. False: nobody speaks to a child here."""
    if work.session.get_one(Conversation, conversation).language != texts.TO_A_CHILD:
        return False
    first, _, rest = topic.answer.partition("。")
    answer = first if len(first) > A_WORD else f"{first}。{rest.partition('。')[0]}".rstrip("。")  # 要。 says nothing
    args = {"topic": topic.id, "answer": answer}
    mailbox.say(work, conversation, "policy.to_a_child", args, reply_to=inbox_id)
    return True


def none(work: Work, conversation: str, inbox_id: int, near: tuple[str, ...]) -> None:
    """The plan does not write of it; `near`: topics that may be meant."""
    mailbox.say(work, conversation, "policy.none", {"choices": _asked(near)}, reply_to=inbox_id)


def _offers(topics: list[Topic], trouble: bool) -> list[list[str]]:
    """The flows these topics lead to."""
    wanted = [flow for topic in topics for flow in topic.offers] + ([REPORT] if trouble else [])
    return [[texts.phrase(f"policy.button.{flow}"), f"flow:{flow}"] for flow in dict.fromkeys(wanted)]


def _asked(topics: Iterable[str]) -> list[list[str]]:
    """Buttons that ask these questions."""
    return [[known.topics()[one].question, f"{TAP}:{one}"] for one in list(topics)[:MOST_BUTTONS]]


def basis(topic: Topic, *, brief: bool = False) -> str:
    """The plan with its phrase and clause ids, then laws and documents; honest where it is our own. `brief`: ids."""
    if brief:
        return texts.phrase("policy.ids").format(ids="、".join(topic.cited)) if topic.cited else ""
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


def _valid(topics: list[Topic]) -> str:
    kinds = {frozenset({PLAN}): "plan", frozenset({LAW}): "law", frozenset({PLAN, LAW}): "both"}
    valid = frozenset(kind for topic in topics for kind in topic.valid)
    return texts.phrase(f"policy.valid.{kinds.get(valid, 'none')}")


def told_last(work: Work, conversation: str) -> bool:
    """Whether a policy answer is the last that was said here."""
    last = work.session.scalar(
        select(Outbox.key)
        .where(Outbox.conversation == conversation, Outbox.created_at >= work.now - FRESH)
        .order_by(Outbox.id.desc())
        .limit(1)
    )
    return last in _SAID


def last_topic(work: Work, conversation: str) -> str | None:
    """The topic answered here last, while that is fresh."""
    row = work.session.scalar(
        select(Outbox)
        .where(
            Outbox.conversation == conversation,
            Outbox.key.in_((*_SAID, *_SPOKEN_OF)),
            Outbox.created_at >= work.now - FRESH,
        )
        .order_by(Outbox.id.desc())
        .limit(1)
    )
    topic = row and (_SPOKEN_OF.get(row.key) or mailbox.args_of(work, row).get("topic"))
    return topic if topic in known.topics() else None
