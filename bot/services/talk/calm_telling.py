"""What only sounds like danger in the telling of a family: who lives where, who works away, its week, its wishes."""

from __future__ import annotations

import re

from bot.care import calendar
from bot.reading import danger
from bot.reading.contact import weekly, weekly_asked
from bot.reading.dangers.scope import Scene
from bot.reading.entrusted import entrusted_told, wishes
from bot.reading.families import family, family_answers
from bot.reading.normalise import normalise
from bot.reading.persons import kin
from bot.reading.reports import asides, fitting, only_named, reporting, told
from bot.reading.talk import purposes
from bot.services.contact import joining_words
from bot.services.contact import plans as contact_plans
from bot.services.contact import strangers as contact_strangers
from bot.services.eligibility import talk as eligibility_talk
from bot.services.reporting import intake
from bot.services.talk import policy_answers, policy_cases
from bot.services.talk.opened import whats_open
from bot.services.talk.seeming import INJURY, MISSING
from bot.services.work import Work

GROWN_UP = 18
GONE, _LEFT = ("_lost_contact", "_life_status"), {"alone"}
PARENTS_GONE = frozenset({"guardian_lost_capacity", "eligibility_question", "policy_question", "hardship"})
"""Signs of a family whose parents cannot care; its own people may ask what it is entitled to, after the safety."""


def tells_of_the_week(work: Work, conversation: str, text: str) -> bool:
    """Whether a parent or carer who joined tells of the contact of the week, or wants no more questions."""
    person = contact_plans.speaker(work, conversation)
    if person is None or contact_plans.voice_of(work, person) == contact_plans.CHILD or intake.tells_harm(text):
        return False
    return weekly.read(text).tells or weekly.asks_about_other(text) or weekly_asked.read(text) is not None


def _says_when_and_where(work: Work, conversation: str, text: str) -> bool:
    """Whether these words answer the open question of day, hour or country of somebody who joins: 我在国外."""
    opened = whats_open(work, conversation)
    if opened.flow != "join" or opened.asked not in ("day", "hour", "country"):
        return False
    return joining_words.read(opened.asked, text, None, calendar.local(work.now)) is not None


def only_asks_or_tells(work: Work, conversation: str, text: str, hit: danger.Danger) -> bool:
    """Whether what sounded odd asks a question of ours, or tells of a family, of its week, or of when and where."""
    calm = asides.of_grown_life(text) or fitting.is_only_a_school(text)
    grown = set(hit.kinds) <= {danger.HUNCH} and calm
    if grown or contact_strangers.asks(work, conversation, text, hit):
        return True
    if set(hit.kinds) <= {danger.HUNCH, "violence"} and weekly.counts_calls(text):
        return tells_of_the_week(work, conversation, text)
    if _told_of_parents(work, text, hit):
        return set(told.read(text).signs) <= PARENTS_GONE | OF_THAT
    if not set(hit.kinds) <= {danger.HUNCH}:
        gone = {danger.HUNCH, MISSING} | (_LEFT if hit.if_now else {INJURY})
        gone -= (
            _LEFT
            if any(kind in _LEFT and not danger.parents_are_gone(text[:end]) for _, end, kind in hit.evidence)
            else set()
        )
        return set(hit.kinds) <= gone and _a_parent_is_gone(work, text)
    if (policy_answers.strength(text) or 0.0) >= policy_answers.VERY_STRONGLY and not intake.tells_harm(text):
        return True
    return (
        _tells_of_a_family(work, conversation, text)
        or _tells_of_a_wish(work, conversation, text)
        or (eligibility_talk.tells_of_an_illness(work, text) and not intake.tells_harm(text))
        or tells_of_the_week(work, conversation, text)
        or _says_when_and_where(work, conversation, text)
    )


def only_of_a_family(work: Work, text: str) -> bool:
    """Whether a family is told of which a rule speaks, and no harm, question or wish to report: 爸妈刚走 奶奶带."""
    calm = set(danger.read(text).kinds) <= {danger.HUNCH} and set(told.read(text).signs) <= {"parents_silent"}
    return calm and not reporting.wants_to_report(text) and bool(policy_cases.told_without_asking(work, text))


def _tells_of_a_wish(work: Work, conversation: str, text: str) -> bool:
    """Whether words go on with the open talk about who is to look after a child: 俩孩子 大的十岁闺女 小的四岁小子. What
    somebody does at this moment (他现在喝多了在家摔东西) is more than what he is like."""
    in_wish = whats_open(work, conversation).flow == "entrusted"
    if not in_wish or intake.tells_harm(text) or Scene(normalise(text)).said("now"):
        return False
    read = wishes.read(text)
    of_carer = bool(read.carer_name or read.phone) or (read.carer_age is not None and read.carer_age >= GROWN_UP)
    of_carer = of_carer or entrusted_told.denies_vice(text) or only_named.of_the_other_parent(text)
    return (
        of_carer
        or purposes.has(text, purposes.QUESTION)
        or wishes.tells(text)
        or entrusted_told.tells(text)
        or family_answers.tells_calmly(text)
    )


OF_THAT = frozenset({"accident_injury", "parents_silent"})
"""What such words are taken for, told of a parent."""
_PARENT, _DIED = re.compile("[爸妈爹娘]|父|母|他俩|俩人"), re.compile("没了|死|去世|过世|走了")


def _told_of_parents(work: Work, text: str, hit: danger.Danger) -> bool:
    """Whether all that sounded odd is told of a parent: who has not come home since he works away (儿子七岁 他爸
    三年没回来了), or was killed long ago (我弟弟前年出车祸没了). A child that is missing or hurt is an emergency, or
    says so."""
    if not set(hit.kinds) & {MISSING, INJURY} or not set(hit.kinds) <= {danger.HUNCH, MISSING, INJURY}:
        return False
    facts = family.read(text, work.today).facts
    parents = (kin.FATHER, kin.MOTHER)
    away = any(facts.get(f"{one}_home_stays") == "none" for one in parents)
    dead = any(facts.get(f"{one}_life_status") == "dead" for one in parents)
    said = {MISSING: (away, _PARENT), INJURY: (dead, _DIED)}
    spans = [(kind, text[start:end]) for start, end, kind in hit.evidence if kind in said]
    return all(said[kind][0] and said[kind][1].search(span) for kind, span in spans)


def _a_parent_is_gone(work: Work, text: str) -> bool:
    """Whether the one who cannot be found is a parent (她妈走了电话打不通快两年了): that is no missing child."""
    found = family.read(text, work.today).found
    if any(fact.endswith("_work_place") for fact in family_answers.not_known(text) or ()):
        return True  # 搁外头呢 不知道在哪干活: who works somewhere is not missing
    return any(one.fact.endswith(GONE) and one.value != "alive" for one in found)


def _tells_of_a_family(work: Work, conversation: str, text: str) -> bool:
    """Whether what sounded odd only tells who lives where (我闺女十二，她妈在韩国) or answers the open self-check."""
    in_check = whats_open(work, conversation).flow == eligibility_talk.FLOW
    if intake.tells_harm(text) and not (in_check and set(told.read(text).signs) <= PARENTS_GONE):
        return False
    if whats_open(work, conversation).flow == eligibility_talk.FLOW:
        return eligibility_talk.takes(work, conversation, text)
    return eligibility_talk.reads_like_one(work, text)
