"""What a supervisor asks to see of a place: who is late where and why, how much there is to do, unseen longest, how it
is there, and which reports nobody has taken on.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

from bot.reading.wordings import Wordings

_says = Wordings("overseeing.txt")

LONGEST = 30


def how_is(text: str) -> str | None:
    """The place somebody asks about, as he calls it: 姜家店村最近咋样; "" for all of his; None: nobody asks that."""
    said = text.strip(" 。.!！?？")
    found = _says.pattern("how_is").fullmatch(said) if len(said) <= LONGEST else None
    if found is None:
        return None
    return "" if _says.whole("all", found["where"]) else found["where"]


def asks_waiting(text: str) -> bool:
    """Whether somebody asks which reports nobody has taken on: 没人接的报告有哪些."""
    return len(text) <= LONGEST and _says("waiting", text)


def not_visited(text: str) -> bool:
    """Whether it is asked who was not visited at all, be it late or not: 谁没走访."""
    return _says("not_visited", text)


def asked(text: str) -> str | None:
    """What is asked for: "late" (late by place with reasons, workload) or "unseen" (children unseen longest)."""
    said = text.strip(" 。.!！?？")
    if len(said) > LONGEST:
        return None
    if _says.whole("unseen", said):
        return "unseen"
    return "late" if _says.whole("late", said) and not _says("by_name", said) else None


def late_longest(text: str) -> bool:
    """Whether who is longest is asked of being late, or of its days: 拖最久的是哪个 拖几天了; not 最久没见的."""
    return _says("late_longest", text)
