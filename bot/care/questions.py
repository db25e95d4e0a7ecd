"""Questions about a child: the next one worth asking, in words and with buttons (eligibility_asking.yml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.care import child_facts, evaluation, interview, screens, wording
from bot.care import model as models
from bot.care.model import RESULTS, UNKNOWN, Model
from bot.care.screens import Screen

DELICATE = ("careful", "health")
NEVER_OFFERED = (UNKNOWN, "derive")


@dataclass(frozen=True)
class Choice:
    """One answer as a button: the fact's value and the word for it. 不清楚 and 不方便说 both give "unknown"."""

    value: str | int
    label: str


@dataclass(frozen=True)
class Question:
    """A question about one fact.

    `kind`: enum (the choices are all there is), integer or date (others too). `delicate`: asked one at a time.
    `screen`: the shorter way to ask for this fact and others at once.
    """

    fact: str
    text: str
    kind: str
    choices: tuple[Choice, ...]
    delicate: bool
    screen: Screen | None = None


def next_question(
    facts: Mapping[str, object], on: date, goal: str | None = None, model: Model | None = None
) -> Question | None:
    """The next fact worth asking, or None when no open answer can change the result any more.

    `goal` is one of the results (left_behind, hardship, …); None means all of them. Only public facts are asked, only
    while their ask_when is not false. Raises KeyError naming a goal that is no result.
    """
    model = model or models.in_force(on)
    found = evaluation.evaluate(model, child_facts.checked(model, facts, on), on)
    goals = RESULTS if goal is None else {goal: RESULTS[goal]}
    worth = interview.worth_asking(found, [model.groups[group] for group in goals.values()])
    if not worth:
        return None
    return replace(question(worth[0], model), screen=screens.screen(model, found.told, worth[0], worth))


def questions_left(facts: Mapping[str, object], on: date, model: Model | None = None) -> int:
    """About how many questions are left, as they are asked, of somebody to whom nothing more applies."""
    told, left = dict(facts), 0
    model = model or models.in_force(on)
    while asked := next_question(told, on, model=model):
        covered = asked.screen.facts if asked.screen else (asked.fact,)
        told |= {fact: model.facts[fact].default for fact in covered}
        left += 1
    return left


def safety_question(facts: Mapping[str, object], on: date, model: Model | None = None) -> Question | None:
    """The next question of the safety screen, which opens every flow (eligibility.md §3); None when both are told.

    It is asked whatever the goal: the answer may call for the report flow, not for a result.
    """
    model = model or models.in_force(on)
    told = child_facts.checked(model, facts, on)
    return next((question(fact, model) for fact in interview.safety_screen() if fact not in told), None)


def question(fact_id: str, model: Model) -> Question:
    """How a fact is asked. Raises KeyError naming a fact that is not there or has no words."""
    fact = model.facts[fact_id]
    delicate = fact.sensitivity in DELICATE
    choices = [Choice(value, label) for value, label in wording.labels(fact).items() if value not in NEVER_OFFERED]
    choices.append(Choice(UNKNOWN, wording.open_answer("unknown")))
    if delicate:
        choices.append(Choice(UNKNOWN, wording.open_answer("rather_not")))
    return Question(fact.id, fact.question, fact.kind, tuple(choices), delicate)
