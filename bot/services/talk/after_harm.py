"""Harm was told that is no emergency (an old beating, harm long past), and people go on talking: what they fear, what
will become of him, who was told, that they are sorry. Each gets the short answer that fits what was told and who
writes; the open question comes after every second one, and is left open in the end as the form does.

The danger reader comes before this, and whatever answers the open question is left to it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.reading import danger
from bot.reading.aftermath import after_topics, afterwards, police_told
from bot.reading.measures import codes, numbers_of
from bot.reading.persons import suspects
from bot.reading.reports import asides, corrections, fitting, reporting, together, unsaying
from bot.reading.reports import told as told_in
from bot.reading.talk import answers as short
from bot.reading.talk import courtesies, no_answer, replies
from bot.reading.where import places
from bot.services import conversations, drafts
from bot.services.casework import reports
from bot.services.contact.parents import plans_here
from bot.services.mail import mailbox
from bot.services.reporting import adding, filing, intake, putting_right, questions, worries
from bot.services.staff import accounts
from bot.services.talk import after_stands, after_unplaced, besides, emergencies, policy_following, rules_asked
from bot.services.talk.after_stands import Matter
from bot.services.work import Work
from bot.storage.tables import Conversation, Draft, Report

EFFECT = "after_harm"
Found = tuple[str, tuple[str, ...]]
A_TELLING = 5
DID_IT, WITH_KIN = "did_it", "with_kin"
COURTESIES = {courtesies.THANKS: "thanks", courtesies.HEARD: "heard"}
_PLACES = re.compile("[省市县区镇乡村屯街路巷号楼栋室院弄旁边]|小区|学校|[小中]学|单元|附近|对面|^在|那边|这边")
"""A word of what may be a place; what has none answers no question for one."""
ALSO = frozenset({
    "say", "parents", "stay", "keep_child", "after_home", "own_home", "revenge", "things", "doctor", "disbelieved",
    "privacy", "future", "evidence", "post", "school_fear", "upset", "hurting", "if_again", "accompany", "blame",
    "told_teacher", "adult_near", "scold", "dares_not", "discreet", "sends", "calls", "unreached", "promised",
    "called_back", "arrest_me", "no_place", "lives_with", "stale", "helped",
    "far", "name_free", "tell_adult", "again_near", "door",
    "come_school", "bullied_again", "with_kin",
    "nobody_near", "here", "still_police", "thrown", "angry", "powerless", "silent", "waits_here", "school",
    "at_school", "no_police", "on_phone", "kin_need", "step_in", "go_look",
})  # fmt: skip
"""What is answered after harm in the same words as after an emergency."""
HEARD_FIRST = frozenset({
    "called_back", "arrest_me",
    "promised", "here", "no_place", "lives_with", "rude", "angry", "stale", "regret", "my_own", "delete", "unsaid",
    "name_free", "silent", "waits_here", "no_police",
})  # fmt: skip
"""Topics that come before whatever else a word of theirs may be."""
BEFORE_PHRASES = frozenset({"on_phone", "kin_need"})
"""Topics that come before any phrase: 跟110咋说 is not how to talk with the child."""
RULED = frozenset({"things", "after_home", "stay", "keep_child", "future", "doctor"})
"""Topics that may also be a rule that is asked for."""
ASKS_NOTHING = frozenset({"no_place", "angry", "here", "bye", "silent", "thanks"})
"""What is answered without the open question behind it: it names it, or wants to be left alone."""
ASKED_BESIDE = "beside_harm:"
"""Among what was advised: this question came again behind such an answer, which did not use it up; the next does."""
OPEN_FIRST = (None, "confirm", "more", "kind")
"""Where the report stands there, whatever is said answers that."""
NEWS = frozenset({asides.OVER, asides.ALARM, asides.RETURNED, asides.FOUND, asides.ANOTHER})


@dataclass(frozen=True)
class Told(Matter):
    """Harm that was told here: the talk about it while that is open, else the report that was made of it."""

    draft: Draft | None
    report: Report | None

    @property
    def signs(self) -> set[str]:
        """What was told, and what is still asked about."""
        return {*super().signs, *self.told.doubtful}

    @property
    def voices(self) -> tuple[str, ...]:
        """The same, and who only says in other words that it was he (气头上没收住) is spoken to as he."""
        voices = super().voices
        his = any(DID_IT in after_topics.topics(one, ()) for one in self.told.words_of("what"))
        return ("own", *voices) if his and not self.told.childs and "own" not in voices else voices


def takes(work: Work, conversation: str, inbox_id: int, text: str, beside: Collection[str]) -> bool:
    """Answer what is said after harm was told. False: none was, or the words are for others.

    `beside`: kinds of asides in the text.
    """
    told = _told(work, conversation, text)
    if told is None or _always_for_others(told, text, beside):
        return False
    found = _topic(told, text, beside)
    if found is not None and found[0] not in HEARD_FIRST and _answered_better(told, text, beside, found[0]):
        return False
    if found is None and not policy_following.follows(work, conversation, text):
        found = _otherwise(told, text, beside)
    if found is None:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        _answer(work, told, conversation, inbox_id, found, text)
    return True


def _told(work: Work, conversation: str, text: str) -> Told | None:
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is not None:
        answers, report = drafts.answers(work, draft), drafts.report_of(work, draft)
        emergency = report is not None and report.severity == "S0"
        if emergency or answers.menu or draft.asked in OPEN_FIRST or not answers.words_of("what"):
            return None
        grave = (bool(answers.doubtful) and draft.asked == "danger_now") or filing.severity_of(answers) == "S1"
        return Told(told=answers, draft=draft, report=report) if grave else None
    if work.session.get_one(Conversation, conversation).flow is not None or accounts.member(work, conversation):
        return None  # who works here goes on with his work
    report = emergencies.recent(work, conversation, text)
    if report is None or report.severity != "S1" or plans_here(work, conversation):  # who joined tells of its week
        return None
    return Told(told=filing.taken_up(reports.told_of(work, report)), draft=None, report=report)


def _always_for_others(told: Told, text: str, beside: Collection[str]) -> bool:
    """Whether words tell of new harm or of danger, name a place or a number, put something right, or answer what was
    asked about danger."""
    asked = told.draft.asked if told.draft is not None else None
    if danger.read(text).level == "emergency" or intake.tells_harm(text) or NEWS & set(beside):
        return True
    if asides.JOKE in beside and asked != "danger_now":
        return True
    if police_told.read(text) is not None or unsaying.unsays(text) or corrections.read(text) is not None:
        return True
    if numbers_of.any_told(text) or places.find(text).best is not None or codes.find(text):
        return True
    if putting_right.is_one(told.told, text) or short.short_answer(text) is not None:
        return True
    return asked == "danger_now" and (replies.lead(text) is not None or replies.is_safe(text))


def _answered_better(told: Told, text: str, beside: Collection[str], topic: str) -> bool:
    """Whether others have an answer of their own to such words: where it is, a question to us, a wish, a rule that is
    asked for."""
    asked = told.draft.asked if told.draft is not None else None
    if asked == "place" and fitting.target(asked, text) == "place" and (topic != "noted" or _PLACES.search(text)):
        return True
    ours = replies.question(text) is not None or worries.key(told.told, text) is not None or replies.gives_up(text)
    if ours or asides.wants_secrecy(text) or after_topics.of_us(text) or reporting.asks_after_it(text):
        return True
    if asked == "danger_now" and (topic == "heard" or courtesies.courtesy(text) is not None):
        return True  # 知道了 uses the question up, as the form does
    none = no_answer.read(text)
    if {*besides.QUESTIONS} & set(beside) or (none is not None and not none.rest):
        return True
    return topic in RULED and rules_asked.strongly_asked(text)


def _topic(told: Told, text: str, beside: Collection[str]) -> Found | None:
    """What the words are about, and the keys of what fits; None: nothing for which there is an answer."""
    kind = afterwards.kind(text) or COURTESIES.get(courtesies.courtesy(text) or "")
    far = "far" if asides.FAR in beside else None
    topics = after_topics.topics(text, told.matters)
    first = [one for one in topics if one in BEFORE_PHRASES]
    topics = tuple(
        one for one in topics if one != WITH_KIN or not together.names_doer(text, told.told.words_of("what"))
    )
    names = [one for one in (*first, kind, *topics, far) if one is not None]
    return next((found for name in names if (found := _voiced(told, name)) is not None), None)


def _voiced(told: Told, name: str) -> Found | None:
    """A topic with the keys that fit it and whoever writes; a child hears only what is said to a child."""
    keys = told.keys(f"harm.{name}") or (told.keys(f"after.{name}") if name in ALSO else ())
    voiced = tuple(key for key in keys if not told.told.childs or key.endswith(".child"))
    return (name, voiced) if voiced else None


def _otherwise(told: Told, text: str, beside: Collection[str]) -> Found | None:
    """What is of nothing known, answers nothing that is open, and asks nothing: kept, with the one thing that matters
    for this harm. None: the form takes it."""
    asked = told.draft.asked if told.draft is not None else None
    which_place = asked == "place" and bool(told.told.candidates)  # the form asks once more which of them it is
    if asked not in ("danger_now", "place") or which_place or after_topics.asks(text):
        return None
    if _answered_better(told, text, beside, "noted"):
        return None
    tells = told_in.read(text)
    elsewhere = fitting.target("what", text) not in (None, "what") or no_answer.read(text) is not None
    if elsewhere or suspects.left_out(text) or replies.contact_wish(text) or replies.wants_reply(text):
        return None
    if told.told.childs and (after_unplaced.of_a_child(text) or asides.with_adult(text) or asides.blames_itself(text)):
        return None
    facts = tells.signs or tells.child_ref or tells.child_age_years is not None or tells.unit or tells.reporter_type
    short_one = len(text) < A_TELLING or replies.is_empty(text) or replies.knows_nothing(text)
    return None if facts or short_one else _voiced(told, "noted")


def _answer(work: Work, told: Told, conversation: str, inbox_id: int, found: Found, text: str) -> None:
    """Say it, keep the words, and let the open question follow where it was not the last thing said."""
    topic, keys = found
    last = mailbox.keys_said(work, conversation, inbox_id, work.now - after_stands.SPOKEN_OF, most=1)
    after_stands.say(work, told.told, conversation, inbox_id, keys)
    if told.draft is None:
        if told.report is not None:
            adding.add(work, told.report, text, notify=False)
        return
    draft, answers, asked = told.draft, told.told, told.draft.asked or "what"
    questions.absorb(work, draft, answers, inbox_id, text, "what")
    conversations.enter(work, conversation, intake.FLOW, told_rasa=False)
    if topic in ASKS_NOTHING or (last and last[0].startswith((f"report.{asked}", "report.danger", "report.still"))):
        filing.keep_up(work, draft, answers, inbox_id)
        drafts.save(work, draft, answers, asked)
    elif f"{ASKED_BESIDE}{asked}" in answers.advised:
        questions.once_more(work, draft, answers, asked, inbox_id)
    else:
        answers.advised.append(f"{ASKED_BESIDE}{asked}")
        questions.not_counted(work, draft, answers, asked, inbox_id)
