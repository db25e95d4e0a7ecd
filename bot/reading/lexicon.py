"""The word lists of `data/lexicon`, and the small pattern language a social worker can read and correct.

A pattern is Chinese text with a few signs:

    {打}        any word of the class 打 in words.txt
    (甲/乙)      one of these            [甲/乙]   one of these or nothing
    ~           a short gap: at most 6 characters of the same clause, none of them a negation
    ~~          a long gap: at most 14 characters, commas allowed
    _           exactly one character                    ·   a space between Latin words
    !(甲/乙)     none of these may stand here; at the start of a pattern: none may stand just before
    @(甲/乙)     only at the start: one of these must stand just before
    ^  $        the message begins, ends here

Spaces in a pattern mean nothing. A question or exclamation mark that is meant as such is written full width: ？！
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from operator import add
from pathlib import Path

_HOME = Path(__file__).resolve().parents[2] / "data" / "lexicon"
_SHORT_GAP = "(?:[^,。!?;:\n没不别未]|没命|没完|没轻|没重|不停|不住|不断|不要命){0,6}?"
_LONG_GAP = "[^。!?;\n]{0,14}?"
_NOT_LITERAL = "()[]{}~_^$!@/·？！"
_WORDS = re.compile(rf"\{{(?P<cls>[^{{}}]+)\}}|(?P<text>[^{re.escape(_NOT_LITERAL)}]+)")
_MOST_MEETINGS = 300
"""Pairs of characters where two things of a pattern meet; more of them say little about a text."""
_NEEDS = 4
"""Of the needs of a pattern so many, the rarest, are looked at: the others would hardly rule out one more."""
_MERE_WORDS = re.compile(r"[^!@\[(]|\([^(){}\[\]~_!@^$]+\)")
_CORE = "()"
"""An empty group after each gap: what follows is what a denial inside the gap would deny."""
_SIGNS = re.compile(
    r"\{(?P<cls>[^{}]+)\}|(?P<long>~~)|(?P<short>~)|(?P<sign>[()\[\]/_!@^$])|(?P<text>[^{}~()\[\]/_!@^$]+)"
)


def lines(name: str) -> Iterator[str]:
    """The lines of a lexicon file that say something: no comments, no blank lines."""
    for line in (_HOME / name).read_text(encoding="utf-8").splitlines():
        said = line.split("#", 1)[0].strip()
        if said:
            yield said


@cache
def classes() -> dict[str, tuple[str, ...]]:
    """The word classes of `words.txt`: name to words, the longest first, classes inside classes resolved."""
    table: dict[str, tuple[str, ...]] = {}
    for line in lines("words.txt"):
        head, _, words = line.partition(":")
        name = head.partition("!")[0]
        all_words: list[str] = []
        for word in words.split():
            all_words.extend(table[word[1:-1]] if word.startswith("{") else (word,))
        table[name.strip()] = tuple(sorted(dict.fromkeys(all_words), key=lambda word: (-len(word), word)))
    return table


@cache
def _not_followed() -> dict[str, str]:
    """For the classes of `words.txt` that name them: a look-ahead for what may not follow."""
    table: dict[str, str] = {}
    for line in lines("words.txt"):
        name, _, words = line.partition(":")[0].partition("!")
        if words:
            table[name.strip()] = f"(?!{'|'.join(map(re.escape, words.split()))})"
    return table


def regex(pattern: str) -> str:
    """A lexicon pattern as a regular expression. Raises ValueError, naming the pattern, when it cannot be read."""
    out: list[str] = []
    stack: list[str] = []
    compact = re.sub(r"\s+", "", pattern)
    place = 0
    while place < len(compact):
        found = _SIGNS.match(compact, place)
        if found is None:
            raise ValueError(f"cannot read pattern {pattern!r} at {compact[place:]!r}")
        sign = found.group()
        if sign in "!@":
            condition, place = _condition(compact, place, before=not out)
            out.append(condition)
            continue
        out.append(_piece(found, stack, pattern))
        place = found.end()
    if stack:
        raise ValueError(f"a bracket stays open in pattern {pattern!r}")
    return "".join(out)


def _piece(found: re.Match[str], stack: list[str], pattern: str) -> str:
    sign = found.group()
    if found["cls"]:
        return _any_of(found["cls"], pattern)
    if found["long"]:
        return _LONG_GAP + _CORE
    if found["short"]:
        return _SHORT_GAP + _CORE
    if found["text"]:
        return re.escape(sign.replace("？", "?").replace("！", "!").replace("·", " "))
    if sign in "([":
        stack.append(sign)
        return "(?:"
    if sign in ")]":
        if not stack or stack.pop() + sign not in ("()", "[]"):
            raise ValueError(f"brackets do not match in pattern {pattern!r}")
        return ")" if sign == ")" else ")?"
    return {"/": "|", "_": "[^,。!?;:\n]", "^": r"\A", "$": r"[。!?,;~\n]*\Z"}[sign]


def _any_of(name: str, pattern: str) -> str:
    if name not in classes():
        raise ValueError(f"unknown word class {{{name}}} in pattern {pattern!r}")
    return f"(?:{'|'.join(re.escape(word) for word in classes()[name])})" + _not_followed().get(name, "")


def _condition(compact: str, place: int, before: bool) -> tuple[str, int]:
    """`!(甲/乙)` or `@(甲/乙)` at `place`: the look-around for it and where the pattern goes on."""
    close = compact.find(")", place)
    if compact[place + 1 : place + 2] != "(" or close < 0:
        raise ValueError(f"'{compact[place]}' wants brackets in pattern {compact!r}")
    words: list[str] = []
    for word in compact[place + 2 : close].split("/"):
        words.extend(classes()[word[1:-1]] if word.startswith("{") else (word,))
    if compact[place] == "@":
        return "(?:" + "|".join(f"(?<={re.escape(word)})" for word in words) + ")", close + 1
    if before:
        return "".join(f"(?<!{re.escape(word)})" for word in words), close + 1
    return f"(?!{'|'.join(re.escape(word) for word in words)})", close + 1


class Patterns:
    """Many patterns, of which only those are tried on a text whose rarest words it holds."""

    def __init__(self, sources: Iterable[str]) -> None:
        self.sources = tuple(sources)
        self._compiled: dict[int, re.Pattern[str]] = {}
        self._always: list[int] = []
        self._by_word: dict[str, list[int]] = {}
        self._wants: list[int] = []
        self._gives: dict[str, int] = {}
        self._mark_needs()

    def _mark_needs(self) -> None:
        """Every distinct set of needed words is one bit: which a pattern wants, and which a word of the text gives."""
        bits: dict[frozenset[str], int] = {}
        for index, source in enumerate(self.sources):
            rarest, *others = needs(source)[:_NEEDS] or (frozenset(),)
            for word in rarest:
                self._by_word.setdefault(word, []).append(index)
            if not rarest:
                self._always.append(index)
            self._wants.append(sum(bits.setdefault(words, 1 << len(bits)) for words in others))
        for words, bit in bits.items():
            for word in words:
                self._gives[word] = self._gives.get(word, 0) | bit

    def compiled(self, index: int) -> re.Pattern[str]:
        """The pattern as a regular expression, made when first wanted: most are never wanted in one conversation."""
        if index not in self._compiled:
            self._compiled[index] = re.compile(first_of(self.sources[index]))
        return self._compiled[index]

    def compile_all(self) -> None:
        """Make every regular expression now, so that no message waits for its own."""
        for index in range(len(self.sources)):
            self.compiled(index)

    def worth_trying(self, text: str) -> list[int]:
        """Indexes, in order, of the patterns that could match `text`."""
        present = {*text, *map(add, text, text[1:])}
        given = 0
        for word in present & self._gives.keys():
            given |= self._gives[word]
        chosen = set(self._always)
        for word in present & self._by_word.keys():
            chosen.update(self._by_word[word])
        return [index for index in sorted(chosen) if self._wants[index] & given == self._wants[index]]


def first_of(*patterns: str) -> str:
    """A regular expression for the first of these patterns that fits, looked for only where one of them can begin.

    Python does so itself for a single pattern that begins with mere words; of others it would try all words everywhere.
    """
    whole = "|".join(map(regex, patterns))
    begun = [_openings(pattern) for pattern in patterns]
    if not all(begun) or (len(patterns) == 1 and _MERE_WORDS.match(patterns[0])):
        return whole
    return f"(?=[{re.escape(''.join(sorted(frozenset().union(*begun))))}])(?:{whole})"


def _openings(pattern: str) -> frozenset[str]:
    """Characters of which one begins whatever matches; none when they are unknown."""
    found: set[str] = set()
    for heads, _, may_lack in _elements(re.sub(r"\s+", "", pattern)):
        found.update(head[0] for head in heads)
        if not heads or not may_lack:
            return frozenset(found if heads else ())
    return frozenset()


def needs(pattern: str) -> tuple[frozenset[str], ...]:
    """Sets of bits (one or two characters); a text without one of each set cannot match. The rarest set first.

    Wanted are the beginning and the end of what must stand there, and the two characters where one such thing meets the
    next, which may be one of the things between that can be left out.
    """
    wanted: list[frozenset[str]] = []
    before: frozenset[str] = frozenset()
    following: frozenset[str] = frozenset()
    for heads, tails, may_lack in _elements(re.sub(r"\s+", "", pattern)):
        following |= heads
        if not heads:
            before = following = frozenset()
        elif not may_lack:
            wanted += [heads, tails]
            if len(before) * len(following) <= _MOST_MEETINGS:
                wanted.append(frozenset(tail[-1] + head[0] for tail in before for head in following))
            before, following = tails, frozenset()
    return tuple(sorted(filter(None, dict.fromkeys(wanted)), key=_commonness))


def _elements(compact: str) -> Iterator[tuple[frozenset[str], frozenset[str], bool]]:
    """What a pattern is made of: its first and last one or two characters (none: unknown), and whether it may lack.

    Conditions are passed over: they take no place.
    """
    place = 0
    while place < len(compact):
        sign = compact[place]
        end = place + 1
        if sign in "!@":
            end = compact.index(")", place) + 1
        elif sign in "[(":
            end = _closing(compact, place) + 1
            yield *_ends(compact[place + 1 : end - 1]), sign == "["
        elif sign == "{":
            end = compact.index("}", place) + 1
            yield *_ends(compact[place:end]), False
        else:
            yield *_ends(sign), False
        place = end


def _commonness(words: frozenset[str]) -> int:
    return sum(1 if len(word) == 2 else 10 for word in words)


def _closing(compact: str, place: int) -> int:
    depth = 0
    for index in range(place, len(compact)):
        depth += (compact[index] in "([") - (compact[index] in ")]")
        if not depth:
            return index
    raise ValueError(f"a bracket stays open in pattern {compact!r}")


def _ends(choices: str) -> tuple[frozenset[str], frozenset[str]]:
    """First and last one or two characters of the alternatives of a bracket; none when those of one are unknown."""
    heads: set[str] = set()
    tails: set[str] = set()
    known_to_the_end = True
    for choice in _alternatives(choices):
        begun = _WORDS.match(choice)
        if begun is None:
            return frozenset(), frozenset()
        words = classes()[begun["cls"]] if begun["cls"] else (begun["text"],)
        heads.update(word[:2] for word in words)
        tails.update(word[-2:] for word in words)
        known_to_the_end &= begun.end() == len(choice)
    return frozenset(heads), frozenset(tails) if known_to_the_end else frozenset()


def _alternatives(choices: str) -> list[str]:
    depth = 0
    parts = [""]
    for char in choices:
        depth += (char in "([") - (char in ")]")
        if char == "/" and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return parts
