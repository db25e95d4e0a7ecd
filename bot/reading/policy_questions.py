"""Which of the policy questions we know a message asks: by its characters, how they sound, and its numbers.

Pure retrieval over what people wrote: nothing is generated. Words of different people for one thing are made one first
(`data/lexicon/policy_words.txt`); 三个月 and 3个月 are the same.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bot.reading.gazetteer import rows
from bot.reading.lexicon import lines
from bot.reading.normalise import normalise
from bot.reading.quantities import number

READ_CHARACTERS = 120
"""Of a longer message only the beginning is compared: a question stands near it, and time must not grow."""
LONGEST_GRAM = 3
SOUND, NUMBERS = 0.3, 2.0
"""How much a sound counts beside a character, and a number beside a word."""
MATCHED = 0.5
"""How much the share of a message that a topic knows counts beside their likeness."""
ANSWER = 0.35
"""How much a word of the answer counts beside one of the questions."""
SATURATION, LENGTH = 1.2, 0.5
"""The usual two constants of BM25: how soon a repeated word says no more, and how much a long topic is held back."""
_NUMERAL = re.compile("[0-9]+|[零一二两三四五六七八九十百]+(?=(?:个?月|周?岁|级|天|年|次|星期|周|类|种|条|小时|分钟))")
_MARKS = re.compile("[,。!?;:、\n 《》]+")
_HALF_YEAR = re.compile("半年")


@dataclass(frozen=True)
class Near:
    """A topic and how near a message is to it: 0 nothing in common, about 1 the same words."""

    topic: str
    nearness: float


def plain(text: str) -> str:
    """A message as it is compared: one script, one word for one thing, numbers in figures, no marks."""
    said = _MARKS.sub("", normalise(text[:READ_CHARACTERS]).text)
    said = _NUMERAL.sub(_figure, _HALF_YEAR.sub("6个月", said))
    pattern, meant = _same_words()
    return pattern.sub(lambda found: meant[found.group()], said)


class Finder:
    """All topics, each with everything people ask about it, ready to be compared with a message."""

    def __init__(self, topics: Mapping[str, tuple[Iterable[str], str]]) -> None:
        """topics: id → (the questions known for it, its answer)."""
        self._topics = tuple(topics)
        known = {name: tuple(questions) for name, (questions, _) in topics.items()}
        self._same = {plain(one): name for name, questions in known.items() for one in questions}
        told = [self._told(known[name], topics[name][1]) for name in topics]
        seen = Counter(gram for grams in told for gram in grams)
        self._unknown = math.log(1 + len(told)) * 1.0
        self._rarity = {gram: math.log(1 + (len(told) - n + 0.5) / (n + 0.5)) for gram, n in seen.items()}
        lengths = [sum(grams.values()) for grams in told]
        usual = sum(lengths) / max(1, len(lengths))
        self._found: dict[str, list[tuple[int, float, float]]] = defaultdict(list)
        for at, (grams, length) in enumerate(zip(told, lengths, strict=True)):
            held = SATURATION * (1 - LENGTH + LENGTH * length / usual)
            look = self._unit(grams)
            for gram, count in grams.items():
                self._found[gram].append((at, look[gram], count * (SATURATION + 1) / (count + held)))

    @staticmethod
    def _told(questions: Iterable[str], answer: str) -> dict[str, float]:
        """How often each gram stands in the questions, and a little for those of the answer."""
        grams: Counter[str] = Counter(gram for one in questions for gram in _grams(one))
        of_answer = Counter(_grams(answer))
        return {gram: grams[gram] + ANSWER * of_answer[gram] for gram in {*grams, *of_answer}}

    def rank(self, text: str, most: int = 5) -> list[Near]:
        """The nearest topics, the nearest first. Any text is taken; never raises."""
        grams = Counter(_grams(text))
        look = self._unit(grams)
        alike, share = [0.0] * len(self._topics), [0.0] * len(self._topics)
        most_possible = sum(self._rarity.get(gram, self._unknown) * _weight(gram) for gram in grams) or 1.0
        for gram, weight in look.items():
            worth = self._rarity.get(gram, self._unknown) * _weight(gram) / most_possible
            for at, other, often in self._found.get(gram, ()):
                alike[at] += weight * other
                share[at] += worth * often
        total = [one + MATCHED * other for one, other in zip(alike, share, strict=True)]
        same = self._same.get(plain(text))
        if same is not None:
            total[self._topics.index(same)] += 1.0
        first = sorted(range(len(total)), key=lambda at: (-total[at], at))[:most]
        return [Near(self._topics[at], total[at]) for at in first if total[at] > 0]

    def _unit(self, grams: Mapping[str, float]) -> dict[str, float]:
        """Weights of unit length; a gram nobody asked with is as rare as can be."""
        look = {
            gram: math.log(1 + count) * self._rarity.get(gram, self._unknown) * _weight(gram)
            for gram, count in grams.items()
        }
        length = math.sqrt(sum(weight * weight for weight in look.values())) or 1.0
        return {gram: weight / length for gram, weight in look.items()}


def _weight(gram: str) -> float:
    return NUMBERS if gram[0] == "#" else SOUND if gram[0] == "~" else 1.0


def _grams(text: str) -> Iterator[str]:
    """Characters one to three together, syllables two and three together ("~"), and numbers ("#")."""
    said = plain(text)
    for size in range(1, LONGEST_GRAM + 1):
        for start in range(len(said) - size + 1):
            yield said[start : start + size]
    sounds = [_sounds().get(char, char) for char in said]
    for size in range(2, LONGEST_GRAM + 1):
        for start in range(len(sounds) - size + 1):
            yield "~" + "-".join(sounds[start : start + size])
    for found in re.finditer("[0-9]+", said):
        yield "#" + found.group()


def _figure(found: re.Match[str]) -> str:
    value = number(found.group())
    return str(value) if value is not None else found.group()


@cache
def _same_words() -> tuple[re.Pattern[str], dict[str, str]]:
    meant = {}
    for line in lines("policy_words.txt"):
        words, _, word = line.partition(">")
        meant.update(dict.fromkeys(words.split(), word.strip()))
    longest_first = sorted(meant, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), meant


@cache
def _sounds() -> dict[str, str]:
    return {char: sound for sound, chars in rows("sounds.txt") for char in chars}
