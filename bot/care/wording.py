"""The words for the facts of eligibility.yml and their values (eligibility_words.yml), all as data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from bot.care import policy_data
from bot.care.model import PARENT_ZH, UNKNOWN, Fact

SLOT = "{父亲/母亲}"


def name(fact: Fact) -> str:
    """What a fact is called: 父亲在家还是在外. Raises KeyError for one without a name."""
    return _of(fact, _words()["names"])


def labels(fact: Fact) -> Mapping[Any, str]:
    """The words for a fact's values, the model's own before ours; of a number, for those offered as buttons."""
    return {**_words()["labels"].get(general(fact), {}), **fact.labels}


def said(fact: Fact, value: object) -> str:
    """A value in words, as it is said back."""
    if value == UNKNOWN:
        return open_answer(UNKNOWN)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if fact.kind == "integer":
        return str(_words()["numbers"][general(fact)]).replace("{n}", str(value))
    return labels(fact).get(value, str(value))


def open_answer(kind: str) -> str:
    """The button of an answer that leaves the matter open: `unknown` or `rather_not`."""
    return str(_words()["open_answers"][kind])


def unfinished() -> str:
    """What is said instead of 不符合 while questions are open that could change it (eligibility.md §1)."""
    return str(_words()["unfinished"])


def suppliers(fact: Fact) -> tuple[str, ...]:
    """Who can say or show a fact when the family does not know it (eligibility.md §7)."""
    return tuple(supplier(kind) for kind in supplier_kinds(fact))


def supplier_kinds(fact: Fact) -> tuple[str, ...]:
    """Who can supply a fact, by the codes of eligibility_asking.yml#supply."""
    return tuple(policy_data.read("eligibility_asking")["supply"].get(general(fact), ["family"]))


def supplier(kind: str) -> str:
    """The words for one who can supply a fact or holds a paper."""
    return str(_words()["suppliers"][kind])


def wrong(kind: str, **told: object) -> str:
    """The sentence about a fact that cannot be read."""
    return str(_words()["wrong"][kind]).format(**told)


def contradiction(kind: str, parent: str) -> str:
    """The sentence that asks which of two told things about a parent is right."""
    return of_parent(str(_words()["contradictions"][kind]), parent)


def screens() -> tuple[Mapping[str, Any], ...]:
    """The words of the screens, in the order of eligibility_asking.yml."""
    return tuple(_words()["screens"])


def of_parent(text: str, parent: str | None) -> str:
    """A text with the word for the parent it is about."""
    return text.replace(SLOT, PARENT_ZH[parent]) if parent else text


def general(fact: Fact) -> str:
    """A fact's id as the data files write it: {p}_illness for father_illness."""
    return fact.id.replace(fact.parent, "{p}", 1) if fact.parent else fact.id


def _of(fact: Fact, texts: Mapping[str, str]) -> str:
    return of_parent(texts[general(fact)], fact.parent)


@cache
def _words() -> dict[str, Any]:
    return policy_data.read("eligibility_words")
