"""Which fact to ask next: what would prove the result if the answers were the likely ones, by stages.

Asking everything that could still matter asks too much: to see that no rule is met, it is enough that one parent is
well. So the answers are taken to be the likely ones, and whatever the proof does not need is left out. A wrong guess
costs a question, never a result: after each real answer this is worked out anew, until nothing open can change one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from bot.care import evaluation, policy_data, wording
from bot.care.evaluation import Evaluation
from bot.care.model import Model

LAST = 10**6


def worth_asking(found: Evaluation, places: Iterable[int]) -> list[str]:
    """Facts to ask, the next one first; empty when no open answer can change the truth at these places."""
    places = tuple(places)
    deciding = frozenset[str]().union(*(found.deciding(place) for place in places))
    if not deciding:
        return []
    order = _order(found.model)
    by_parent = sorted(deciding, key=lambda fact: (order[fact].stage, *_parent_first(found, fact), order[fact].place))
    by_matter = sorted(deciding, key=lambda fact: (order[fact].stage, order[fact].place, *_parent_first(found, fact)))
    needed = min((_needed(found, places, kept) for kept in (by_parent, by_matter)), key=len)
    return [fact for fact in by_parent if fact in needed or order[fact].always] or by_parent


def _parent_first(found: Evaluation, fact: str) -> tuple[int, str]:
    """The parent with fewer open matters comes first: to see that one is well is often enough."""
    parent = found.model.facts[fact].parent
    return sum(each.startswith(f"{parent}_") for each in found.open_facts), parent or ""


def _needed(found: Evaluation, places: tuple[int, ...], kept: list[str]) -> set[str]:
    """Facts that settle all places if they have their likely answers, the other open ones staying open.

    Every fact is left out that can be, the last of `kept` first: no needless one stays, though others might be fewer.
    """
    likely = _likely(found.model)
    guess, guessed = found, list[str]()
    while guess.open_facts:
        guessed += guess.open_facts
        guess = evaluation.evaluate(
            guess.model, {**guess.told, **{fact: likely[fact] for fact in guess.open_facts}}, guess.on
        )
    needed = set(guessed)
    for fact in [*(fact for fact in guessed if fact not in kept), *reversed(kept)]:
        less = evaluation.without(guess, fact)
        if less.settled(places):
            guess, needed = less, needed - {fact}
    return needed


@cache
def _likely(model: Model) -> Mapping[str, Any]:
    """The answer most people give to each public question."""
    ours = policy_data.read("eligibility_asking")["likely"]
    return {fact: ours.get(wording.general(model.facts[fact]), model.facts[fact].default) for fact in model.askable}


def safety_screen() -> tuple[str, ...]:
    """The facts of the first stage."""
    return tuple(policy_data.read("eligibility_asking")["order"][0]["facts"])


class _Turn(NamedTuple):
    """When a fact is asked: its stage, its place there, and whether it is asked whenever it can matter."""

    stage: int
    place: int
    always: bool


@cache
def _order(model: Model) -> Mapping[str, _Turn]:
    """The turn of each fact; one that is in no stage comes last."""
    turns = {
        fact: _Turn(stage, index, entry.get("always", False))
        for stage, entry in enumerate(policy_data.read("eligibility_asking")["order"])
        for index, fact in enumerate(entry["facts"])
    }
    return {fact: turns.get(wording.general(model.facts[fact]), _Turn(LAST, LAST, False)) for fact in model.askable}
