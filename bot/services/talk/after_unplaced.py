"""Words after an emergency for which no phrase is known: what they are about, by a few words of theirs, for the danger
that was told and whoever writes; a rule that is asked for; else a question nobody here can answer, or more of the
matter."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from bot.reading import after_topics, asides, fitting, places, question_forms, replies, reporting
from bot.services.mail import mailbox
from bot.services.reporting import intake
from bot.services.talk import besides, policy_answers
from bot.services.talk.after_stands import Stands
from bot.services.work import Work

POLICY, UNKNOWN, NOTED = "policy", "unknown", "noted"
FORMS = ("safe_contact", "follow_up")
"""Questions that wait while somebody looks after a child."""
OTHERS_ANSWER = frozenset({*besides.QUESTIONS, asides.JOKE, asides.WRITTEN, asides.ANOTHER})
FIRST = frozenset({"mistaken", "call_for_me", "no_window", "report_later", "when_help", "police_slow", "wash"})
"""Topics that come before any phrase: what is said to them must not be missed."""
RULED = frozenset({"after_home", "statement", "punish", "parents"})
"""Phrases that a grown-up may also use to ask for a rule we know."""
LATELY = timedelta(hours=24)


def first(stands: Stands, text: str) -> str | None:
    """A topic that must not be missed, where there is an answer to it for this danger and this writer."""
    return next((topic for topic in _answerable(stands, text) if topic in FIRST), None)


def asks_a_rule(stands: Stands, text: str) -> bool:
    """Whether a grown-up surely asks for a rule we know, whatever phrase the words hold."""
    return not stands.told.childs and not _tells_of_now(text) and policy_answers.plainly_asked(text)


def kind(work: Work, stands: Stands, text: str, beside: Collection[str], *, another_day: bool) -> str | None:
    """What such words are. None: they are for others."""
    if OTHERS_ANSWER & set(beside) or {asides.OVER, asides.ALARM, asides.RETURNED} & set(beside):
        return None
    asked = stands.draft.asked if stands.draft is not None else None
    if _for_others(stands, asked, text):
        return None
    topic = next(iter(_answerable(stands, text)), None)
    if stands.draft is None:
        lately = stands.report.received_at >= work.now - LATELY
        return topic if lately and not intake.tells_harm(text) and not policy_answers.strongly_asked(text) else None
    if topic is not None:
        return topic
    if asked not in (*FORMS, "what", "place"):
        return None
    if after_topics.asks(text):
        return POLICY if _strongly(stands, text) else UNKNOWN
    holding = stands.told.childs and not stands.come_to_rest and not another_day
    unplaced = holding and stands.told.area is None and not stands.told.words_of("place")
    return None if (unplaced and asked == "what") or (asked == "what" and not stands.told.childs) else NOTED


def say_rule(work: Work, stands: Stands, inbox_id: int, text: str) -> bool:
    """Tell the one rule that is asked for. False: nothing we know is near at all."""
    policy_answers.beside(work, stands.conversation, inbox_id, text, most=1)
    return bool(mailbox.replies_to(work, inbox_id))


def _answerable(stands: Stands, text: str) -> list[str]:
    own = stands.told.childs
    about = (one for one in after_topics.topics(text) if not (own and one == after_topics.WAIT))
    return [one for one in about if one == "coming" or stands.keys(f"after.{one}")]


def _for_others(stands: Stands, asked: str | None, text: str) -> bool:
    """Whether words answer the open question, or ask of us, of the report or of a rule what others answer."""
    if asked == "place" and (fitting.target("place", text) == "place" or places.find(text).best is not None):
        return True
    ours = replies.question(text) or replies.worry(text) or replies.gives_up(text) or asides.wants_secrecy(text)
    if ours or after_topics.of_us(text) or reporting.asks_after_it(text):
        return True
    return not after_topics.topics(text) and policy_answers.plainly_asked(text)


def _strongly(stands: Stands, text: str) -> bool:
    enough = policy_answers.STRONGLY if question_forms.asks_for_rule(text) else policy_answers.VERY_STRONGLY
    return not stands.told.childs and (policy_answers.strength(text) or 0.0) >= enough


def _tells_of_now(text: str) -> bool:
    return intake.tells_harm(text)
