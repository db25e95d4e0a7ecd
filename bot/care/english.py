"""The public questions in plain English (eligibility_english.yml); values and everything that counts stay the same."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from bot.care import policy_data, wording
from bot.care.model import UNKNOWN, Fact, Model
from bot.care.questions import Choice, Question


def question(asked: Question, model: Model) -> Question:
    """The same question in English, its screen too. Raises KeyError naming a fact without English words."""
    fact = model.facts[asked.fact]
    words, labels = _facts()[wording.general(fact)], _labels(fact)
    choices = [replace(one, label=labels[one.value]) for one in asked.choices if one.value in labels]
    choices.append(Choice(UNKNOWN, _words()["open"]["unknown"]))
    screen = asked.screen
    if screen is not None:
        text = _words()["screen"]
        renamed = tuple(replace(one, label=_kind(one.value, model)) for one in screen.choices)
        screen = replace(screen, text=_of(text, fact), choices=tuple({one.value: one for one in renamed}.values()))
    return replace(asked, text=_of(words["ask"], fact), choices=tuple(choices), screen=screen)


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


def _kind(value: str, model: Model) -> str:
    opened = _words()["open"]
    return str(opened[value] if value in opened else _words()["kinds"][wording.general(model.facts[value])])


def _labels(fact: Fact) -> dict[Any, str]:
    return dict(_facts()[wording.general(fact)].get("labels", {}))


def _of(text: str, fact: Fact) -> str:
    return text.replace("{p}", fact.parent) if fact.parent else text


def _facts() -> dict[str, Any]:
    return dict(_words()["facts"])


@cache
def _words() -> dict[str, Any]:
    return policy_data.read("eligibility_english")
