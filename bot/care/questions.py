"""Questions about a child: the next one worth asking, in words and with buttons (eligibility_asking.yml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from bot.care import child_facts, evaluation, policy_data
from bot.care import model as models
from bot.care.circuit import PARENTS
from bot.care.evaluation import Evaluation
from bot.care.model import RESULTS, UNKNOWN, Fact, Model

DELICATE = ("careful", "health")


@dataclass(frozen=True)
class Choice:
    """One answer as a button: the fact's value and the word for it. 不清楚 and 不方便说 both give "unknown"."""

    value: str | int
    label: str


@dataclass(frozen=True)
class Question:
    """A question about one fact. `kind`: enum (the choices are all there is), integer or date (others too)."""

    fact: str
    text: str
    kind: str
    choices: tuple[Choice, ...]
    delicate: bool


def next_question(
    facts: Mapping[str, object], on: date, goal: str | None = None, model: Model | None = None
) -> Question | None:
    """The next fact worth asking, or None when no open answer can change the result any more.

    `goal` is one of the results (left_behind, hardship, …); None means all of them. Only public facts are asked, only
    while their ask_when is not false. Raises KeyError naming a goal that is no result.
    """
    model = model or models.in_force(on)
    found = evaluation.evaluate(model, child_facts.parsed(facts), on)
    worth = _worth_asking(found, goal)
    ordered = [fact for stage in _stages() for fact in stage if fact in worth]
    return question(ordered[0], model) if ordered else None


def question(fact_id: str, model: Model) -> Question:
    """How a fact is asked. Raises KeyError naming a fact that is not there or has no words."""
    fact = model.facts[fact_id]
    delicate = fact.sensitivity in DELICATE
    open_words = policy_data.read("eligibility_asking")["open_answers"]
    choices = [Choice(value, label) for value, label in labels(fact).items() if value != UNKNOWN]
    choices.append(Choice(UNKNOWN, open_words["unknown"]))
    if delicate:
        choices.append(Choice(UNKNOWN, open_words["rather_not"]))
    return Question(fact.id, fact.question, fact.kind, tuple(choices), delicate)


def labels(fact: Fact) -> Mapping[Any, str]:
    """The words for a fact's values; of a number, for those offered as buttons."""
    general = fact.id.replace(fact.parent, "{p}", 1) if fact.parent else fact.id
    ours: dict[Any, str] = policy_data.read("eligibility_asking")["labels"].get(general, {})
    return {**fact.labels, **ours}


def _worth_asking(found: Evaluation, goal: str | None) -> frozenset[str]:
    goals = RESULTS if goal is None else {goal: RESULTS[goal]}
    return frozenset().union(*(found.deciding(found.model.groups[group]) for group in goals.values()))


@cache
def _stages() -> tuple[tuple[str, ...], ...]:
    """The facts of each stage; of a parent's fact, the father's before the mother's."""
    return tuple(
        tuple(
            fact.replace("{p}", parent)
            for fact in stage["facts"]
            for parent in (PARENTS if "{p}" in fact else PARENTS[:1])
        )
        for stage in policy_data.read("eligibility_asking")["order"]
    )
