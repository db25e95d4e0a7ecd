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
        """Every distinct set of beginnings is one bit: which a pattern wants, and which a word of the text gives."""
        bits: dict[frozenset[str], int] = {}
        for index, source in enumerate(self.sources):
            wanted = needs(source)
            for word in wanted[0] if wanted else ():
                self._by_word.setdefault(word, []).append(index)
            if not wanted:
                self._always.append(index)
            self._wants.append(sum(bits.setdefault(beginnings, 1 << len(bits)) for beginnings in wanted))
        for beginnings, bit in bits.items():
            for word in beginnings:
                self._gives[word] = self._gives.get(word, 0) | bit

    def compiled(self, index: int) -> re.Pattern[str]:
        """The pattern as a regular expression, made when first wanted: most are never wanted in one conversation."""
        if index not in self._compiled:
            self._compiled[index] = re.compile(regex(self.sources[index]))
        return self._compiled[index]

    def compile_all(self) -> None:
        """Make every regular expression now, so that no message waits for its own."""
        for index in range(len(self.sources)):
            self.compiled(index)

    def worth_trying(self, text: str) -> list[int]:
        """Indexes, in order, of the patterns that could match `text`."""
        present = {*text, *map(add, text, text[1:])} & self._gives.keys()
        given = 0
        chosen = set(self._always)
        for word in present:
            given |= self._gives[word]
            if word in self._by_word:
                chosen.update(self._by_word[word])
        return [index for index in sorted(chosen) if self._wants[index] & given == self._wants[index]]


def needs(pattern: str) -> tuple[frozenset[str], ...]:
    """Sets of beginnings (one or two characters); a text without one of each set cannot match. The rarest set first."""
    compact = re.sub(r"\s+", "", pattern)
    wanted: list[frozenset[str]] = []
    place = 0
    while place < len(compact):
        sign = compact[place]
        end = place + 1
        if sign in "!@":
            end = compact.index(")", place) + 1
        elif sign in "[(":
            end = _closing(compact, place) + 1
            if sign == "(":
                wanted.append(_beginnings(compact[place + 1 : end - 1]))
        elif sign == "{":
            end = compact.index("}", place) + 1
            wanted.append(_beginnings(compact[place:end]))
        elif sign not in _NOT_LITERAL:
            wanted.append(frozenset(sign))
        place = end
    return tuple(sorted(filter(None, dict.fromkeys(wanted)), key=_commonness))


def _commonness(beginnings: frozenset[str]) -> int:
    return sum(1 if len(word) == 2 else 5 for word in beginnings)


def _closing(compact: str, place: int) -> int:
    depth = 0
    for index in range(place, len(compact)):
        depth += (compact[index] in "([") - (compact[index] in ")]")
        if not depth:
            return index
    raise ValueError(f"a bracket stays open in pattern {compact!r}")


def _beginnings(choices: str) -> frozenset[str]:
    """First one or two characters of the alternatives of a bracket; empty when one of them begins with a sign."""
    found: set[str] = set()
    for choice in _alternatives(choices):
        if choice.startswith("{"):
            found.update(word[:2] for word in classes()[choice[1 : choice.index("}")]])
        elif not choice or choice[0] in _NOT_LITERAL:
            return frozenset()
        else:
            found.add(choice[:1] if len(choice) == 1 or choice[1] in _NOT_LITERAL else choice[:2])
    return frozenset(found)


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
