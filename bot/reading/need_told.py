"""A need told beside or after the record of a visit, and what puts it right: 不是下次走访 是炉子的事.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

from bot.reading.wordings import Wordings

_says = Wordings("need_told.txt")

LONGEST = 120
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")
_DROPPED = ("wrong", "orders", "begins", "denies_visit", "denies")


def plain(text: str) -> str:
    """A message without the words that only call something wrong, deny it, or want it written down."""
    left = [one for one in clauses(text) if not any(_says.whole(kind, one) for kind in _DROPPED)]
    return " ".join(filter(None, (_says.without("instead", one, "") for one in left)))


def clauses(text: str) -> list[str]:
    """The clauses of a message."""
    return _CLAUSES.findall(text[:LONGEST])


def denies_visit(text: str) -> bool:
    """Whether it is said that no visit was spoken of: 不是下次走访 是炉子的事."""
    return any(_says.whole("denies_visit", one) for one in clauses(text))


def denies(text: str) -> bool:
    """Whether it is said whom a need is not for: 不是镇民政办."""
    return any(_says.whole("denies", one) for one in clauses(text))


def wants_it_kept(text: str) -> bool:
    """Whether it is said that this is to be written down: 给我记上."""
    return any(_says.whole(kind, one) for one in clauses(text) for kind in ("orders", "begins"))


def matter(text: str) -> str:
    """The matter a message names: 是炉子的事 → 炉子; "": none."""
    found = (_says.pattern("matter").fullmatch(one) for one in clauses(text))
    return next((hit["what"] for hit in found if hit is not None), "")


def without_wants(text: str) -> str:
    """A message without the warm things somebody has not (没棉袄): told by whoever visits there such a want is hardship
    or a need, and no neglect. Whatever else it tells stands."""
    return _says.without("lacks", text, "")
