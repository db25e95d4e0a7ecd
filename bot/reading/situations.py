"""Situations told without a question, of which one of our rules speaks: the words are in `data/lexicon/situations.txt`.

Somebody about to leave who means to hand the child to a drunkard asks nothing, and still wants to know what holds. Any
text is taken; nothing here raises.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from bot.reading.lexicon import Patterns, lines
from bot.reading.normalise import normalise

LONGEST = 300


class _Situation(NamedTuple):
    """The topics of a situation, what must be said in it and what must not."""

    topics: tuple[str, ...]
    said: tuple[str, ...]
    unsaid: tuple[str, ...]


def topics(text: str) -> tuple[str, ...]:
    """The policy topics that speak of what is told, the nearest first; empty: of nothing we know."""
    said = normalise(text[:LONGEST]).text
    found: dict[str, bool] = {}

    def says(name: str) -> bool:
        if name not in found:
            patterns = _things()[name]
            found[name] = any(patterns.compiled(at).search(said) for at in patterns.worth_trying(said))
        return found[name]

    fits = (one for one in _situations() if all(map(says, one.said)) and not any(map(says, one.unsaid)))
    return next((one.topics for one in fits), ())


@cache
def _things() -> dict[str, Patterns]:
    rows = (line.partition(" = ") for line in lines("situations.txt") if " = " in line)
    return {name.strip(): Patterns(words.split()) for name, _, words in rows}


@cache
def _situations() -> tuple[_Situation, ...]:
    rows = (line.partition(" < ") for line in lines("situations.txt") if " < " in line)
    return tuple(
        _Situation(
            tuple(topics.split()),
            tuple(one for one in names.split() if not one.startswith("!")),
            tuple(one[1:] for one in names.split() if one.startswith("!")),
        )
        for topics, _, names in rows
    )
