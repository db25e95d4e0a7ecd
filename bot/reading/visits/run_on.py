"""Clauses of a telling, also of one that was dictated without a mark: 孩子挺好奶奶说腿疼学习还行就是冬天没煤.

A mark, a space or a line ends a clause. A longer clause ends besides where something was said of one matter and the
next one begins: that there is trouble in one of them must not colour, or hide, the others. Nothing raises.
"""

from __future__ import annotations

import re

from bot.reading.visits.sections import has, how
from bot.reading.wordings import Wordings

_says = Wordings("run_on.txt")
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")
LONG, A_MATTER = 9, 4
"""A shorter clause tells of one matter."""


def clauses(text: str) -> list[str]:
    """The clauses of a text, as they were written; nothing of it but marks and spaces is left out."""
    return [piece for one in _CLAUSES.findall(text) for piece in _pieces(one)]


def _pieces(clause: str) -> list[str]:
    if len(clause) < LONG:
        return [clause]
    pieces, begin = [], 0
    for hit in _says.all("next", clause):
        said = clause[begin : hit.start()]
        if said and (_says("turns", hit.group()) or _tells(said, hit.group())):
            pieces.append(said)
            begin = hit.start()
    return [*pieces, clause[begin:]]


def _tells(said: str, then: str) -> bool:
    """Whether something was told before the next matter is named: how it is, a visit, what another person does."""
    another = len(said) >= A_MATTER and _says("person", said) and _says("person", then)
    over = said.endswith(("呢", "了"))  # 孩子写作业呢屋里冷
    return how(said) is not None or has("visited", said) or another or over
