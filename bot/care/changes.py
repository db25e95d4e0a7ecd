"""What would have to be otherwise for a result to change, and when the calendar alone will change one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from bot.care import child_facts, evaluation, wording
from bot.care import model as models
from bot.care.assessment import assess
from bot.care.evaluation import Evaluation
from bot.care.model import RESULTS, Fact, Model

NEVER_SHOWN = "highly_sensitive"


@dataclass(frozen=True)
class Change:
    """One fact with another value, and each result it would change: its outcome now and then."""

    fact: str
    value: Any
    name: str
    said: str
    results: Mapping[str, tuple[str, str]]


def what_would_change(
    facts: Mapping[str, object], on: date, result: str | None = None, model: Model | None = None
) -> tuple[Change, ...]:
    """Every single fact that would change a result if it were otherwise, with the values that would.

    Of numbers, the values next to a bound. Facts that are highly sensitive are left out: they are no advice. Raises
    WrongFacts for facts that cannot be read, KeyError for a result that is none.
    """
    model = model or models.in_force(on)
    found = evaluation.evaluate(model, child_facts.checked(model, facts, on), on)
    watched = RESULTS if result is None else {result: RESULTS[result]}
    return tuple(change for fact in _changeable(model) for change in _changes(found, fact, watched))


def _changeable(model: Model) -> list[Fact]:
    used = model.circuit.leaves
    return [fact for fact in model.facts.values() if fact.id in used and fact.sensitivity != NEVER_SHOWN]


def _changes(found: Evaluation, fact: Fact, watched: Mapping[str, str]) -> Iterator[Change]:
    model = found.model
    now = found.values()[fact.id]
    for value in _values(model, fact.id):
        if value == now:
            continue
        truths = list(found.truths)
        model.circuit.put(truths, fact.id, value)
        model.circuit.ripple(truths, fact.id)
        changed = {
            result: (model.outcomes[found.truths[place]], model.outcomes[truths[place]])
            for result, group in watched.items()
            if truths[place := model.groups[group]] != found.truths[place]
        }
        if changed:
            yield Change(fact.id, value, wording.name(fact), wording.said(fact, value), changed)


@cache
def _values(model: Model, fact_id: str) -> tuple[Any, ...]:
    """The values to try: all of an enum, of a number those on both sides of each bound."""
    fact = model.facts[fact_id]
    if fact.values:
        return fact.values
    return tuple(sorted({value for bound in model.bounds[fact_id] for value in (bound - 1, bound)}))


def recheck_on(facts: Mapping[str, object], on: date, model: Model | None = None) -> date | None:
    """The first day after `on` on which the calendar alone changes something; None if none is known (#recheck_rule)."""
    return assess(facts, on, model).recheck_on


def recheck_in_months(facts: Mapping[str, object], on: date, model: Model | None = None) -> int | None:
    """About how many months until a told number of months changes a result; None if none does within the bound.

    Only a way of saying 大约{n}个月后再查: the day itself is not known, ask for it.
    """
    model = model or models.in_force(on)
    told = child_facts.checked(model, facts, on)
    now = assess(told, on, model)
    counted = [fact for fact in child_facts.COUNTED if isinstance(told.get(fact), int)]
    longest = max((bound for fact in counted for bound in model.bounds[fact]), default=0)
    for months in range(1, longest + 1):
        then = assess({**told, **{fact: told[fact] + months for fact in counted}}, on, model)
        if (then.results, then.matched, then.pending) != (now.results, now.matched, now.pending):
            return months
    return None
