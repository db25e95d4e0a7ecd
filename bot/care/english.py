"""The public questions in plain English (eligibility_english.yml); values and everything that counts stay the same."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from bot.care import policy_data, wording
from bot.care.model import UNKNOWN, Fact, Model
from bot.care.questions import Choice, Question
from bot.care.screens import Screen, ScreenChoice


def question(asked: Question, model: Model) -> Question:
    """The same question in English, its screen too; words put in the place of its own stay as they are.

    Raises KeyError naming a fact without English words.
    """
    fact = model.facts[asked.fact]
    words, labels, opened = _facts()[wording.general(fact)], _labels(fact), _words()["open"]
    choices = [replace(one, label=labels[one.value]) for one in asked.choices if one.value in labels]
    choices.append(Choice(UNKNOWN, opened["unknown"]))
    if asked.delicate:
        choices.append(Choice(UNKNOWN, opened["rather_not"]))
    text = _of(words["ask"], fact) if asked.text == fact.question else asked.text
    screen = _screen(asked.screen, fact, model) if asked.screen is not None else None
    return replace(asked, text=text, choices=tuple(choices), screen=screen)


def contradiction(kind: str, parent: str) -> str:
    """The sentence that asks which of two told things about a parent is right."""
    return str(_words()["contradictions"][kind]).replace("{p}", parent)


def name(fact: Fact) -> str:
    """What a fact is called; those of staff too, for they may be what is missing. Raises KeyError without a name."""
    general = wording.general(fact)
    return _of(_words()["staff"].get(general) or _words()["missing"].get(general) or _facts()[general]["name"], fact)


def suppliers(fact: Fact) -> tuple[str, ...]:
    """Who can say or show a fact when the family does not know it."""
    return tuple(supplier(kind) for kind in wording.supplier_kinds(fact))


def supplier(kind: str) -> str:
    """The words for one who can supply a fact or holds a paper."""
    return str(_words()["suppliers"][kind])


def said(fact: Fact, value: object) -> str:
    """A told fact in English: father: Working away."""
    general = wording.general(fact)
    if value == UNKNOWN:
        shown = _words()["open"]["unknown"]
    elif fact.kind == "integer":
        shown = _words()["numbers"][general].replace("{n}", str(value))
    else:
        shown = _labels(fact).get(value, str(value))
    return f"{_of(_facts()[general]['name'], fact)}: {shown}"


def _screen(screen: Screen, fact: Fact, model: Model) -> Screen:
    text = _of(_words()["screen_again" if screen.again else "screen"], fact)
    return replace(screen, text=text, choices=tuple(replace(one, label=_kind(one, model)) for one in screen.choices))


def _kind(choice: ScreenChoice, model: Model) -> str:
    opened = _words()["open"]
    if choice.label == wording.open_answer("rather_not"):
        return str(opened["rather_not"])
    value = choice.value
    return str(opened[value] if value in opened else _words()["kinds"][wording.general(model.facts[value])])


def _labels(fact: Fact) -> dict[Any, str]:
    return dict(_facts()[wording.general(fact)].get("labels", {}))


def _of(text: str, fact: Fact) -> str:
    kind = str(_words()["kinds"].get(wording.general(fact), "")).lower()
    return text.replace("{p}", fact.parent).replace("{kind}", kind) if fact.parent else text


def _facts() -> dict[str, Any]:
    return dict(_words()["facts"])


@cache
def _words() -> dict[str, Any]:
    return policy_data.read("eligibility_english")
