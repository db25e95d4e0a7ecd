"""The day by which a need is to be seen to, told or put right beside other words: 啊不对 十二月五号前; 煤的期限是五号.

Such a day is never the day of a visit. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.reading.visits import following
from bot.reading.wordings import Wordings

_says = Wordings("need_told.txt")
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")
_MARKS = " ,，。;；!！?？、"
_LEFT = 1
"""So many characters may be left of a clause that is nothing but a day by which."""


def take(text: str, on: date, needs: Sequence[str]) -> tuple[list[tuple[str, following.Follow]], str] | None:
    """What a message says of these needs' days and of who sees to them (镇里老孙管煤), each with the need it names or
    "" for all; and what else the message says. None: it names no such day."""
    found: list[tuple[str, following.Follow]] = []
    rest, dated = [], False
    for clause in _CLAUSES.findall(text):
        need = next((one for one in needs if following.names_one(clause, one)), "")
        said = _by(clause, on, need)
        dated = dated or said is not None
        said = said or _who(clause, need, on)
        if said is None:
            rest.append(clause)
        else:
            found.append((need, said))
    if all(_says.whole("wrong", one) for one in rest):
        rest = []
    return (found, " ".join(rest)) if dated else None


def without(text: str) -> str:
    """A message without the clauses that name a day by which something is to be done: none is the day of a visit."""
    every = re.split(r"(?<=[,，。;；!！?？、\s])", text)
    return "".join(one for one in every if _by(one.strip(_MARKS), date.max, "") is None)


def _by(clause: str, on: date, need: str) -> following.Follow | None:
    """A clause that is nothing but a day by which, or says that a day is one."""
    due = following.due_in(clause, on)
    if due is None:
        return None
    day, by, around = due
    marked = by or _says("deadline", clause)
    left = _says.without("deadline", _says.without("beside_a_day", around, ""), "")
    left = "".join(one for one in left if one not in need)
    return following.Follow("", day, clause) if marked and len(left) <= _LEFT else None


def _who(clause: str, need: str, on: date) -> following.Follow | None:
    """Who sees to it, also where the need stands at the end: 让民政办去办; 镇里老孙管煤."""
    gives = following.found(clause, on)
    if gives is not None and gives[1].who and not gives[0]:
        return following.Follow(gives[1].who, None, clause)
    for length in range(len(need), 0, -1):
        if clause[-length:] in need and len(clause) > length + 1:
            said = following.found(clause[:-length], on)
            if said is not None and said[1].who:
                return following.Follow(said[1].who, None, clause)
    return None
