"""One child on one day, worked out: every truth of the model, and what each may become while questions are open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.care import child_facts
from bot.care.circuit import F, T, Truths
from bot.care.model import Model


@dataclass(frozen=True)
class Evaluation:
    """`told`: what was told, checked. `truths`: of every place of the circuit, with defaults for what was not told.

    `open_facts`: public facts nobody told whose question may be asked now. `low`, `high`: the least and the most each
    place can still become, whatever the open facts are (eligibility.yml#unasked_rule).
    """

    model: Model
    told: Mapping[str, Any]
    on: date
    truths: Truths
    open_facts: tuple[str, ...]
    low: Truths
    high: Truths

    def values(self) -> dict[str, Any]:
        """Every fact with the value the rules saw."""
        return self.model.defaults | dict(self.told) | child_facts.derived(self.told, self.on)

    def settled(self, places: Iterable[int]) -> bool:
        """Whether no open answer can change the truth at any of these places."""
        return all(self.low[place] == self.high[place] for place in places)

    def touching(self, asked: Mapping[str, Sequence[int]]) -> dict[str, tuple[str, ...]]:
        """For each name, sorted, the open facts on a leaf reached from its places through places that can still change.

        One walk from wholes to parts serves all names: a place carries a bit for each that reaches it (#unasked_rule).
        """
        low, high, circuit = self.low, self.high, self.model.circuit
        reached = [0] * len(low)
        for bit, places in enumerate(asked.values()):
            for place in places:
                reached[place] |= 1 << bit
        for place, parts in circuit.wholes_first:
            if reached[place] and low[place] != high[place]:
                for part in parts:
                    reached[part] |= reached[place]
        marks = {fact: self._marks(fact, reached) for fact in sorted(self.open_facts)}
        return {name: tuple(fact for fact, mark in marks.items() if mark >> bit & 1) for bit, name in enumerate(asked)}

    def _marks(self, fact: str, reached: Sequence[int]) -> int:
        """The bits of all that reaches a leaf of an open fact which can still change."""
        found = 0
        for place, _ in self.model.circuit.leaves.get(fact, ()):
            if self.low[place] != self.high[place]:
                found |= reached[place]
        return found

    def deciding(self, place: int) -> frozenset[str]:
        """Open facts whose answer can still change the truth of this very place.

        Sharper than `touching`: a part that cannot rise above what its `any` has already, or fall below what its
        `all` cannot reach any more, is not asked about.
        """
        found: set[str] = set()
        self._decide(place, F, T, found, set())
        return frozenset(found)

    def _decide(self, place: int, least: int, most: int, found: set[str], seen: set[tuple[int, int, int]]) -> None:
        low, high = max(least, self.low[place]), min(most, self.high[place])
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
    model.circuit.settle(truths)
    open_facts = _open_facts(model, told, truths)
    low, high = list(truths), list(truths)
    for fact in open_facts:
        for place, least, most in model.spans[fact]:
            low[place], high[place] = least, most
    return Evaluation(model, told, on, truths, open_facts, model.circuit.settle(low), model.circuit.settle(high))


def without(found: Evaluation, fact: str) -> Evaluation:
    """The same child if this fact had not been told."""
    told = {other: value for other, value in found.told.items() if other != fact}
    model = found.model
    if found.told[fact] != model.facts[fact].default:
        return evaluate(model, told, found.on)
    # As if untold already, but for what it may still become: no other truth and no other question changes.
    if fact in model.ask_when and found.truths[model.ask_when[fact]] == F:
        return replace(found, told=told)
    low, high = list(found.low), list(found.high)
    for place, least, most in model.spans[fact]:
        low[place], high[place] = least, most
    for row in (low, high):
        model.circuit.ripple(row, fact)
    return replace(found, told=told, open_facts=(*found.open_facts, fact), low=low, high=high)


def _open_facts(model: Model, told: Mapping[str, Any], truths: Truths) -> tuple[str, ...]:
    given = set(told) | {model.alternatives[fact] for fact in told if fact in model.alternatives}
    return tuple(
        fact
        for fact in model.askable
        if fact not in given and (fact not in model.ask_when or truths[model.ask_when[fact]] != F)
    )


def later(found: Evaluation, day: date) -> Truths:
    """The truths on another day, everything told unchanged."""
    truths, circuit = list(found.truths), found.model.circuit
    for fact, value in child_facts.derived(found.told, day).items():
        if circuit.put(truths, fact, value):
            circuit.ripple(truths, fact)
    return truths
