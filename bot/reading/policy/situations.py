"""Situations told without a question, of which one of our rules speaks: the words are in `data/lexicon/situations.txt`.

Somebody about to leave who means to hand the child to a drunkard asks nothing, and still wants to know what holds. Any
text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from bot.reading.lexicon import Patterns, lines
from bot.reading.normalise import normalise

LONGEST, SHORT = 300, 24
OF_AGE = ("lb_age",)
_ONE_OF_TWO = re.compile(
    "(?:就|只|光|才)(?:是|有)?(?:一个|一方|[他她]?(?:爸|妈|爹|娘)(?:一个|一人|自己)?)(?:人)?(?:进去|判|蹲|坐|关|残|病|走|出去|在外|打工)"
    "|(?:另|那|剩下)(?:外)?(?:一个|一方|一位)[^,。]{0,2}(?:还在|在家|没事|好好|没病|能)"
)

_OTHER_DEAD = re.compile(
    "(?:另|那|剩下|要是|如果|假如)[^,。]{0,8}(?:没了|死了|去世|不在了|过世|死啦|没啦)[^,。]{0,3}[呢吗咋呀啊]?$"
)


class _Situation(NamedTuple):
    """The topics of a situation, what must be said in it and what must not; whether its rule only stands beside, and
    whether all its topics are told."""

    topics: tuple[str, ...]
    said: tuple[str, ...]
    unsaid: tuple[str, ...]
    beside: bool
    together: bool


def topics(text: str) -> tuple[str, ...]:
    """The policy topics that speak of what is told, the nearest first; empty: of nothing we know."""
    found = _found(text)
    return found.topics if found is not None else ()


def of_later(text: str) -> bool:
    """Whether what is feared is of a rule that ends care at an age: 满了十六以后就没人管了吗 tells of nobody alone."""
    return topics(text)[:1] == OF_AGE


def told_together(text: str) -> tuple[str, ...]:
    """Of these topics, those that are told: the first, or all where only together they answer."""
    found = _found(text)
    return () if found is None else found.topics if found.together else found.topics[:1]


def wants_the_rule(text: str) -> bool:
    """Whether such a situation is told of which nothing has to be reported: its rule is the answer."""
    found = _found(text)
    return found is not None and not found.beside


def _found(text: str) -> _Situation | None:
    said = normalise(text[:LONGEST]).text
    found: dict[str, bool] = {}

    def says(name: str) -> bool:
        if name not in found:
            found[name] = _says(name, said)
        return found[name]

    fits = (one for one in _situations() if all(map(says, one.said)) and not any(map(says, one.unsaid)))
    return next(fits, None)


def of_one_of_two(text: str) -> bool:
    """Whether words only say that it is so of one of the two: 就一个进去了 另一个还在."""
    return len(text) <= SHORT and _ONE_OF_TWO.search(normalise(text).text) is not None


def of_other_dead(text: str) -> bool:
    """Whether words only put in that the other one is dead: 那另一个要是没了呢."""
    return len(text) <= SHORT and _OTHER_DEAD.search(normalise(text).text) is not None


def of_silence(text: str) -> bool:
    """Whether nothing was heard of somebody for long: 走了三年了一点信儿没有."""
    return _says("silent", normalise(text[:LONGEST]).text)


def following(before: str, text: str) -> str | None:
    """The topic that a few words ask for after the rule of another: 那要是都养上了呢 after who finds a child."""
    if len(text) > SHORT:
        return None
    said = normalise(text).text
    fits = (
        topic for befores, topic, names in _following() if before in befores and all(_says(one, said) for one in names)
    )
    return next(fits, None)


def _says(name: str, said: str) -> bool:
    patterns = _things()[name]
    return any(patterns.compiled(at).search(said) for at in patterns.worth_trying(said))


@cache
def _following() -> tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...]:
    rows = (line.partition(" < ") for line in lines("situations.txt") if " > " in line)
    parted = ((*topics.partition(" > ")[::2], names) for topics, _, names in rows)
    return tuple((tuple(befores.split()), topic.strip(), tuple(names.split())) for befores, topic, names in parted)


@cache
def _things() -> dict[str, Patterns]:
    rows = (line.partition(" = ") for line in lines("situations.txt") if " = " in line)
    return {name.strip(): Patterns(words.split()) for name, _, words in rows}


@cache
def _situations() -> tuple[_Situation, ...]:
    rows = (line.partition(" < ") for line in lines("situations.txt") if " < " in line and " > " not in line)
    return tuple(
        _Situation(
            tuple(topics.lstrip("+*").split()),
            tuple(one for one in names.split() if not one.startswith("!")),
            tuple(one[1:] for one in names.split() if one.startswith("!")),
            topics.startswith("+"),
            topics.startswith("*"),
        )
        for topics, _, names in rows
    )
