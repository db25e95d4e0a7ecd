"""One child on one day, worked out: every truth of the model, and what each may become while questions are open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from bot.care import child_facts
from bot.care.circuit import F, T, Truths
from bot.care.model import Model


@dataclass(frozen=True)
class Evaluation:
    """`told`: what was told, checked; `truths`: of every place of the circuit with defaults for what was not told."""

    model: Model
    told: Mapping[str, Any]
    on: date
    truths: Truths

    @cached_property
    def values(self) -> dict[str, Any]:
        """Every fact with the value the rules saw."""
        return self.model.defaults() | dict(self.told) | child_facts.derived(self.told, self.on)

    @cached_property
    def open_facts(self) -> tuple[str, ...]:
        """Public facts nobody told whose question may be asked now (eligibility.yml#unasked_rule.open)."""
        model, truths = self.model, self.truths
        given = set(self.told) | {model.alternatives[fact] for fact in self.told if fact in model.alternatives}
        return tuple(
            fact
            for fact in model.askable
            if fact not in given and (fact not in model.ask_when or truths[model.ask_when[fact]] != F)
        )

    @cached_property
    def spans(self) -> tuple[Truths, Truths]:
        """The lowest and the highest truth each place can still have, whatever the open facts are (#unasked_rule)."""
        low, high = list(self.truths), list(self.truths)
        for fact in self.open_facts:
            for place, least, most in self.model.spans[fact]:
                low[place], high[place] = least, most
        return self.model.circuit.settle(low), self.model.circuit.settle(high)

    def touching(self, places: Sequence[int]) -> frozenset[str]:
        """Open facts on a leaf that is reached from a place through places that can still change (#unasked_rule)."""
        seen: set[int] = set()
        return frozenset(fact for place in places for fact in self._reached(place, seen))

    def _reached(self, place: int, seen: set[int]) -> Iterator[str]:
        low, high = self.spans
        if place in seen or low[place] == high[place]:
            return
        seen.add(place)
        node = self.model.circuit.nodes[place]
        if node.leaf is not None:
            yield node.leaf.fact
        for part in node.parts:
            yield from self._reached(part, seen)

    def deciding(self, place: int) -> frozenset[str]:
        """Open facts whose answer can still change the truth of this very place.

        Sharper than `touching`: a part that cannot rise above what its `any` has already, or fall below what its
        `all` cannot reach any more, is not asked about.
        """
        found: set[str] = set()
        self._decide(place, F, T, found, set())
        return frozenset(found)

    def _decide(self, place: int, least: int, most: int, found: set[str], seen: set[tuple[int, int, int]]) -> None:
        low, high = max(least, self.spans[0][place]), min(most, self.spans[1][place])
        if low >= high or (place, least, most) in seen:
            return
        seen.add((place, least, most))
        node = self.model.circuit.nodes[place]
        if node.leaf is not None:
            found.add(node.leaf.fact)
        for part in node.parts:
            bounds = (low, most) if node.pick is max else (least, high)
            self._decide(part, *bounds, found, seen)


def evaluate(model: Model, told: Mapping[str, Any], on: date) -> Evaluation:
    """Work out a child of whom this was told (checked, days as dates)."""
    truths = list(model.base)
    for fact, value in {**told, **child_facts.derived(told, on)}.items():
        model.circuit.put(truths, fact, value)
    return Evaluation(model, told, on, model.circuit.settle(truths))


def later(evaluation: Evaluation, day: date) -> Truths:
    """The truths on another day, everything told unchanged."""
    truths = list(evaluation.truths)
    for fact, value in child_facts.derived(evaluation.told, day).items():
        evaluation.model.circuit.put(truths, fact, value)
    return evaluation.model.circuit.settle(truths)
