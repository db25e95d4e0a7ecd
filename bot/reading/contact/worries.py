"""What somebody says to 有没有让您担心的事: nothing, a worry, a worry he wants kept to himself, or neither of these.

Only a worry goes to anybody; what is none of it is asked about once (contact_prompts.md §3). Any text is taken; nothing
here raises. The words are in `data/lexicon/worries.txt`.
"""

from __future__ import annotations

import re
from functools import cache

from bot.reading.contact import weekly
from bot.reading.lexicon import regex
from bot.reading.normalise import normalise
from bot.reading.wordings import names

NONE, OWN, WORRY = "none", "own", "worry"
LONGEST = 80
"""Longer words tell something whatever they begin with."""
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")
_NOT_WELL = frozenset({"bad", "low"})
_REPEATED = re.escape("*")


def read(text: str) -> str | None:
    """What a message says of a worry; None: it does not say, whether it is one."""
    if keeps_to_himself(text):
        return OWN
    clauses = [normalise(one).text for one in _CLAUSES.findall(text)]
    if len(text) <= LONGEST and _denies(clauses):
        return NONE
    return WORRY if worries(text) else None


def keeps_to_himself(text: str) -> bool:
    """Whether somebody wants nobody told or sent: 不用找主任了, 我自己说他, 不是要反映."""
    said = normalise(text).text
    return any(pattern.search(said) for pattern in _patterns("own"))


def worries(text: str) -> bool:
    """Whether something is told that is not well with a child or at home: 他老玩手机, 担心他数学."""
    found, said = weekly.read(text), normalise(text).text
    ails = found.items.get("life") == "so_so"  # 感冒了; 学习凑合 by itself worries nobody
    if found.items.get("concern") == "yes" or found.signals or ails or _NOT_WELL & set(found.items.values()):
        return True
    return _alone().search(said) is not None or any(_about().search(normalise(one).text) for one in text.split())


def _denies(clauses: list[str]) -> bool:
    """Whether every clause says that there is nothing, or nothing at all, and one says so."""
    kinds = [_kind(one) for one in clauses]
    return NONE in kinds and None not in kinds


def _kind(clause: str) -> str | None:
    if re.fullmatch(_little(), clause):
        return ""
    return NONE if any(pattern.fullmatch(clause) for pattern in _patterns(NONE)) else None


def _any_of(kind: str) -> str:
    said = sorted((word for row in names("worries.txt")[kind] for word in row.split()), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, said))})"


@cache
def _little() -> str:
    return f"{_any_of('little')}*"


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    found = [regex(row).replace(f"?{_REPEATED}", "*") for row in names("worries.txt")[kind]]
    around = _little() if kind == NONE else ""
    return tuple(re.compile(f"{around}(?:{one}){around}") for one in found)


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(_any_of("alone"))


@cache
def _about() -> re.Pattern[str]:
    """Somebody or something of the child's life, and near it what is wrong."""
    return re.compile(f"{_any_of('about')}[^,。!?;]{{0,10}}?{_any_of('wrong')}")
