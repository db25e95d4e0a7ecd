"""Of several places told, which one is the child's: 他爸在长春打工，孩子在农安."""

from __future__ import annotations

import re
from functools import cache

from bot.reading.where.mentions import Mention, any_of

CHILD, NOBODYS, SPEAKERS, OTHERS = 3, 2, 1, 0
_LOOKS_BACK = 16
_BREAK = re.compile(r"[,。!?;:\n]")


def childs(said: str, told: list[Mention]) -> list[Mention]:
    """The mentions that may be where the child is: the child's own if one is told, else all but other people's."""
    if len(told) < 2:
        return told
    ranks = [of(said, mention) for mention in told]
    return [mention for mention, own in zip(told, ranks, strict=True) if own == max(ranks)]


def of(said: str, mention: Mention) -> int:
    """Whose place a mention is, as `rank` says."""
    return rank(said, mention.finest.start, mention.finest.end)


def rank(said: str, start: int, end: int) -> int:
    """Whose place `start:end` is, by the last person named before it in its clause: one of the four above."""
    clause = _BREAK.split(said[max(0, start - _LOOKS_BACK) : start])[-1]
    people = list(_people().finditer(clause))
    if not people:
        return CHILD if _people_after().match(said, end) else NOBODYS
    if people[-1].lastgroup != "other":
        return CHILD if people[-1].lastgroup == "child" else SPEAKERS
    # 孩子跟奶奶在榆树: the grandmother is named last, the child is meant.
    return CHILD if _with_relative().search(clause) else OTHERS


@cache
def _people() -> re.Pattern[str]:
    child, other, speaker = any_of("child"), any_of("other"), any_of("speaker")
    # 他爸 and 孩子的爸爸 are the father.
    return re.compile(
        f"(?P<other>(?:{child})?的?[他她]?(?:{other})|(?:{other}))|(?P<child>{child})|(?P<speaker>{speaker})"
    )


@cache
def _people_after() -> re.Pattern[str]:
    return re.compile(f"(?:的|那边的|这边的)?(?:{any_of('child')})")


@cache
def _with_relative() -> re.Pattern[str]:
    child, other = any_of("child"), any_of("other")
    return re.compile(f"(?:{child})[^他她爸妈爹娘]{{0,3}}(?:{any_of('together')})[他她]?(?:{other})")
