"""Which rule speaks of a family as it was told, or of the duty of whoever finds a child in danger.

Words tell a case in a hundred ways (他妈叫人遣返了 他爸跑大车); what was read of it (`families/family.py`) says which
rule that is. Only for who asks what it counts as, or what is to be done: nobody who only tells is told one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.reading import danger
from bot.reading.families import away, checking, family
from bot.reading.persons.kin import FATHER, MOTHER
from bot.reading.policy import situations
from bot.reading.reports import told as signs_told
from bot.reading.talk import duties, question_forms
from bot.services.talk import policy_bounds
from bot.services.work import Work

_AWAY = ("away_for_work", "away_for_business")
_DEAD = ("dead", "declared_dead", "declared_missing")
_GONE = ("whereabouts_unknown", "unidentified")
NOTHING = "none"
_NOT_SO = (NOTHING, "no")
_HELD = ("imprisoned", "compulsory_rehab", "other_restriction")
DEAD, HELD, SENT, LOST, SICK, DISABLED, AWAY = "dead", "held", "sent", "lost", "sick", "disabled", "away"
CORE_DISTRICTS = "lb_core_urban"
"""The topic of work and home in two core districts of one city (JL-2.1.4)."""
_BOTH_AWAY = ("lb_what",)
_OF_PLACE = "lb_cross_county"
"""The topic of where parents work (JL-2.1.3)."""
_OF_VISITS, _UNBROKEN = "lb_home_visit", re.compile("连着|连续|断没断|不断|断了|重新算|中断|接着算")
"""The topic of coming home meanwhile, and words that ask whether that breaks the time (JL-2.1.2)."""
_BULLIED = "bullying"
_OF_DEAD_AND_AWAY, _OF_SILENCE = ("lb_dead_other",), ("fact_what",)
"""One dead and the other away; the same where nobody hears of the other (孩子妈走了三年一点信儿没有)."""
_OF_HEARING, _OF_GRADES = ("dis_hearing",), ("dis_grades", "fam_both_disabled", "fam_one_disabled")
LEFT_BEHIND_TO, LONG_AWAY = 16, 6
"""Years of age below which (JL-2.1.1) and months from which (JL-2.1.2) a child is left behind."""
_UNABLE = frozenset({HELD, SENT, LOST, SICK, DISABLED})
_OF_TWO: tuple[tuple[frozenset[str], frozenset[str], tuple[str, ...]], ...] = (
    (frozenset({DEAD}), frozenset({DEAD}), ("guard_orphan",)),
    (frozenset({DEAD}), frozenset({HELD}), ("guard_dead_prison", "guard_both_prison")),
    (frozenset({DEAD}), frozenset({SICK, DISABLED}), ("fam_dead_ill", "fact_what")),
    (frozenset({DEAD}), frozenset({LOST, SENT}), ("fact_what", "ref_orphan")),
    (frozenset({DEAD}), frozenset({AWAY}), ("lb_dead_other",)),
    (frozenset({HELD}), frozenset({HELD}), ("guard_both_prison", "ref_orphan")),
    (frozenset({HELD, SENT}), frozenset({HELD, SENT}), ("ref_orphan", "guard_both_prison")),
    (frozenset({AWAY}), _UNABLE, ("lb_one_parent", "lb_incapable")),
    (frozenset({DISABLED}), frozenset({DISABLED}), ("dis_grades", "fam_both_disabled")),
    (frozenset({SICK, DISABLED}), frozenset({SICK, DISABLED}), ("fam_both_disabled", "ill_catalogue")),
    (_UNABLE, _UNABLE, ("fact_what", "fact_terms")),
    (frozenset({AWAY}), frozenset({AWAY}), _BOTH_AWAY),
)
"""What is told of one parent, of the other, and the rules that speak of both; the first that fits."""
_OF_ONE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (HELD, ("guard_one_prison",)),
    (AWAY, ("lb_one_parent", "lb_incapable")),
    (DISABLED, ("fam_one_disabled",)),
    (SICK, ("fam_one_disabled",)),
)
_ILL = frozenset({SICK, DISABLED})
_SPEAKS_OF: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "guard_orphan": (frozenset({DEAD}), frozenset({DEAD})),
    "orphan_missing": (frozenset({DEAD}), frozenset({DEAD, LOST})),
    "guard_dead_prison": (frozenset({DEAD}), frozenset({HELD})),
    "guard_both_prison": (frozenset({HELD}), frozenset({HELD})),
    "guard_one_prison": (frozenset({HELD}), frozenset()),
    "guard_released": (frozenset({HELD}), frozenset()),
    "fam_dead_ill": (frozenset({DEAD}), _ILL),
    "fam_dead_well": (frozenset({DEAD}), frozenset()),
    "dead_healthy": (frozenset({DEAD}), frozenset()),
    "lb_dead_other": (frozenset({DEAD}), frozenset()),
    "fam_both_disabled": (_ILL, _ILL),
    "fam_one_disabled": (_ILL, frozenset()),
    "fact_more": (frozenset({SENT}), frozenset()),
}
"""Rules that speak of parents who are so, one and the other: not told of a family in which nobody is."""
_OF_OTHER_REHAB = "drug_community"
"""The rule of rehab that locks nobody up."""
_HELP_AT_HOME = ("dibao", "tekun", "jiandang_lika")
_OF_HOME = "fam_dibao"
"""The rule of a home that has such help, whatever else is told of it."""
_RURAL_SINGLE, _ONE_DEAD = "rural_single", "dead_healthy"
_OF_A_PARENT = re.compile("(?:残|级|病)[^,。]{0,2}的?[^,。]{0,1}[爸妈爹娘父母]|残疾父母|[爸妈爹娘亲]的$")
"""The condition is a parent's, though no parent's state was read: 四级智力残疾的妈."""
_OF_THE_CHILD: Mapping[str, str] = {"child_disability": "self_what", "child_illness": "self_ill"}
"""What is told of the child itself, and its rule: 外孙子脑瘫有证 每月康复花不少钱 算哪一项."""
_OF_ONE_ONLY: Mapping[str, str] = {
    "guard_both_prison": "guard_one_prison",
    "guard_dead_prison": "guard_one_prison",
    "guard_one_prison": "guard_one_prison",
    "fam_both_disabled": "fam_one_disabled",
    "lb_what": "lb_one_parent",
    "lb_grandparents": "lb_one_parent",
}
"""Rules of both parents, and the rule of one of them."""
_OF_OTHER_DEAD: Mapping[str, str] = {
    **dict.fromkeys(("guard_both_prison", "guard_one_prison"), "guard_dead_prison"),
    **dict.fromkeys(("fam_both_disabled", "fam_one_disabled"), "fam_dead_ill"),
    **dict.fromkeys(("lb_what", "lb_one_parent"), "lb_dead_other"),
}
"""Rules of parents, and the rule where the other one is dead."""
ALONE, LIVES_ALONE = "alone", "lives_alone"
_OF_SIGNS: Mapping[str, str] = {
    LIVES_ALONE: "alone_age",
    "sheltering": "shelter_illegal",
    "begging": "guard_vagrant",
    "informal_adoption": "adopt_private",
    "abandoned": "guard_foundling",
    "child_labour": "child_labour",
    "bullying": "bullying",
    "out_of_school": "drop_out",
    "no_hukou": "no_hukou",
    "psych_concern": "mind_found",
    "guardian_not_performing": "guardian_refuses",
    "guardian_lost_capacity": "temp_care",
    "beaten": "violence_what",
    "multiple_injuries": "violence_report",
    "sexual_harm": "parent_finds_harm",
}
"""What is told of a child and the rule of it, the narrower first."""
_IN_TOWN = re.compile("(?:户口|户籍)[^,。]{0,6}(?:市里|市区|城里|区)")
_WHICH = re.compile("(?:归|算|属于?|是|够上?|靠上?)(?:个)?(?:哪|啥|什么)|哪(?:一)?[类种条档]")
OF_HARM = frozenset({"violence_what", "violence_report", "parent_finds_harm", "bullying", "guardian_refuses"})
"""Rules of harm: told to who asks for the rule only, and to nobody who tells of it."""
_DUTIES: Mapping[str, str] = {
    duties.SCHOOL: "must_school",
    duties.MEDICAL: "must_medical",
    duties.HOME_VISITS: "visit_emergency",
    duties.OTHER_PLACE: "must_who",
}


def rules(work: Work, text: str) -> tuple[str, ...]:
    """The topics that speak of the family told, the nearest first; none where nobody asks what it counts as.

    Read cautiously: what was only touched on counts, since the rule is told as a rule and decides nothing.
    """
    if not question_forms.asks(text) or not checking.asks_what_it_counts_as(text):
        return ()
    if away.between_districts(text):
        return (CORE_DISTRICTS,)
    told = _told(work, text)
    of_parents = of_facts(told)
    if of_parents == _BOTH_AWAY and _UNBROKEN.search(text):
        return (_OF_VISITS,)
    if of_parents == _BOTH_AWAY and away.across_counties(text):
        return (_OF_PLACE,)
    if of_parents and told.get("household_assistance") in _HELP_AT_HOME:
        return (_OF_HOME, *of_parents)
    if of_parents or _OF_A_PARENT.search(text):
        return of_parents
    return _of_a_child(told, text)


def _of_a_child(told: Mapping[str, object], text: str) -> tuple[str, ...]:
    """The rule of the child's own condition, where a child is named: 智力残疾几级能算 asks of parents, or of nobody."""
    if not question_forms.names_somebody(text):
        return ()
    return tuple(topic for fact, topic in _OF_THE_CHILD.items() if fact in told)


def told_without_asking(work: Work, text: str) -> tuple[str, ...]:
    """The topic that speaks of a family told without a question (他爸没了 他妈残疾一级 养不起; 我家低保 孩子上学没钱);
    none where a question is asked, or nothing is told that a rule is about."""
    if question_forms.asks(text):
        return ()
    if away.between_districts(text):
        return (CORE_DISTRICTS,)
    told = _told(work, text)
    if told.get("household_assistance") in _HELP_AT_HOME:
        return (_OF_HOME,)
    if found := of_facts(told)[:1]:
        found = _OF_SILENCE if found == _OF_DEAD_AND_AWAY and situations.of_silence(text) else found
        found = _OF_HEARING if found[0] in _OF_GRADES and _only_hearing(told) else found
        return _narrower(told) if found == _BOTH_AWAY else found
    return tuple(topic for fact, topic in _OF_THE_CHILD.items() if fact in told)[:1]


def _only_hearing(told: Mapping[str, object]) -> bool:
    """Whether hearing or speech is all that is told of the parents' disabilities: they are not in the list."""
    kinds = {fact.partition("_disab_")[2] for fact, value in told.items() if "_disab_" in fact and value not in _NOT_SO}
    return bool(kinds) and kinds <= {"hearing", "speech"}


def _narrower(told: Mapping[str, object]) -> tuple[str, ...]:
    """The rule of both parents away, or of what in the telling is against it: too short, no other county, too old."""
    months = [told.get(f"{one}_away_months") for one in (FATHER, MOTHER)]
    age = told.get("child_age_years")
    if any(told.get(f"{one}_home_stays") == "short_visit" for one in (FATHER, MOTHER)):
        return (_OF_VISITS,)  # 中间回来过年待了半个月 村里说断了不算
    if isinstance(age, int) and age >= LEFT_BEHIND_TO:
        return ("lb_age",)
    if any(isinstance(one, int) and one < LONG_AWAY for one in months):
        return ("lb_six_months",)
    if "same_county" in (told.get(f"{one}_work_place") for one in (FATHER, MOTHER)):
        return ("lb_cross_county",)
    return _BOTH_AWAY


def rule(work: Work, text: str) -> tuple[str, ...]:
    """The topics that speak of what these words tell; none: no rule of ours does. That a child lives alone comes before
    where its parents work (JL-3.8.k before JL-2.1.1)."""
    signs, kinds = set(signs_told.read(text).signs), set(danger.read(text).kinds)
    if LIVES_ALONE in signs:
        return (_OF_SIGNS[LIVES_ALONE],)
    if duties.works_at(text) == duties.MEDICAL and kinds - {danger.HUNCH, ALONE}:
        return (_DUTIES[duties.MEDICAL],)  # 我在卫生院上班 来个小孩 骨折说是摔的
    if found := situations.told_together(text):
        return found
    with_somebody = _told(work, text).get("lives_without_guardian") == "no"
    if ALONE in kinds and not signs and not with_somebody:
        return (_OF_SIGNS[LIVES_ALONE],)
    if found := rules(work, text)[:1] or told_without_asking(work, text):
        return found
    return tuple(topic for sign, topic in _OF_SIGNS.items() if sign in signs)[:1]


def asks_which(text: str) -> bool:
    """Whether words ask which of our rules a family falls under (归哪类, 算啥), and not for one of them by name."""
    return _WHICH.search(text) is not None


def fitting(work: Work, text: str, topics: Sequence[str]) -> tuple[str, ...]:
    """Of these topics, those that may speak of the family told: what a rule says of parents must be told of them, and
    two core districts be named."""
    told = _told(work, text)
    one, other = _states(told, FATHER), _states(told, MOTHER)
    if not (one or other):
        return tuple(topics)
    return tuple(topic for topic in topics if _may_speak(topic, text, one, other))


def _may_speak(topic: str, text: str, one: frozenset[str], other: frozenset[str]) -> bool:
    if topic == CORE_DISTRICTS:
        return away.between_districts(text) or _IN_TOWN.search(text) is not None
    if topic == _OF_OTHER_REHAB:
        return HELD not in one | other
    first, second = _SPEAKS_OF.get(topic, (frozenset(), frozenset()))
    return any((not first or a & first) and (not second or b & second) for a, b in ((one, other), (other, one)))


def _told(work: Work, text: str) -> dict[str, object]:
    """What is told of a family, read cautiously."""
    return {one.fact: one.value for one in family.read(text, work.today).found}


def tells_of_parents(work: Work, text: str) -> bool:
    """Whether something is told of a parent."""
    return any(fact.startswith((FATHER, MOTHER)) for fact in _told(work, text))


def of_the_child(rules: tuple[str, ...]) -> tuple[str, ...]:
    """Of the rules that speak of a family, the one of the child's own condition."""
    return tuple(topic for topic in rules[:1] if topic in _OF_THE_CHILD.values())


def of_facts(told: Mapping[str, object]) -> tuple[str, ...]:
    """The topics that speak of a family of which these facts of the eligibility model are told or supposed."""
    one, other = _states(told, FATHER), _states(told, MOTHER)
    if both := _of_two(told):
        return both
    alone = one | other
    if widowed := _of_a_widow(told):
        return widowed
    if bool(one) != bool(other):
        for state, topics in _OF_ONE:
            if state in alone:
                return topics
    return ()


def _of_a_widow(told: Mapping[str, object]) -> tuple[str, ...]:
    """The rules of one parent dead, nothing told of the other."""
    if _states(told, FATHER) | _states(told, MOTHER) != {DEAD} or _of_two(told):
        return ()
    return (_RURAL_SINGLE, _ONE_DEAD) if told.get("residence_rural") == "yes" else (_ONE_DEAD,)


def _of_two(told: Mapping[str, object]) -> tuple[str, ...]:
    one, other = _states(told, FATHER), _states(told, MOTHER)
    for first, second, topics in _OF_TWO:
        if (one & first and other & second) or (other & first and one & second):
            return topics
    return ()


def of_one_only(topic: str | None, text: str) -> tuple[str, ...]:
    """The rule of one parent, for who was just told that of both and says that it is only one (就一个进去了); that of a
    dead one beside, for who says so (那另一个要是没了呢); the same rule, for who puts a figure into it."""
    narrower = _OF_ONE_ONLY.get(topic or "") if situations.of_one_of_two(text) else None
    narrower = _OF_OTHER_DEAD.get(topic or "") if situations.of_other_dead(text) else narrower
    narrower = narrower or situations.following(topic or "", text)
    if narrower is None and topic is not None and policy_bounds.put_into(topic, text):
        narrower = topic
    return (narrower,) if narrower is not None else ()


def duty(text: str) -> str | None:
    """The topic that says what whoever meets a child in danger at work has to do; None: nobody asks or hesitates."""
    if not (question_forms.asks(text) or duties.hesitates(text)) or situations.topics(text):
        return None  # who stays away from school without any harm told is no case for the police
    place = duties.works_at(text)
    if place is not None and duties.fears_penalty(text):
        return "must_penalty"
    if place == duties.SCHOOL and _BULLIED in signs_told.read(text).signs:
        return _OF_SIGNS[_BULLIED]  # WBF-39 says what a school does about it
    wonders = duties.asks_for_duty(text) or duties.hesitates(text)
    return _DUTIES[place] if place is not None and wonders else None


def _states(told: Mapping[str, object], parent: str) -> frozenset[str]:
    """What is told of one parent."""
    of = {fact.removeprefix(f"{parent}_"): value for fact, value in told.items() if fact.startswith(f"{parent}_")}
    states = {
        DEAD: of.get("life_status") in _DEAD,
        HELD: of.get("custody") in _HELD,
        SENT: of.get("deported") == "yes" or of.get("guardianship_revoked") == "yes",
        LOST: of.get("life_status") in _GONE or of.get("lost_contact", NOTHING) not in _NOT_SO,
        SICK: of.get("illness", NOTHING) not in _NOT_SO,
        DISABLED: any(fact.startswith("disab_") and value not in _NOT_SO for fact, value in of.items()),
        AWAY: of.get("away_status") in _AWAY or of.get("work_place") in ("cross_county", "abroad"),
    }
    return frozenset(state for state, there in states.items() if there)
