"""Situations that are told without a question (两边村里都说不归自己): which of them hear the rule, and where.

Whoever tells wants to be heard first: the rule comes beside what the words begin, one sentence, and never where harm
is told. What is nearest in letters must be near, or two readings must agree on it.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.reading import danger
from bot.reading.families import family, supposing
from bot.reading.policy import situations
from bot.reading.reports import told
from bot.reading.staff import register
from bot.reading.talk import answers as short
from bot.reading.talk import purposes, question_forms
from bot.services import drafts
from bot.services.contact import parents
from bot.services.contact import plans as contact_plans
from bot.services.eligibility import talk as eligibility_talk
from bot.services.eligibility.state import Check, load
from bot.services.reporting import intake, returning
from bot.services.talk import policy_answers
from bot.services.talk.meaning import Meant
from bot.services.work import Work
from bot.texts import policy_answers as known

INSTEAD, BESIDE, NO = "instead", "beside", "no"
OUT_OF_SCOPE = "chat.out_of_scope"
THEMES: Mapping[str, frozenset[str]] = {
    "eligibility": frozenset({"left_behind", "hardship", "guardianship", "applying"}),
    "report": frozenset({"reporting", "report_course", "protection"}),
    returning.STATUS: frozenset({"reporting", "report_course", "privacy"}),
    returning.SUPPLEMENT: frozenset({"reporting", "report_course", "privacy"}),
    "entrusted": frozenset({"entrusted", "carers"}),
    "contact": frozenset({"contact"}),
    **dict.fromkeys(("chat.mental_health", parents.HEAVY_HEART), frozenset({"mind"})),
    "chat.human": frozenset({"hotlines", "roles"}),
    "chat.help": frozenset({"service", "plan"}),
}
"""Themes of policy questions about what a flow or reply is about: then two readings agree on the matter and differ only
in whether a rule is asked for or something is wanted; a question that is AKIN to one of ours hears the rule beside."""
AKIN, STRANGE = 0.15, 0.34
"""STRANGE: nearness from which words without a word of the field are ours all the same."""
OF_SITUATIONS = (intake.FLOW, "contact", "entrusted")
"""Talks begun by telling, in which a rule may be told that speaks of what was told."""
CONCERNED = 0.8
"""Confidence from which a concern is one whatever rule it is near to, unless it is one of how we work."""
OF_OUR_WORK = frozenset({"entrusted", "carers", "visits", "visiting", "contact"})
"""Themes of what those who look after children have to do: who tells that it is not done wants to know the rule."""
OF_CARERS = frozenset({"entrusted", "carers"})
"""Themes of who may look after a child for its parents."""
ALWAYS_LOOKED_AT = frozenset({"self_harm", "sexual"})
"""Kinds of danger of which a child asks as if for a rule."""
NOT_THERE_YET = frozenset({"guardian_not_performing", "guardian_lost_capacity"})
"""What is told of somebody who is only meant to look after a child: it is no harm to the child yet."""
EMPLOYER, LEFT_BY_WORKERS = "employer", frozenset({"abandoned"})
"""The rule of places of work, and what is told of those who work there: 工人一半都是撇下孩子来的."""
ALONE = "alone"
"""The kind of words of danger with which it is feared that nobody cares for a child later."""
NEEDS = frozenset({"complaint", "no_hukou", "out_of_school", "hardship", "guardian_struggling", "parents_silent"})
"""Signs of a need that a rule speaks of, and of no harm."""


def of_a_rule(text: str) -> bool:
    """Whether a situation is told that one of our rules speaks of (扔给他二叔 他有精神病), and no harm with it: it is
    answered, and no form is opened in front of the rule."""
    if not situations.wants_the_rule(text) or short.short_answer(text) is not None:
        return False
    carer = any(known.topics()[one].theme in OF_CARERS for one in situations.topics(text))
    of_workers = EMPLOYER in situations.topics(text)
    calm = NEEDS | (NOT_THERE_YET if carer else frozenset()) | (LEFT_BY_WORKERS if of_workers else frozenset())
    kinds = {danger.HUNCH, ALONE} if situations.of_later(text) else {danger.HUNCH}
    return set(told.read(text).signs) <= calm and set(danger.read(text).kinds) <= kinds


def decide(work: Work, conversation: str, text: str, otherwise: str, meant: Meant | None, *, of_staff: bool) -> str:
    """What becomes of a situation that is told without a question, where no harm is told: of staff's work by a citizen,
    and of other people's matters, the rule instead; in what begins with it the rule beside, if something is told to be
    amiss. The self-check tells the rule with its result; a concern somebody is sure of wants no lecture."""
    theme = policy_answers.theme(text)
    agreed = theme in THEMES.get(otherwise, ()) or policy_answers.nearest_is_meant(work, text)
    near = policy_answers.situation(text, enough=_enough(work, conversation, otherwise, agreed=agreed))
    signs = set(told.read(text).signs)
    if near is None or not set(danger.read(text).kinds) <= {danger.HUNCH}:
        return NO
    if of_staff:
        near_enough = agreed or policy_answers.may_be_meant(
            work, text
        )  # 大的九岁小的五岁 is near to much and asks nothing
        return INSTEAD if near_enough and not (intake.tells_harm(text) or register.of_the_register(text)) else NO
    if not signs <= NEEDS:
        return NO
    if otherwise == OUT_OF_SCOPE:
        return INSTEAD if near >= STRANGE else NO
    sure = meant is not None and meant.confidence >= CONCERNED
    if otherwise == intake.FLOW and not signs and sure and not (agreed and theme in OF_OUR_WORK):
        return NO
    return BESIDE if otherwise in OF_SITUATIONS and question_forms.amiss(text) else NO


def _enough(work: Work, conversation: str, otherwise: str, *, agreed: bool) -> float | None:
    """How near a rule must be to what is told; None: as near as any. Who joined tells of his week as he does each week,
    and a talk about carers or calls wants no rule about something else."""
    if agreed and contact_plans.speaker(work, conversation) is None:
        return AKIN
    return STRANGE if otherwise in ("contact", "entrusted") and not agreed else None


def in_doubt(text: str) -> bool:
    """Whether a rule we know is refused, neglected or doubted, and no harm is told with it."""
    return policy_answers.in_doubt(text) and not intake.tells_harm(text)


def of_no_check(text: str) -> bool:
    """Whether a situation is told whose rule is of more than who counts as left behind, so that a report hears it."""
    return any(known.topics()[one].theme not in {"left_behind"} for one in situations.told_together(text))


def of_parting(text: str) -> bool:
    """Whether parents who parted are told of without a question, near to a rule of what children count as."""
    if not question_forms.of_parting(text) or policy_answers.theme(text) not in THEMES[eligibility_talk.FLOW]:
        return False
    return policy_answers.situation(text, enough=AKIN) is not None


def asks_in_general(text: str) -> bool:
    """Where nothing can be taken down anyway (redirect mode), being near is enough; only told harm is against it."""
    return policy_answers.may_be_asked(text) and not intake.tells_harm(text)


def only_of_a_rule(text: str) -> bool:
    """Whether words ask what holds for all who are so (爹妈蹲监狱的娃 走访上有啥特殊的没), of nobody, nothing grave:
    nothing is reported by them, whatever they name. A report is offered with the answer."""
    hit = danger.read(text)
    grave = hit.level == "emergency" or hit.ask or not set(hit.kinds).isdisjoint(ALWAYS_LOOKED_AT)
    return not grave and (question_forms.only_of_a_rule(text) or _only_whether(text))


def _only_whether(text: str) -> bool:
    """Whether all that is said asks whether something may be, of nobody there is: 十五了能自己租房子单住不."""
    asks = question_forms.asks_whether(text) and question_forms.of_nobody(text) and not question_forms.to_us(text)
    return asks and asks_throughout(text)


def asks_throughout(text: str) -> bool:
    """Whether every clause asks: nothing is told."""
    return all(one.purpose == purposes.QUESTION or question_forms.asks(one.text) for one in purposes.read(text))


def supposed(work: Work, conversation: str, text: str) -> dict[str, object]:
    """What would be told of the family in the open self-check if what a message supposes were so; empty: it supposes
    nothing we know."""
    draft = drafts.current(work, conversation, eligibility_talk.FLOW)
    if draft is None or not (family.is_hypothetical(text) or question_forms.puts_on(text)):
        return {}
    check = load(work, draft)
    changed = supposing.read(text, work.today, check.speaker, check.home, check.facts)
    then = Check(facts=dict(check.facts))
    then.tell(changed)
    return dict(then.facts) if changed else {}
