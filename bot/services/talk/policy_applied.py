"""What a rule comes to for the family that was told with it, in one sentence: 照您说的像是留守，还要看满没满6个月.

A hint, never a result: what was not told is named as what still counts, and recognition is civil affairs' (PIPL-24).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot import texts
from bot.reading.families import family
from bot.reading.persons.kin import FATHER, MOTHER
from bot.services.talk import policy_bounds
from bot.services.work import Work

_LIKE: Mapping[str, str] = {
    **dict.fromkeys(("guard_both_prison", "guard_dead_prison", "guard_orphan"), "guardianship"),
    **dict.fromkeys(("fam_dead_ill", "fam_both_disabled", "fam_dibao"), "family"),
    "fact_what": "unsupported",
}
"""What a child is like of whose family the rule of a topic speaks."""
_LEFT_BEHIND = frozenset({"lb_what", "lb_grandparents"})
_AT_HOME, _BEYOND = ("at_home",), ("cross_county", "abroad")
_OF_PARTED = frozenset({"lb_divorced", "hard_divorced", "law_divorce", "lb_one_parent", "fam_poor"})
"""Rules told to who parted: that rural single parents are to be looked after first (JL-2.2.4) is said with them."""


def line(work: Work, text: str, topics: Collection[str]) -> str:
    """The sentence; empty where nothing of a family is told that the first of these topics speaks of."""
    told = {one.fact: one.value for one in family.read(text, work.today).found}
    topic = next(iter(topics), "")
    if bounded := policy_bounds.line(topic, text):
        return bounded
    if topic in _OF_PARTED and told.get("single_parent_family") == told.get("residence_rural") == "yes":
        return texts.phrase("policy.applied.rural_single")
    if topic == "lb_cross_county" and _all_of(told, "work_place", _BEYOND):
        return texts.phrase("policy.applied.beyond")
    if topic in _LEFT_BEHIND and all(told.get(f"{one}_away_status") == "away_for_work" for one in (FATHER, MOTHER)):
        left = _not_told(told)
        key = "left_behind.open" if left else "left_behind"
        return texts.phrase(f"policy.applied.{key}").format(left=left)
    if topic == "lb_six_months" and any(isinstance(told.get(f"{one}_away_months"), int) for one in (FATHER, MOTHER)):
        return texts.phrase("policy.applied.too_short")
    if topic == "lb_one_parent" and _one_at_home(told):
        return texts.phrase("policy.applied.other_at_home")
    of_parents = any(fact.startswith((FATHER, MOTHER)) for fact in told) or "household_assistance" in told
    if topic in _LIKE and of_parents:
        return texts.phrase("policy.applied.like").format(label=texts.phrase(f"policy.applied.{_LIKE[topic]}"))
    return ""


def other_at_home(work: Work, text: str) -> bool:
    """Whether one parent is told to be away and the other at home: that decides, wherever the first one is."""
    told = {one.fact: one.value for one in family.read(text, work.today).found}
    away = (told.get(f"{one}_away_status") not in (None, *_AT_HOME) for one in (FATHER, MOTHER))
    return _one_at_home(told) and any(away)


def _one_at_home(told: Mapping[str, object]) -> bool:
    return any(told.get(f"{one}_away_status") in _AT_HOME for one in (FATHER, MOTHER))


def _all_of(told: Mapping[str, object], fact: str, values: Collection[str]) -> bool:
    """Whether that is told of both parents, and is one of these."""
    return all(told.get(f"{one}_{fact}") in values for one in (FATHER, MOTHER))


def _not_told(told: Mapping[str, object]) -> str:
    """What of being left behind was not told: how long, how far, how old."""
    parents = (FATHER, MOTHER)
    asked = {
        "months": any(f"{one}_away_months" not in told for one in parents),
        "place": any(f"{one}_work_place" not in told for one in parents),
        "age": "child_age_years" not in told,
    }
    parts = [texts.phrase(f"policy.applied.{name}") for name, there in asked.items() if there]
    return texts.phrase("policy.applied.and").join(parts)
