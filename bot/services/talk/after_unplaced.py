"""Words after an emergency for which no phrase is known: what they are about, by a few words of theirs, for the danger
that was told and whoever writes; a rule that is asked for; else a question nobody here can answer, or more of the
matter."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from bot.reading import danger
from bot.reading.aftermath import after_topics, afterwards
from bot.reading.reports import asides, fitting, reporting, second_child, together, unsaying
from bot.reading.talk import question_forms, replies
from bot.reading.where import places
from bot.services.mail import mailbox
from bot.services.reporting import intake, staying
from bot.services.talk import besides, policy_answers, rules_asked
from bot.services.talk.after_stands import Stands
from bot.services.work import Work

POLICY, UNKNOWN, NOTED = "policy", "unknown", "noted"
FORMS = ("safe_contact", "follow_up")
"""Questions that wait while somebody looks after a child."""
OTHERS_ANSWER = frozenset({*besides.QUESTIONS, asides.JOKE, asides.WRITTEN, asides.ANOTHER})
FIRST = frozenset({
    "means_me", "mistaken", "call_for_me", "no_window", "report_later", "when_help", "police_slow", "wash", "feed",
    "promised", "no_place", "here", "angry", "name_free", "silent", "waits_here",
    "overheard", "near", "battery", "kin_hurt", "pulled_back", "revenge",
    "called_back",
    "worsens", "on_phone", "kin_need", "typing", "next", "may_leave", "go_to", "come_out", "step_in", "knock",
})  # fmt: skip
"""Topics that come before any phrase: what is said to them must not be missed."""
A_CHILD_FIRST = frozenset(
    {
        "come_school",
        "bullied_again",
        "punish",
        "stopped",
        "driven_off",
        "if_again",
        "has_means",
        "sleepy",
        "hungry",
        "lured",
        "fetch_me",
        "known_at_door",
        "own_home",
        "arrest_me",
        "dares_not",
        "kin_asleep",
        "homesick",
    }
)
"""What a child says so comes first too: 警察来了会抓我爸吗 (nobody has come), 他睡着了 (who beats it, no sick one)."""
OF_HIM = "of_him"
TO_ADULTS = frozenset({"with_kin", "adult_near", "kin_asleep", "with", "safe_place", "came", "tell_adult"})
"""What sends a child to a grown-up, or is glad that one is there: not to the one of whom it told."""
WAY_OUT = "go_to"
"""May one go to grandmother's: while he is there, past him first; who is out of it hears whether one may stay there."""
RULED = frozenset({"after_home", "statement", "punish"})
"""Phrases that a grown-up may also use to ask for a rule we know."""
PROCESS = "process"
"""那咋办 asks in an emergency what to do, not how a report goes on."""
OTHER_CHILD, KIN_NEED = "other_child", "kin_need"
OF_OTHERS = frozenset({KIN_NEED, WAY_OUT, "kin_asleep", "homesick"})
"""What tells how and where other people are, never the child."""
A_TELLING = 5
LATELY = timedelta(hours=24)


def first(stands: Stands, text: str) -> str | None:
    """A topic that must not be missed, where there is an answer to it for this danger and this writer."""
    wanted = FIRST | A_CHILD_FIRST if stands.told.childs else FIRST
    wanted -= after_topics.WAYS_OUT if stands.come_to_rest else set()
    topics = _answerable(stands, text)
    sent = stands.told.childs and TO_ADULTS & {*topics, afterwards.kind(text)} and "called_back" not in topics
    if sent and together.names_doer(text, stands.told.words_of("what")):
        return OF_HIM
    if replies.contact_wish(text) is not None:
        wanted = wanted - {"call_for_me"}  # 可以 不过别给我打电话: he asks us to call nobody
    return next((topic for topic in topics if topic in wanted), None)


def _after_filing(work: Work, stands: Stands, text: str, topic: str | None) -> str | None:
    """What words are once the report is filed: of that matter for a day, and more of it where a child goes on."""
    if (
        stands.report.received_at < work.now - LATELY
        or _wants_a_rule(stands, text)
        or places.find(text).best is not None
    ):
        return None
    if stands.told.childs:
        goes_on = not after_topics.asks(text) and not danger.read(text).if_now and len(text) >= A_TELLING
        asks = after_topics.asks(text) and not policy_answers.plainly_asked(text) and not places.spots(text)
        return topic or (NOTED if goes_on else UNKNOWN if asks else None)
    return None if intake.tells_harm(text) else topic


def about(stands: Stands, text: str) -> str | None:
    """What such words are about, where there is an answer to it for this danger and this writer."""
    return next(iter(_answerable(stands, text)), None)


def asks_a_rule(stands: Stands, text: str) -> bool:
    """Whether a grown-up surely asks for a rule we know, whatever phrase the words hold."""
    return not stands.told.childs and not intake.tells_harm(text) and policy_answers.plainly_asked(text)


def kind(work: Work, stands: Stands, text: str, beside: Collection[str], *, another_day: bool) -> str | None:
    """What such words are. None: they are for others."""
    another = {asides.ANOTHER} if about(stands, text) == OTHER_CHILD else frozenset()
    if (OTHERS_ANSWER | {asides.ALARM, asides.RETURNED}) - another & set(beside):
        return None
    asked = stands.draft.asked if stands.draft is not None else None
    if _for_others(stands, asked, text):
        return None
    topic = about(stands, text)
    if stands.draft is None:
        return _after_filing(work, stands, text, topic)
    if topic is not None:
        return topic
    if asked not in (*FORMS, "what", "place") or asides.OVER in beside:
        return None
    if (stands.told.childs and text.startswith("不知道")) or places.spots(text):
        return NOTED  # 不知道是谁, 四楼还是五楼: neither asks us
    if after_topics.asks(text):
        return POLICY if _strongly(stands, text) else UNKNOWN
    holding = stands.told.childs and not stands.come_to_rest and not another_day
    return None if (holding and _stays_first(stands, asked)) or (asked == "what" and not stands.told.childs) else NOTED


def _stays_first(stands: Stands, asked: str | None) -> bool:
    """Whether a child in danger hears first that we stay with it, or is asked where it is."""
    unplaced = stands.told.area is None and not stands.told.words_of("place")
    return (unplaced and asked == "what") or (not staying.goes_on(stands.told) and asked in FORMS)


def say_rule(work: Work, stands: Stands, inbox_id: int, text: str) -> bool:
    """Tell the one rule that is asked for. False: nothing we know is near at all."""
    policy_answers.beside(work, stands.conversation, inbox_id, text, most=1)
    return mailbox.is_answered(work, inbox_id)


def _answerable(stands: Stands, text: str) -> list[str]:
    own = stands.told.childs
    topics = (one for one in after_topics.topics(text, stands.matters) if not (own and one == after_topics.WAIT))
    return [one for one in topics if one == "coming" or stands.keys(f"after.{one}")]


def _for_others(stands: Stands, asked: str | None, text: str) -> bool:
    """Whether words answer the open question, or ask of us, of the report or of a rule what others answer."""
    if asked == "place" and (fitting.target("place", text) == "place" or places.find(text).best is not None):
        return True
    if stands.draft is not None and not stands.told.childs and second_child.begins(text):
        return True
    asked_of_us = replies.question(text) not in (None, PROCESS)
    if stands.told.childs and (of_a_child(text) or (places.spots(text) and about(stands, text) is None)):
        return True
    ours = asked_of_us or replies.worry(text) or replies.gives_up(text) or asides.wants_secrecy(text)
    if ours or after_topics.of_us(text) or reporting.asks_after_it(text):
        return True
    return not after_topics.topics(text, stands.matters) and policy_answers.plainly_asked(text)


def of_a_child(text: str) -> bool:
    """What is heard from a child in its own way: where it hides, whom it trusts or misses, that it waits or agrees."""
    heard = asides.trusted_adult(text) or asides.misses(text) or unsaying.waits(text) or staying.agrees(text)
    return bool(heard)


def _strongly(stands: Stands, text: str) -> bool:
    enough = policy_answers.STRONGLY if question_forms.asks_for_rule(text) else policy_answers.VERY_STRONGLY
    return not stands.told.childs and (policy_answers.strength(text) or 0.0) >= enough


def _wants_a_rule(stands: Stands, text: str) -> bool:
    """Whether who reported asks for a rule rather than of that matter; a child asks what becomes of itself."""
    return not stands.told.childs and rules_asked.strongly_asked(text)
