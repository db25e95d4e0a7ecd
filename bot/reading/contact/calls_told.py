"""打 of a telephone call, said by a parent who is asked every week whether he called: 打了 娃不爱说话, 又打了一个.

Any text is taken; nothing here raises. The words are in `data/lexicon/calls_told.txt`.
"""

from __future__ import annotations

import re

from bot.reading import danger
from bot.reading.wordings import Wordings

_says = Wordings("calls_told.txt")

LONGEST = 60
_CLAUSES = re.compile("[,，。;；!！ ]+")


def plainly(text: str) -> str:
    """The message with the telephone named, where every 打 stands in a clause that tells of a call made and of nobody,
    and what else is told is calm: no word of harm by itself, nobody hurt or crying. Empty: it is none of that."""
    clauses = [one for one in _CLAUSES.split(text.strip()) if one]
    calls = [one for one in clauses if _says.whole("call", one)]
    rest = [one for one in clauses if one not in calls]
    calm = not any("打" in one or _says("hurt", one) for one in rest)
    if len(text) > LONGEST or not calls or not calm or danger.read("，".join(rest)).level != "none":
        return ""
    return "，".join("打电话了" if one in calls else one for one in clauses)
