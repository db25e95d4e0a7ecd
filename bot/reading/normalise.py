"""Message text made plain for reading: one width, one script, no hidden characters, common mishearings mended.

Everything downstream (scope, danger, told) reads `Plain.text` and reports places through `Plain.span`, so that
evidence always points into what the person really wrote.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.reading.lexicon import lines

FRESH = 16
"""Messages whose reading is remembered for a moment, in memory only: several services look at the same one."""
READ_FROM_START = 10_000
READ_FROM_END = 10_000

HARD_BREAKS = ",。!?;:\n"
"""The punctuation left in `Plain.text`: it really separates clauses. Everything else is dropped as a soft break."""

_PUNCTUATION = {
    "，": ",", ",": ",", "。": "。", "｡": "。", "！": "!", "!": "!", "？": "?", "?": "?", "；": ";", ";": ";",
    "：": ":", ":": ":", "\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n",
    "《": "《", "》": "》",
}  # fmt: skip
_JOINER = ""  # dropped without a trace: zero-width, control and combining characters
_SOFT = " "  # dropped, but remembered as a possible clause border: spaces, emoji, slashes, dots, quotes


@dataclass(frozen=True)
class Plain:
    """A message made plain. `text[i]` comes from `original[starts[i]:ends[i]]`.

    `soft` holds indexes of `text` before which the person left a space or a sign. Such a border may only limit what
    lowers an alarm (a negation, a "long ago"), never what raises one: a space must not hide a word.
    """

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    soft: frozenset[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Place in `original` of `text[start:end]`; an empty or outside range gives an empty place."""
        if not 0 <= start < end <= len(self.text):
            return (0, 0)
        return (self.starts[start], self.ends[end - 1])


@lru_cache(maxsize=FRESH)
def normalise(text: str) -> Plain:
    """Make any text plain; never raises, whatever the characters.

    Of a text longer than both limits together only the first `READ_FROM_START` and the last `READ_FROM_END`
    characters are read, with a sentence border between them: people put danger first or last, and a reader that
    can be stalled by ten megabytes protects nobody.
    """
    parts: list[str] = []
    starts: list[int] = []
    soft: set[int] = set()
    pending = False  # a soft break was seen since the last kept character
    for begin, stop in _pieces(len(text)):
        if begin:
            parts.append("\n")
            starts.append(begin - 1)
        for found in _stretches().finditer(text, begin, stop):
            index, as_it_is = found.start(), found.lastindex
            kept = found.group() if as_it_is else _fate(found.group())
            if kept == _JOINER:
                continue
            if kept == _SOFT:
                pending = True
                continue
            if pending and parts:
                if _is_latin(parts[-1][-1]) and _is_latin(kept[0]):
                    parts.append(" ")
                    starts.append(index - 1)
                else:
                    soft.add(len(starts))
            pending = False
            parts.append(kept)
            starts.extend(range(index, found.end()) if as_it_is else [index] * len(kept))
    ends = [start + 1 for start in starts]
    return _mend(text, "".join(parts), starts, ends, soft)


def _pieces(length: int) -> tuple[tuple[int, int], ...]:
    if length <= READ_FROM_START + READ_FROM_END:
        return ((0, length),)
    return ((0, READ_FROM_START), (length - READ_FROM_END, length))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


@lru_cache(maxsize=8192)
def _fate(char: str) -> str:
    """What becomes of one character: its plain form, `_JOINER` or `_SOFT`."""
    if char in _PUNCTUATION:
        return _PUNCTUATION[char]
    table = _characters()
    if char in table:
        return table[char]
    category = unicodedata.category(char)
    if category in ("Cc", "Cf", "Mn", "Me"):
        return _SOFT if char in "\t\x0b\x0c" else _JOINER
    if category[0] in "LN":
        plain = "".join(part for part in unicodedata.normalize("NFKD", char) if part.isalnum()).lower()
        return "".join(table.get(part, part) for part in plain) or _SOFT
    return _SOFT


@cache
def _stretches() -> re.Pattern[str]:
    """Finds stretches of characters that stay as they are (group 1: most of any message), else one character."""
    plain = "abcdefghijklmnopqrstuvwxyz0123456789" + "".join(map(chr, range(ord("一"), ord("龥") + 1)))
    return re.compile(f"([{''.join(char for char in plain if char not in _characters())}]+)|.", re.DOTALL)


@cache
def _characters() -> dict[str, str]:
    """Traditional and odd characters, and signs that are words, with their plain form."""
    table: dict[str, str] = {}
    for line in lines("characters.txt"):
        odd, plain = line.split()
        table[odd] = plain
    return table


@dataclass(frozen=True)
class _Mishearing:
    """What a wrong word means, and beside which words it does."""

    right: str
    before: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()

    def meant(self, text: str, start: int, end: int) -> bool:
        """Whether the wrong word at `text[start:end]` stands where it is meant as the right one."""
        if _is_latin(text[start]) and start and _is_latin(text[start - 1]):
            return False
        if _is_latin(text[end - 1]) and end < len(text) and _is_latin(text[end]):
            return False
        head = text[max(0, start - 8) : start]
        return not (
            text.startswith(self.not_before or ("\0",), end)
            or head.endswith(self.not_after or ("\0",))
            or (self.before and not text.startswith(self.before, end))
            or (self.after and not head.endswith(self.after))
        )


@cache
def _mishearings() -> tuple[re.Pattern[str], dict[str, _Mishearing]]:
    """One pattern for all wrong words of `homophones.txt`, the longest first, and what each of them means."""
    meanings: dict[str, _Mishearing] = {}
    fields = {"only before": "before", "not before": "not_before", "only after": "after", "not after": "not_after"}
    for line in lines("homophones.txt"):
        head, *conditions = [part.strip() for part in line.split("|")]
        wrongs, right = (part.strip() for part in head.split(">"))
        beside: dict[str, tuple[str, ...]] = {}
        for condition in conditions:
            name, words = condition.split(":")
            beside[fields[name.strip()]] = tuple(words.split())
        for wrong in wrongs.split():
            meanings[wrong] = _Mishearing(right, **beside)
    longest_first = sorted(meanings, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), meanings


def _mend(original: str, text: str, starts: list[int], ends: list[int], soft: set[int]) -> Plain:
    """Replace mishearings; the letters of the right word share the place of the wrong one."""
    pattern, meanings = _mishearings()
    out: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    moved: set[int] = set()
    last = 0

    def keep(upto: int) -> None:
        shift = len(new_starts) - last
        moved.update(place + shift for place in soft if last <= place < upto)
        out.append(text[last:upto])
        new_starts.extend(starts[last:upto])
        new_ends.extend(ends[last:upto])

    for found in pattern.finditer(text):
        meaning = meanings[found.group()]
        if not meaning.meant(text, *found.span()):
            continue
        keep(found.start())
        right = meaning.right
        if found.start() in soft:
            moved.add(len(new_starts))
        out.append(right)
        new_starts.extend([starts[found.start()]] * len(right))
        new_ends.extend([ends[found.end() - 1]] * len(right))
        last = found.end()
    keep(len(text))
    return Plain(original, "".join(out), tuple(new_starts), tuple(new_ends), frozenset(moved))
