"""Whether a message is nothing but keyboard rubbish: asdfgh, jkl;jkl, zzxxcc, 阿斯蒂芬, ，，，.

In doubt it is none: English, pinyin, initials (bzd), codes and numbers are left alone. The words are in
`data/lexicon/rubbish.txt`.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from bot.reading.lexicon import lines
from bot.reading.measures import codes

LONGEST = 60
FEW, SHORTEST_RUN = 3, 3
MOST_CONSONANTS = 6
"""So many consonants on end stand in no word of English or pinyin."""
COVERED = 0.8
_ROWS = ("qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "qaz", "wsx", "edc", "rfv", "tgb", "yhn", "ujm")
_TOKEN = re.compile("[a-z;]+")
_CONSONANTS = re.compile(f"[b-df-hj-np-tv-xz;]{{{MOST_CONSONANTS},}}")
_NO_VOWEL = re.compile("[b-df-hj-np-tv-xz]{5,}")
_SAME = re.compile("([a-z])\\1{3,}")
_OUTSIDE = re.compile("[^a-z;\\s,.'/\\[\\]!?~-]")


def is_rubbish(text: str) -> bool:
    """Whether nothing in a short message is a word of any language read here. Any text is taken; never raises."""
    plain = text.strip().lower()
    if not plain or len(plain) > LONGEST:
        return False
    bare = "".join(char for char in plain if char.isalnum())
    if bare and any(len(bare) % len(word) == 0 and word * (len(bare) // len(word)) == bare for word in _typed()):
        return True
    if _OUTSIDE.search(plain) or codes.find(text) or (text.isupper() and len(plain) <= FEW):
        return False
    tokens = _TOKEN.findall(plain)
    return bool(tokens) and len("".join(tokens)) >= FEW and all(_no_word(token) for token in tokens)


def _no_word(token: str) -> bool:
    in_runs = sum(size for size in _runs(token) if size >= SHORTEST_RUN)
    shapes = _SAME.fullmatch(token) or _NO_VOWEL.fullmatch(token) or _CONSONANTS.search(token)
    return bool(in_runs >= COVERED * len(token) or shapes or ";" in token.strip(";"))


def _runs(token: str) -> list[int]:
    """Lengths of the pieces typed along the keyboard in one direction."""
    sizes, now, way = [], 1, None
    for pair in pairwise(token):
        step = _step(*pair)
        if step is not None and step in (way, way or step):
            now, way = now + 1, step
        else:
            sizes.append(now)
            now, way = 1, None
    return [*sizes, now]


def _step(one: str, other: str) -> int | None:
    for row in _ROWS:
        at, then = row.find(one), row.find(other)
        if at >= 0 and then >= 0 and abs(at - then) == 1:
            return then - at
    return None


@cache
def _typed() -> frozenset[str]:
    return frozenset(lines("rubbish.txt"))
