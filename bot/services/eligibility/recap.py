"""What was told, said back: by its value alone where that speaks for itself, else with what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bot import texts
from bot.care import english, model, wording
from bot.care.explaining import Ground
from bot.services.eligibility.state import BESIDE, CANNOT_BE_FOUND, NOT_APPLICABLE, WHEREABOUTS

PLAINLY_SAID = (
    *("child_age_years", "_status", "_months", "_work_place", "_home_stays"),
    *("child_disability", "lives_with_away_parent", "lives_without_guardian", "guardian_not_performing"),
)
PLAIN_IF_SO = (
    *("_custody", "_lost_contact", "household_assistance", "informal_adoption"),
    *("single_parent_family", "residence_rural"),
)
UNPROVEN = "ge_6m_unproven"
IS_NOT = ("none", "no")
TELLING = ("child_age_years", "_life_status", "_away_status", "_months", "_work_place", "lives_with_away_parent")
MOST_GROUNDS = 6
GROUPS = ("child", "father", "mother", "home")
OF_THE_CHILD = ("child_", "vagrant_", "informal_", "birth_", "condition_", "lives_", "guardian_")


def recap(
    facts: Mapping[str, Any], on: date, *, brief: bool = False, said: Mapping[str, Iterable[str]] | None = None
) -> str:
    """What was told, a line each for the child, the father, the mother and the household. `brief`: what was asked and
    is not the case is left out. `said`: by question, words nobody could place; they stand there as they were said."""
    lines, facts = [], {fact: value for fact, value in facts.items() if value != NOT_APPLICABLE}
    facts = {fact: value for fact, value in facts.items() if not _nobody_can_tell(fact, facts)}
    if brief:
        facts = _worth_saying(facts, on)
    for group in GROUPS:
        told = [_said(fact, value, on) for fact, value in facts.items() if group_of(fact) == group]
        alive = texts.phrase("eligibility.alive")
        told = [one for one in dict.fromkeys(told) if one != alive] or told[:1]
        if told:
            lines.append(f"· {texts.phrase(f'eligibility.of.{group}')}：{'，'.join(told)}")
    return "\n".join([*lines, *_in_their_words(said or {}, None)])


def _worth_saying(facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Without what was asked and is not the case."""
    known = model.in_force(on).facts
    said = (*PLAINLY_SAID, "household_assistance")  # who has no 低保 said so, and wants to see it
    return {f: v for f, v in facts.items() if f.endswith(said) or v != known[f].default or v == model.UNKNOWN}


def in_english(
    facts: Mapping[str, Any], on: date, *, brief: bool = False, said: Mapping[str, Iterable[str]] | None = None
) -> str:
    """The same in English, a line for each fact."""
    known = model.in_force(on)
    facts = _worth_saying(facts, on) if brief else facts
    told = [(known.facts[fact], value) for fact, value in facts.items() if value != NOT_APPLICABLE]
    lines = [f"· {english.said(fact, value)}" for fact, value in told if fact.policy == "public"]
    return "\n".join([*lines, *_in_their_words(said or {}, texts.ENGLISH)])


def _in_their_words(said: Mapping[str, Iterable[str]], language: str | None) -> list[str]:
    words = dict.fromkeys(text for name, told in said.items() if name != BESIDE for text in told)
    args = {texts.LANGUAGE: language}
    lines = [texts.render("eligibility.in_their_words", {"words": text, **args}).text for text in words]
    if beside := list(dict.fromkeys(said.get(BESIDE, ()))):
        apart = "; " if language else "；"
        lines.append(texts.render("eligibility.told_beside", {"words": apart.join(beside), **args}).text)
    return lines


def grounds(those: Iterable[Ground], on: date, *, in_english: bool = False) -> list[str]:
    """The told facts behind a result, as they are said back, each with whose it is; of both parents at once where it
    is the same of both."""
    told = [one for one in those if one.origin != "default" and one.value not in (model.UNKNOWN, NOT_APPLICABLE)]
    told = [one for one in told if not (one.fact.endswith("_life_status") and one.value == "alive")]
    if in_english:
        known = model.in_force(on).facts
        return list(dict.fromkeys(english.said(known[one.fact], one.value) for one in told))[:MOST_GROUNDS]
    by_words: dict[tuple[str, str], list[str]] = {}
    for one in sorted(told, key=_telling):
        parent, _, kind = one.fact.partition("_")
        whose = model.PARENT_ZH.get(parent, "") if speaks_for_itself(one.fact, one.value) else ""
        said = plainly(one.fact, one.name, one.said, one.value)
        by_words.setdefault((kind if whose else one.fact, said), []).append(whose)
    both = texts.phrase("eligibility.of.both")
    return [f"{both if len(whose) > 1 else whose[0]}{said}" for (_, said), whose in by_words.items()][:MOST_GROUNDS]


def _telling(ground: Ground) -> int:
    """The age first, then where somebody is, for how long, and the rest."""
    return next((at for at, kind in enumerate(TELLING) if ground.fact.endswith(kind)), len(TELLING))


def speaks_for_itself(fact: str, value: Any) -> bool:
    """Whether a value says what it is about: 在外地打工."""
    return fact.endswith(PLAINLY_SAID) or (fact.endswith(PLAIN_IF_SO) and value not in IS_NOT)


def plainly(fact: str, name: str, said: str, value: Any) -> str:
    """A value by itself, or with what it is about."""
    if value == UNPROVEN:  # nobody said yet whether the police wrote it down
        said = said.partition("，")[0]
    if speaks_for_itself(fact, value):
        return said.partition("，")[2] if said.startswith(("是，", "不是，")) else said
    return f"{name}：{said}"


def _said(fact: str, value: Any, on: date) -> str:
    known = model.in_force(on).facts[fact]
    whose = model.PARENT_ZH[known.parent] if known.parent else texts.phrase(f"eligibility.of.{group_of(fact)}")
    name = wording.name(known).removeprefix(whose).removeprefix(texts.phrase("eligibility.of"))
    if value == model.UNKNOWN:
        return f"{name}{texts.phrase('eligibility.unknown_value')}"
    said = wording.said(known, date.fromisoformat(value) if known.kind == "date" else value)
    return plainly(fact, name, said, value)


def _nobody_can_tell(fact: str, facts: Mapping[str, Any]) -> bool:
    parent, _, kind = fact.partition("_")
    lost = facts.get(f"{parent}_life_status") == CANNOT_BE_FOUND
    return lost and kind in WHEREABOUTS and facts[fact] == model.UNKNOWN


def group_of(fact: str) -> str:
    if fact.startswith(("father_", "mother_")):
        return fact.partition("_")[0]
    return "child" if fact.startswith(OF_THE_CHILD) else "home"
