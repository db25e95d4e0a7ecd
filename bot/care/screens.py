"""Several questions in one: 有没有下面的残疾？ One tap says that there is none (eligibility_asking.yml#screens)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from bot.care import policy_data, wording
from bot.care.model import UNKNOWN, Model

NONE = "none"
WORTH_A_SCREEN = 2


@dataclass(frozen=True)
class ScreenChoice:
    """One answer to a screen. `facts`: what it settles; `follow`: the fact to ask next by its own question."""

    value: str
    label: str
    facts: Mapping[str, str]
    follow: str | None = None


@dataclass(frozen=True)
class Screen:
    """One question for several `facts` of one parent. `again`: there is one of them already, the others are asked."""

    text: str
    facts: tuple[str, ...]
    choices: tuple[ScreenChoice, ...]
    again: bool = False


def screen(model: Model, told: Mapping[str, Any], asking: str, worth: Collection[str]) -> Screen | None:
    """The screen that asks for `asking` together with others worth asking; None when it would cover only that one."""
    parent = model.facts[asking].parent
    if parent is None:
        return None
    for entry, words in zip(policy_data.read("eligibility_asking")["screens"], wording.screens(), strict=True):
        all_of_it = [fact.replace("{p}", parent) for fact in entry["facts"]]
        covered = tuple(fact for fact in all_of_it if fact in worth)
        if asking in covered and len(covered) >= WORTH_A_SCREEN:
            again = any(told.get(fact, model.facts[fact].default) != model.facts[fact].default for fact in all_of_it)
            text = wording.of_parent(words["again" if again else "text"], parent)
            return Screen(text, covered, _choices(model, covered, words), again)
    return None


def _choices(model: Model, covered: tuple[str, ...], words: Mapping[str, Any]) -> tuple[ScreenChoice, ...]:
    unknown = dict.fromkeys(covered, UNKNOWN)
    return (
        ScreenChoice(NONE, words["none"], {fact: model.facts[fact].default for fact in covered}),
        *(ScreenChoice(fact, words["kinds"][wording.general(model.facts[fact])], {}, fact) for fact in covered),
        ScreenChoice(UNKNOWN, wording.open_answer("unknown"), unknown),
        ScreenChoice(UNKNOWN, wording.open_answer("rather_not"), unknown),
    )
