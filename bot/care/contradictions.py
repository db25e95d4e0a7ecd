"""Told facts that cannot be true together: worth asking again, never a reason to refuse an assessment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.care import child_facts, wording
from bot.care import model as models
from bot.care.circuit import PARENTS
from bot.care.model import Model

DEAD = ("dead", "declared_dead")
AWAY = ("away_for_work", "away_for_business", "away_other")
HELD = ("imprisoned", "compulsory_rehab", "other_restriction")


@dataclass(frozen=True)
class Contradiction:
    """Two or more facts of a parent, and the sentence that asks which of them is right. `kind`: its key in the data."""

    facts: tuple[str, ...]
    text: str
    kind: str
    parent: str


def contradictions(facts: Mapping[str, object], on: date, model: Model | None = None) -> tuple[Contradiction, ...]:
    """All of them (eligibility.yml#soundness): a dead parent is neither away nor held, nobody came back before leaving.

    Raises WrongFacts for facts that cannot be read.
    """
    model = model or models.in_force(on)
    told = child_facts.checked(model, facts, on)
    values = model.defaults | told | child_facts.derived(told, on)
    return tuple(found for parent in PARENTS for found in _of(parent, values))


def _of(parent: str, values: Mapping[str, Any]) -> Iterator[Contradiction]:
    def found(kind: str, *facts: str) -> Contradiction:
        names = tuple(f"{parent}_{fact}" for fact in facts)
        return Contradiction(names, wording.contradiction(kind, parent), kind, parent)

    def of_parent(fact: str) -> Any:
        return values[f"{parent}_{fact}"]

    if of_parent("life_status") in DEAD:
        if of_parent("away_status") in AWAY:
            yield found("dead_but_away", "life_status", "away_status")
        if of_parent("custody") in HELD:
            yield found("dead_but_held", "life_status", "custody")
    since, returned = of_parent("away_months"), of_parent("months_since_return")
    long_return = of_parent("home_stays") == child_facts.LONG_RETURN
    if long_return and isinstance(since, int) and isinstance(returned, int) and returned > since:
        yield found("returned_before_leaving", "away_months", "months_since_return")
