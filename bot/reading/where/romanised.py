"""Places written in Latin letters: Gongzhuling, fan jia tun zhen, Pingyang village.

Names are compared by their sounds (`data/regions/sounds.txt`), kinds may be Chinese or English. A county is found
anywhere, a township by itself only when its name is long and there is one of it, a village only inside a place that is
known or told. In doubt nothing is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.reading.where.gazetteer import forms, load, rows

MOST_WORDS = 6
COUNTY, TOWNSHIP, VILLAGE = 6, 9, 12
SHORTEST = {4: 5, COUNTY: 5, TOWNSHIP: 4, VILLAGE: 4}
"""Letters a name needs at least: shorter ones are English words as often as names."""
ALONE = 8
"""Letters of a township told without its county."""
_ALIKE = (("v", "u"), ("zh", "z"), ("ch", "c"), ("sh", "s"), ("eng", "en"), ("ing", "in"))
_WORD = re.compile("[A-Za-z]+")
_ENGLISH_KIND = {"city": "si", "county": "xian", "district": "qu", "town": "zen", "township": "xian", "village": "cun"}
_ENGLISH_KIND |= {"street": "jiedao", "community": "sequ", "prefecture": "zou"}
_OTHER_SOUNDS = {"朝": "cao", "珲": "hun"}
"""Names in which a character sounds otherwise than mostly: 朝阳, 珲春."""
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Romanised:
    """The divisions a text may mean, all of one place, finest first told; and where they stand."""

    codes: tuple[str, ...]
    spans: Spans


def read(text: str, known: str | None = None) -> Romanised | None:
    """The place a text tells in pinyin. `known`: a code inside which it is looked for first. None: it tells none."""
    words = [(hit.group().lower(), *hit.span()) for hit in _WORD.finditer(text)]
    hits = _hits(words)
    head, spans = known, list[tuple[int, int]]()
    codes: tuple[str, ...] = ()
    for size in (4, COUNTY, TOWNSHIP, VILLAGE):
        fits = [
            (inside, span)
            for names, span, length in hits
            if (inside := _inside(names, size, head, length)) and not any(a < span[1] and span[0] < b for a, b in spans)
        ]
        if not fits or (size == 4 and head):
            continue
        found, span = max(fits, key=lambda one: one[1][1] - one[1][0])
        codes, spans = found, [*spans, span]
        head = found[0] if len(found) == 1 else head
        if len(found) > 1:
            break
    if not codes and known:
        return read(text)
    return Romanised(codes, tuple(sorted(spans))) if codes else None


def _inside(names: frozenset[str], size: int, head: str | None, length: int) -> tuple[str, ...]:
    """Codes of this size that lie where the place must be."""
    if length < SHORTEST[size]:
        return ()
    gazetteer = load()
    codes = sorted(code for code in names if len(code) == size)
    if head is not None:
        return tuple(code for code in codes if len(head) < size and gazetteer.inside(code, head))
    if size == VILLAGE or (size == TOWNSHIP and (length < ALONE or len(codes) > 1)):
        return ()
    return tuple(codes)


def _hits(words: list[tuple[str, int, int]]) -> list[tuple[frozenset[str], tuple[int, int], int]]:
    """Every run of words that is the sound of a name: its codes, where it stands, and the letters of the name."""
    found = []
    for first in range(len(words)):
        for last in range(first, min(first + MOST_WORDS, len(words))):
            said = "".join(word for word, _, _ in words[first : last + 1])
            kind = _ENGLISH_KIND.get(words[last + 1][0]) if last + 1 < len(words) else None
            codes = _names().get(_plain(said) + kind) if kind else None
            codes = codes or _names().get(_plain(said))
            if codes:
                found.append((codes, (words[first][1], words[last + (kind is not None)][2]), len(said)))
    return found


def _plain(said: str) -> str:
    for told, same in _ALIKE:
        said = said.replace(told, same)
    return said


@cache
def _names() -> dict[str, frozenset[str]]:
    """The sound of every name, with and without its kind → the codes of the divisions so called."""
    sounds = {
        char: sound for name in ("sounds.txt", "sounds_alone.txt") for sound, chars in rows(name) for char in chars
    }
    names: dict[str, set[str]] = {}
    ways = (sounds, {**sounds, **_OTHER_SOUNDS})
    for code, area in load().areas.items():
        if len(code) < 4:
            continue
        shown, _, bare = forms(area)
        for form in shown | bare:
            if any(char not in sounds for char in form):
                continue
            for spoken in ways if any(char in _OTHER_SOUNDS for char in form) else ways[:1]:
                names.setdefault(_plain("".join([spoken[char] for char in form])), set()).add(code)
    return {name: frozenset(codes) for name, codes in names.items()}
