"""No phrase of the danger lexicon fits, but several uneasy words stand close together: worth one question.

The words and their weights are in `data/lexicon/scent.txt`. This can only ask, never alarm (policy reports §3 step 1).
"""

from __future__ import annotations

import re
from functools import cache

from bot.reading.lexicon import classes, lines
from bot.reading.scope import Scene

REACH = 36
"""Characters within which words are counted together."""
ENOUGH = 3
"""Sum of the weights of different words from which the question is asked."""


def smell(scene: Scene, words: str) -> tuple[int, int] | None:
    """The densest uneasy stretch of `words` (plain text without harmless turns) if it is uneasy enough, else None.

    Nothing smells that is denied, quoted, asked in general, over, long past, habit or a work note, or in which
    nobody occurs.
    """
    pattern, weights = _scents()
    if not _somebody().search(words):
        return None
    hits = [hit for hit in pattern.finditer(words) if not scene.negated(hit.start())]
    best, place = ENOUGH - 1, None
    for index, first in enumerate(hits):
        near = [hit for hit in hits[index : index + REACH] if hit.start() < first.start() + REACH]
        sum_of_weights = sum(weights[word] for word in {hit.group() for hit in near})
        if sum_of_weights > best:
            best, place = sum_of_weights, (first.start(), near[-1].end())
    if place is None:
        return None
    scope = scene.at(*place)
    meant_otherwise = scope.quoted or scope.asking or scope.over or scope.found or scope.note or scope.habit
    return None if meant_otherwise or scope.when == "past" else place


@cache
def _scents() -> tuple[re.Pattern[str], dict[str, int]]:
    weights: dict[str, int] = {}
    for line in lines("scent.txt"):
        weight, _, words = line.partition(":")
        for word in words.split():
            weights.setdefault(word, int(weight))
    return re.compile("|".join(map(re.escape, sorted(weights, key=len, reverse=True)))), weights


@cache
def _somebody() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, classes()["有人"])))
