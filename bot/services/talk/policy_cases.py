"""Which rule speaks of a family as it was told, or of the duty of whoever finds a child in danger.

Words tell a case in a hundred ways (他妈叫人遣返了 他爸跑大车); what was read of it (`bot/reading/family.py`) says
which rule that is. Only for who asks what it counts as, or what is to be done: nobody who only tells is told one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.reading import family, question_forms
from bot.reading.kin import FATHER, MOTHER
from bot.reading.normalise import normalise
from bot.services.work import Work

_WHAT_IT_COUNTS_AS = re.compile(
    "算|哪一?[类种样堆]|归[到在]?(?:哪|什么|啥|不归|困境|留守)|[够属占]|享受|待遇|说法|条件|符合|比照|照顾|困境|留[守首]|孤儿|什么(?:情况|孩子)"
)
_AWAY = ("away_for_work", "away_for_business")
_DEAD = ("dead", "declared_dead", "declared_missing")
_GONE = ("whereabouts_unknown", "unidentified")
_HELD = ("imprisoned", "compulsory_rehab", "other_restriction")
DEAD, HELD, SENT, LOST, SICK, DISABLED, AWAY = "dead", "held", "sent", "lost", "sick", "disabled", "away"
_UNABLE = frozenset({HELD, SENT, LOST, SICK, DISABLED})
_OF_TWO: tuple[tuple[frozenset[str], frozenset[str], tuple[str, ...]], ...] = (
    (frozenset({DEAD}), frozenset({DEAD}), ("guard_orphan",)),
    (frozenset({DEAD}), frozenset({HELD}), ("guard_dead_prison", "guard_both_prison")),
    (frozenset({DEAD}), frozenset({SICK, DISABLED}), ("fam_dead_ill", "fact_what")),
    (frozenset({DEAD}), frozenset({LOST, SENT}), ("fact_what", "ref_orphan")),
    (frozenset({DEAD}), frozenset({AWAY}), ("lb_dead_other",)),
    (frozenset({HELD}), frozenset({HELD}), ("guard_both_prison", "ref_orphan")),
    (frozenset({HELD, SENT}), frozenset({HELD, SENT}), ("ref_orphan", "guard_both_prison")),
    (frozenset({AWAY}), _UNABLE, ("lb_incapable", "lb_one_parent")),
    (frozenset({DISABLED}), frozenset({DISABLED}), ("dis_grades", "fam_both_disabled")),
    (frozenset({SICK, DISABLED}), frozenset({SICK, DISABLED}), ("fam_both_disabled", "ill_catalogue")),
    (_UNABLE, _UNABLE, ("fact_what", "fact_terms")),
    (frozenset({AWAY}), frozenset({AWAY}), ("lb_what",)),
)
"""What is told of one parent, of the other, and the rules that speak of both; the first that fits."""
_OF_ONE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (HELD, ("guard_one_prison",)),
    (AWAY, ("lb_one_parent", "lb_incapable")),
    (DISABLED, ("fam_one_disabled",)),
    (SICK, ("fam_one_disabled",)),
)
_DUTIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("must_school", re.compile("班主任|幼儿园|(?:当|是)[^,。]{0,6}老师|[园校]长|学生|保育员|辅导员")),
    ("must_medical", re.compile("护士|大夫|医生|卫生[院室所]|医院[^,。]{0,4}(?:上班|工作)|门诊|急诊|接诊|村医")),
    ("visit_emergency", re.compile("走访|入户|摸底|摸排|(?:儿童|村|我是|当)主任|督导员|网格员|村干部")),
    ("must_who", re.compile("宾馆|旅[店馆]|酒店|住宿|前台|社工|培训班|托管班|救助站|福利院")),
)
_ASKS_FOR_DUTY = re.compile(
    "[报打][给告哪谁警]|给谁[打报说]|[跟和向找]谁|先[^,。]{0,8}(?:啥|什么|哪|谁|咋|怎么)|(?:头|第)一(?:个|件|步)|[该用要得能]不[该用要得能]|还是"
    "|[得该][^,。]{0,3}(?:咋|怎么|干啥|做什么)|[报说][^,。]{0,4}[吗不呗]$|是不是[^,。]{0,8}报|等[^,。]{0,8}[中行成]不|罪|责任"
    "|能答应|[能该][^,。]{0,3}(?:瞒|声张|捂)"
)

_PENALTY = re.compile("处理我|处分|追责|担责|挨罚|有罪|罚我|追究")
_OF_OTHERS = re.compile(
    "(?:学校|单位|老师|那人|人家|村里|村委会|政府|派出所|医院|他们|平台|家长)[^,。]{0,4}[该得要][^,。]{0,6}[咋怎啥谁哪做]"
    "|申请[^,。]{0,8}[吗不呗]$|请示|保障|救助|待遇|先[^,。]{1,10}再[^,。]{1,8}[吗不呗]$"
)
"""What somebody else is bound to do, or a benefit: nobody asks so who cries for help."""


def asks_what_others_owe(text: str) -> bool:
    """Whether words ask what a school, an office or somebody else must do, or for a benefit; 救救孩子 asks neither."""
    return question_forms.asks(text) and _OF_OTHERS.search(text) is not None


def rules(work: Work, text: str) -> tuple[str, ...]:
    """The topics that speak of the family told, the nearest first; none where nobody asks what it counts as.

    Read cautiously: what was only touched on counts, since the rule is told as a rule and decides nothing.
    """
    if not question_forms.asks(text) or not _WHAT_IT_COUNTS_AS.search(text):
        return ()
    found = family.read(text, work.today).found
    told = {one.fact: one.value for one in found}
    one, other = _states(told, FATHER), _states(told, MOTHER)
    for first, second, topics in _OF_TWO:
        if (one & first and other & second) or (other & first and one & second):
            return topics
    alone = one | other
    if bool(one) != bool(other):
        for state, topics in _OF_ONE:
            if state in alone:
                return topics
    return ()


def duty(text: str) -> str | None:
    """The topic that says what whoever meets a child in danger at work has to do; None: nobody asks that."""
    if not question_forms.asks(text):
        return None
    said = normalise(text).text
    found = next((topic for topic, words in _DUTIES if words.search(said)), None)
    if found is not None and _PENALTY.search(said):
        return "must_penalty"
    return found if _ASKS_FOR_DUTY.search(said) else None


def _states(told: Mapping[str, object], parent: str) -> frozenset[str]:
    """What is told of one parent."""
    of = {fact.removeprefix(f"{parent}_"): value for fact, value in told.items() if fact.startswith(f"{parent}_")}
    states = {
        DEAD: of.get("life_status") in _DEAD,
        HELD: of.get("custody") in _HELD,
        SENT: of.get("deported") == "yes" or of.get("guardianship_revoked") == "yes",
        LOST: of.get("life_status") in _GONE or "lost_contact" in of,
        SICK: "illness" in of,
        DISABLED: any(fact.startswith("disab_") for fact in of),
        AWAY: of.get("away_status") in _AWAY or of.get("work_place") in ("cross_county", "abroad"),
    }
    return frozenset(state for state, there in states.items() if there)
