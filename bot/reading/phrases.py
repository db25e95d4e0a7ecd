"""Phrases of a lexicon found in a message, quickly and without looking over a space the person left.

`Patterns` says what one pattern means; here many are looked for at once in the plain text of one message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import add, or_

from bot.reading.lexicon import Patterns, needs
from bot.reading.normalise import Plain

_ASKED_FOR = 4
"""Of the needs of a pattern so many, the rarest, are looked at: the others would hardly rule out one more."""
_WALL = ":"
"""Stands for text that is not looked at: no gap of a pattern reaches into it, nor does a message end there."""
_BARRED_AFTER = re.compile(r"\(\?!([^()]*)\)")
_BARRED_BEFORE = re.compile(r"\(\?<!([^()]*)\)")
_ESCAPED = re.compile(r"\\(.)")


def spaces(plain: Plain) -> list[int]:
    """Where somebody left a space, as indexes of the plain text; a 、 goes on with its list: 家里就孩子、他妈."""
    gaps = ((at, plain.original[plain.ends[at - 1] : plain.starts[at]]) for at in sorted(plain.soft) if at)
    return [at for at, between in gaps if "、" not in between]


class Phrases(Patterns):
    """Patterns of which all that fit one text are wanted."""

    def _mark_needs(self) -> None:
        """For each word the patterns that need it, a bit each, in as many lanes of bits as needs are looked at."""
        self._one_lane = len(self.sources)
        self._needing: dict[str, int] = {}
        self._needing_less = 0
        for index, source in enumerate(self.sources):
            wanted = needs(source)[:_ASKED_FOR]
            for lane in range(_ASKED_FOR):
                bit = 1 << (lane * self._one_lane + index)
                if lane >= len(wanted):
                    self._needing_less |= bit
                for word in wanted[lane] if lane < len(wanted) else ():
                    self._needing[word] = self._needing.get(word, 0) | bit
        self._words = frozenset(self._needing)
        self._barred: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def worth_trying(self, text: str) -> list[int]:
        """Indexes, in order, of the patterns that could match `text`."""
        return self.fitting(bits(text))

    def fitting(self, present: frozenset[str]) -> list[int]:
        """Indexes, in order, of the patterns that could match a text with these `bits`."""
        given = reduce(or_, map(self._needing.__getitem__, self._words & present), self._needing_less)
        every = (1 << self._one_lane) - 1
        for _ in range(_ASKED_FOR - 1):
            every &= given
            given >>= self._one_lane
        every &= given
        found: list[int] = []
        while every:
            lowest = every & -every
            found.append(lowest.bit_length() - 1)
            every ^= lowest
        return found

    def hits(self, index: int, text: str, soft: Iterable[int]) -> Iterator[re.Match[str]]:
        """Where a pattern fits, in order, then where only a word beyond one of the spaces `soft` kept it from fitting.

        打我弟弟 says whom somebody beat; 打我 弟弟在哭 that it was me. The phrase itself may stand on both sides.
        """
        pattern = self.compiled(index)
        seen: set[tuple[int, int]] = set()
        for hit in pattern.finditer(text):
            seen.add(hit.span())
            yield hit
        after, before = self._barring(index)
        for at in soft:
            if after and text.startswith(after, at):
                unseen = text[:at] + _WALL * (len(text) - at)
                yield from (hit for hit in pattern.finditer(unseen) if hit.end() == at and hit.span() not in seen)
            if before and text.endswith(before, 0, at):
                unseen = _WALL * at + text[at:]
                yield from (hit for hit in pattern.finditer(unseen) if hit.start() == at and hit.span() not in seen)

    def _barring(self, index: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Words that keep a pattern from fitting where they follow, and where they stand before it."""
        if index not in self._barred:
            written = self.compiled(index).pattern
            after = {word for words in _BARRED_AFTER.findall(written) for word in words.split("|")}
            before = set(_BARRED_BEFORE.findall(written))
            self._barred[index] = (_plainly(after), _plainly(before))
        return self._barred[index]


def bits(text: str) -> frozenset[str]:
    """Each character of a text, and each two side by side."""
    return frozenset({*text, *map(add, text, text[1:])})


def _plainly(words: set[str]) -> tuple[str, ...]:
    return tuple(sorted(_ESCAPED.sub(r"\1", word) for word in words))
