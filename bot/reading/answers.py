"""Short answers (是、没有、不清楚、跳过、算了、改一下 …) and corrections, without mistaking information for them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from bot.reading.normalise import normalise

FILE = Path(__file__).resolve().parents[2] / "data" / "lexicon" / "answers.txt"
LONGEST = 12
LONGEST_OPENER = 16
_SIGNS = re.compile(r"[\s,。!?;:~.…、“”\"'（）()]+")
_FILLERS = re.compile("^(?:嗯+|恩+|哎+|唉+|诶|呃|额|那个|那|就|我觉得|这个|真的|真|其实|俺)(?=.)")
_PARTICLES = re.compile("(?<=.)(?:啊|吧|呀|呢|哦|噢|嘛|啦|呗|哈|哎|诶|滴|的|了|谢谢|同志|您)+$")
_WRONG = (
    "^(?:不对|错了|等等|等下|哦|噢|我)?[,。 ]*把?(?:我的|孩子的?)?(?P<field>FIELDS)"
    "(?:说错了|写错了|填错了|错了|不对|要改|改成|改为|改一下)[,。:! ]*(?:应该)?(?:是|成|为|叫)?(?P<new>.*)$"
)
_CHANGE = "^(?:改一下|改下|更正一下|更正|修改|改)(?:我的|孩子的?)?(?P<field>FIELDS)[,。:! ]*(?:成|为|是)?(?P<new>.*)$"
_NOT_BUT = re.compile(r"^(?:不对)?[,。 ]*不是(?P<old>[^,。是]{1,12})[,。 ]*(?:而?是|应该是)(?P<new>.{1,40})$")


def short_answer(text: str) -> str | None:
    """yes, no, unsure, skip, cancel, correct, back, help or human; None when the text tells something else."""
    plain = _SIGNS.sub("", normalise(text[:200]).text).lower()
    if not plain or len(plain) > LONGEST:
        return None
    words = _words()
    for candidate in _shapes(plain):
        if candidate in words:
            return words[candidate]
    return None


def _shapes(plain: str) -> list[str]:
    """The text itself, then without fillers and particles, then a doubled answer said once (没有没有)."""
    bare = plain
    for _ in range(3):
        bare = _FILLERS.sub("", bare)
    shapes = [plain, bare, _PARTICLES.sub("", plain), _PARTICLES.sub("", bare)]
    shapes += [shape[: len(shape) // 2] for shape in shapes if shape[: len(shape) // 2] * 2 == shape]
    shapes += [shape[: len(shape) // 3] for shape in shapes if shape[: len(shape) // 3] * 3 == shape]
    return [shape for shape in shapes if shape]


def is_opener(text: str) -> bool:
    """Whether a message only says that somebody wants to tell something, and tells nothing yet."""
    plain = _SIGNS.sub("", normalise(text[:200]).text).lower()
    return any(shape in _openers() for shape in _shapes(plain)) if plain and len(plain) <= LONGEST_OPENER else False


def correction(text: str) -> tuple[str | None, str] | None:
    """A correction with what it points to and the new words: ("place", "范家屯"); the field is None when the words
    do not name it (不是五个月是九个月 → (None, "九个月")). None: no correction."""
    plain = normalise(text[:400]).text.strip()
    for pattern in _corrections():
        match = pattern.match(plain)
        if match:
            return _fields()[match["field"]], match["new"].strip(" ,。:!")
    match = _NOT_BUT.match(plain)
    return (None, match["new"]) if match else None


@cache
def _corrections() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted(map(re.escape, _fields()), key=len, reverse=True))
    return tuple(re.compile(pattern.replace("FIELDS", names)) for pattern in (_CHANGE, _WRONG))


@cache
def _lines() -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = []
    for line in FILE.read_text(encoding="utf-8").split("\n"):
        kind, _, words = line.partition(":")
        if words and not line.startswith("#"):
            rows.append((kind, tuple(words.split())))
    return tuple(rows)


@cache
def _words() -> dict[str, str]:
    return {word: kind for kind, words in _lines() for word in words if not kind.startswith(("field.", "opener"))}


@cache
def _openers() -> frozenset[str]:
    return frozenset(word for kind, words in _lines() for word in words if kind == "opener")


@cache
def _fields() -> dict[str, str]:
    return {w: kind[len("field.") :] for kind, words in _lines() for w in words if kind.startswith("field.")}
