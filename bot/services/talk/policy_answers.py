"""Answering policy questions from the reviewed set: the fact, its clause, how long it holds, whom to ask.

Nothing is made up: what is not in the set is said not to be there. Where we are not sure which question was meant, the
two nearest are answered and more are offered as buttons. A short question that follows (那奶奶算吗) is read on from the
last answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from threading import Event

from bot.reading.policy import only_asking, own_records, policy_questions, policy_words, situations, staying
from bot.reading.policy.finding import MAYBE, NONE, SURE, Found
from bot.reading.reports import asides, told
from bot.reading.talk import answers as short
from bot.reading.talk import question_forms
from bot.reading.talk.talk_words import of_the_talk
from bot.services.mail import mailbox
from bot.services.talk import policy_applied, policy_cases, policy_saying
from bot.services.work import Work
from bot.storage.tables import Conversation
from bot.texts import policy_answers as known
from bot.texts.policy_answers import Topic

KEY, TAP = "chat.policy", policy_saying.TAP
VERY_NEAR, AS_ASKED = 0.45, 0.7
"""AS_ASKED: nearness from which words of some length ask without the form of a question (查询码搞丢了): the rule may
be told beside what they mean, never instead."""
_GETTING_READY = Event()
WORD_FOR_WORD = 1.0
NAMED, PARTED = 0.25, 0.2
"""Nearness from which words without any form of a question name a case we know; where parents parted, of whom few of
our rules speak."""
A_SENTENCE, A_CASE, MOST_OF_A_FAMILY = 6, 5, 2
SURELY, OF_RULES = 0.1, 0.07
"""What being sure of the topic, and asking what holds or is allowed, adds to how near a question is."""
DOUBTFULLY, FAIRLY, TOLD, STRONGLY, VERY_STRONGLY = 0.11, 0.2, 0.32, 0.34, 0.42
"""Strength from which the rule is told beside danger, beside words of doubt; from which a mere hunch is no doubt."""
IN_DOUBT = 0.21
"""Nearness from which words that only tell of a rule in doubt (村里说得重新算六个月) hear the rule beside."""
FAR_BEHIND, FAR_BEHIND_AKIN = 0.8, 0.6
"""Share of the nearest one's nearness below which a rule of another theme, and one of the same, is not told beside
something else."""
INSIDE: Mapping[str, frozenset[str]] = {
    "report": frozenset({"reporting", "report_course", "privacy"}),
    "eligibility": frozenset({"left_behind", "hardship", "guardianship", "applying"}),
    "entrusted": frozenset({"entrusted", "carers"}),
}
"""Themes of what is asked in the middle of a talk, likelier than others."""


def will_get_ready() -> None:
    """Somebody is going to call `get_ready` beside the start."""
    _GETTING_READY.set()


def get_ready() -> None:
    """Read the set and make it comparable now, about a second, and not while the first question waits."""
    try:
        known.finder()
    finally:
        _GETTING_READY.clear()


def getting_ready() -> bool:
    """Whether the process has just been started and the set is not ready: nobody in danger waits for a rule.

    A set that somebody else made meanwhile is ready, also if whoever announced it failed before.
    """
    return _GETTING_READY.is_set() and not known.finder_made()


def answer(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Answer a message taken for a policy question, or say honestly that the plan does not write of it."""
    if own := own_records.read(text):
        policy_saying.own_matter(work, conversation, inbox_id, own)
        return
    policy_saying.police_first(work, conversation, inbox_id, text)
    found = find(work, conversation, text)
    if staying.doubts(text) and policy_saying.told_last(work, conversation):
        mailbox.say(work, conversation, "policy.not_made_up", reply_to=inbox_id)
    told_of = _told_of(work, conversation, text)
    if len(told_of) > 1:
        policy_saying.several(work, conversation, inbox_id, [known.topics()[one] for one in told_of], [], trouble=False)
    elif told_of:
        topic = known.topics()[told_of[0]]
        policy_saying.alone(work, conversation, inbox_id, topic, bool(told.read(text).signs), text)
    elif found.kind == NONE:
        policy_saying.none(work, conversation, inbox_id, found.topics)
    else:
        trouble = bool(told.read(text).signs)
        near = [known.topics()[one] for one in found.topics]
        close = _close(work, text, found, plainly=not trouble)
        if found.kind == SURE and len(close) == 1:
            policy_saying.alone(work, conversation, inbox_id, known.topics()[close[0]], trouble, text)
        else:
            further = [one for one in near if one.id not in close]
            policy_saying.several(
                work, conversation, inbox_id, [known.topics()[one] for one in close], further, trouble, text
            )


def _told_of(work: Work, conversation: str, text: str) -> tuple[str, ...]:
    """The topics that speak of a situation told without a question."""
    return situations.told_together(text) or policy_cases.of_one_only(
        policy_saying.last_topic(work, conversation), text
    )


def plainly_asked(text: str) -> bool:
    """Whether our own reading is sure that these words ask one of the questions we know."""
    if no_question(text) or not question_forms.asks(text):
        return False
    found = known.finder().find(text)
    near = found.kind == MAYBE and not _only_of_us(text)
    return found.kind == SURE or (near and known.finder().rank(text)[0].nearness >= VERY_NEAR)


def very_plainly_asked(text: str) -> bool:
    """The same where another reading of the words is likely too (help, a human, a heavy heart): much nearer."""
    return plainly_asked(text) and known.finder().rank(text)[0].nearness >= VERY_NEAR


def strength(text: str) -> float | None:
    """How strongly words ask a question we know: how near it is, more where our own reading is sure which it is.

    None: they do not ask, or of nothing we know.
    """
    if no_question(text) or asides.latin(text):
        return None
    found, near = known.finder().find(text, taken=True), known.finder().rank(text)
    if found.kind == NONE or short.calls_us(text) or _only_of_us(text):
        return None
    brief, as_written = len(text.strip("。.!！?？ ")) < A_SENTENCE, near[0].nearness > WORD_FOR_WORD  # 娃没上户口
    if brief and not (as_written or may_be_asked(text)):
        return None  # 那算什么: too little to take for a rule
    if not asks(text):
        return TOLD if as_written or (len(text) >= A_SENTENCE and near[0].nearness >= AS_ASKED) else None
    more = (SURELY if found.kind == SURE else 0.0) + (OF_RULES if question_forms.asks_for_rule(text) else 0.0)
    return near[0].nearness + more


def no_question(text: str) -> bool:
    """Whether words answer something, or speak to the talk itself: no rule was asked for."""
    of_us = short.short_answer(text) is not None or of_the_talk(text)
    return of_us or only_asking.answers_loosely(text) or own_records.read(text) is not None


def _only_of_us(text: str) -> bool:
    """你是真人吗 asks of ourselves, and is too little to be near to a rule."""
    return len(text) <= A_SENTENCE and question_forms.to_us(text)


def asks(text: str) -> bool:
    return question_forms.asks(text) or bool(question_forms.asking_parts(text))


def in_doubt(text: str) -> bool:
    """Whether a situation is told in which a rule we know is refused, neglected or doubted, though nobody asks."""
    if no_question(text) or not question_forms.disputes(text):
        return False
    return known.finder().find(text, taken=True).kind != NONE and known.finder().rank(text)[0].nearness >= IN_DOUBT


def theme(text: str) -> str | None:
    """The theme of the topic that words are nearest to; None: to nothing."""
    near = known.finder().rank(text)
    return known.topics()[near[0].topic].theme if near else None


def may_be_asked(text: str) -> bool:
    """Whether words have the form of a question and are near enough to some we know to answer with a "may be"."""
    if _only_of_us(text) or no_question(text) or not question_forms.asks(text):
        return False
    return known.finder().find(text).kind != NONE


def names_one(text: str) -> bool:
    """Whether a bare situation (爸没了妈判五年) is near to one we know: words that nobody could classify are answered
    with what may be meant rather than with an apology."""
    if no_question(text) or told.read(text).signs:
        return False
    near = known.finder().rank(text)
    return bool(near) and len(text) >= A_SENTENCE and near[0].nearness >= NAMED


def nearest_is_meant(work: Work, text: str) -> bool:
    """Whether what is nearest in letters is one of the two that are nearest in meaning."""
    near = known.finder().rank(text, most=1)
    meant = sorted(work.topics, key=lambda topic: -work.topics[topic])[:2]
    return bool(near) and near[0].topic in meant


def may_be_meant(work: Work, text: str) -> bool:
    """The same, or nobody says what the words are near to in meaning."""
    return not work.topics or nearest_is_meant(work, text)


def situation(text: str, *, enough: float | None = None) -> float | None:
    """How near a situation told without a question (前婆婆把孩子领走了) is to the rule of it; None: to none we know.

    `enough`: how near it must be, where more than the letters speaks for that rule.
    """
    if len(text) < A_CASE or no_question(text) or question_forms.asks(text):
        return None
    if known.finder().find(text, taken=True).kind == NONE:
        return None
    nearness = known.finder().rank(text)[0].nearness
    needed = enough if enough is not None else PARTED if question_forms.of_parting(text) else NAMED
    return nearness if nearness >= needed else None


def asks_known(text: str, *, enough: float = FAIRLY) -> bool:
    """Whether words ask something that one of our answers is near to; `enough`: how near."""
    return question_forms.asks(text) and (strength(text) or 0.0) >= enough


def beside(
    work: Work,
    conversation: str,
    inbox_id: int,
    text: str,
    key: str = "policy.beside",
    *,
    most: int | None = None,
    begun: bool = False,
) -> None:
    """The rule beside something else that is answered: in one sentence, or the nearest two or three where it may be
    any of them. `most`: so many at most; `begun`: what is open was begun by these very words, and says nothing of what
    they are likelier to ask."""
    near = _close(work, text, find(work, conversation, text, begun=begun))
    close = [known.topics()[one] for one in near[:most]]
    if not close:
        return  # nothing we know is near at all
    close = _on_the_topic(work, conversation, text, close)
    _tell(work, conversation, inbox_id, close, key, text)


def tell(work: Work, conversation: str, inbox_id: int, topics: Collection[str], key: str = "policy.beside") -> None:
    """These rules beside something else that is answered."""
    _tell(work, conversation, inbox_id, [known.topics()[one] for one in topics], key)


def _tell(work: Work, conversation: str, inbox_id: int, close: list[Topic], key: str, text: str = "") -> None:
    if policy_saying.to_a_child(work, conversation, inbox_id, close[0]):
        return
    answers = [f"{policy_saying.led(topic, text)}{policy_saying.basis(topic, brief=True)}" for topic in close]
    if key == "policy.beside" and (applied := policy_applied.line(work, text, [one.id for one in close])):
        answers.append(applied)
    mailbox.say(work, conversation, key, {"topic": close[0].id, "answers": "\n".join(answers)}, reply_to=inbox_id)


def _on_the_topic(work: Work, conversation: str, text: str, close: list[Topic]) -> list[Topic]:
    """Rules told beside something else, without those that are far behind the nearest one, of another theme sooner: who
    asks whether work abroad counts reads nothing of where data is kept. What speaks of the family told stays, and
    what was told before a question that goes on from it; beside the rule of a family nothing that only sounds like it:
    who tells of one parent away reads nothing of divorce."""
    near = {one.topic: one.nearness for one in known.finder().rank(text, most=policy_questions.CONSIDERED)}
    near = {one.id: near.get(one.id, 0.0) + policy_questions.MEANT * work.topics.get(one.id, 0.0) for one in close}
    best = max(close, key=lambda one: near[one.id])
    rules = policy_cases.rules(work, text)
    stay = {*rules, policy_cases.duty(text), policy_saying.last_topic(work, conversation)}
    if rules and close[0].id in rules:
        return [one for one in close if one.id in stay or one is best]
    behind = {True: FAR_BEHIND_AKIN * near[best.id], False: FAR_BEHIND * near[best.id]}
    return [one for one in close if one.id in stay or near[one.id] >= behind[one.theme == best.theme]]


def find(work: Work, conversation: str, text: str, *, begun: bool = False) -> Found:
    """What a message asks, read on from what was answered here a moment ago where it leans on that."""
    before = policy_saying.last_topic(work, conversation)
    flow = None if begun else work.session.get_one(Conversation, conversation).flow
    inside = known.of_themes(INSIDE.get(flow or "", frozenset()))
    akin = known.akin(before) if before else ()
    found = known.finder().find(text, before, akin, taken=True, meant=work.topics, inside=inside)
    topics = tuple(one for one in found.topics if policy_words.named(one, text))
    kind = found.kind if topics else NONE
    return found if topics == found.topics else Found(kind, topics, min(found.close, len(topics)))


def _close(work: Work, text: str, found: Found, *, plainly: bool = False) -> tuple[str, ...]:
    """The topics that are told together: the one we are sure of, or the rule that speaks of what was told and those
    near in words. `plainly`: nothing of a child's trouble is told, so that a duty nothing in the words is near to
    is not told."""
    if told_of := situations.told_together(text):
        return told_of
    duty = policy_cases.duty(text)
    if duty is not None and not (plainly and duty not in found.topics):
        return tuple(dict.fromkeys((duty, *found.topics[:1])))
    if not question_forms.asks(text) and (rule := policy_cases.rule(work, text)):
        return rule
    told = policy_cases.rules(work, text)
    if found.kind == SURE:
        decided = policy_cases.asks_which(text) or policy_applied.other_at_home(work, text)
        first = told[:1] if decided else policy_cases.of_the_child(told)
        found_too = policy_cases.fitting(work, text, found.topics[:1])
        return tuple(dict.fromkeys((*first, *found_too))) or told[:1] or found.topics[:1]
    near = found.topics[: found.close]
    if not told:
        return near
    near = policy_cases.fitting(work, text, near)
    if policy_cases.of_the_child(told) and near and nearest_is_meant(work, text):
        return tuple(dict.fromkeys((near[0], *told)))[:MOST_OF_A_FAMILY]  # 没办证 能算自身困境不: the narrower first
    return tuple(dict.fromkeys((*told[:1], *near[:1], *told[1:])))[:MOST_OF_A_FAMILY]


def tapped(work: Work, conversation: str, inbox_id: int, topic: str) -> bool:
    """A tapped question. False: the set knows it no more."""
    if topic == policy_saying.NOTHING:
        policy_saying.none(work, conversation, inbox_id, ())
    elif topic in known.topics():
        policy_saying.alone(work, conversation, inbox_id, known.topics()[topic], trouble=False)
    else:
        return False
    return True
