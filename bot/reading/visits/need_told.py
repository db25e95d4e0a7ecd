"""A need told beside or after the record of a visit, and what puts it right: 不是下次走访 是炉子的事.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

from bot.reading.wordings import Wordings

_says = Wordings("need_told.txt")

LONGEST, LONGEST_ASKING = 120, 24
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")
_DROPPED = ("wrong", "orders", "begins", "denies_visit", "denies")


def plain(text: str) -> str:
    """A message without the words that only call something wrong, deny it, or want it written down."""
    left = [one for one in clauses(text) if not any(_says.whole(kind, one) for kind in _DROPPED)]
    left = [_says.without("of_it", _says.without("at_the_end", one)) for one in left]
    apart = clauses(" ".join(left))
    return " ".join(filter(None, (_says.without("instead", one, "") for one in apart)))


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
    return any(
        _says("at_the_end", one) or _says.whole("orders", one) or _says.whole("begins", one) for one in clauses(text)
    )


def opened(clause: str) -> str:
    """A clause without the word that only turns to it: 就是炉子坏了 → 炉子坏了."""
    return _says.without("turns", clause, "")


def asks_for_needs(text: str) -> bool:
    """Whether it is asked what of the needs is still open: 文博家诉求还剩啥没办."""
    return len(text) <= LONGEST_ASKING and _says("asks_for_needs", text)


def speaks_of_the_need(text: str) -> bool:
    """Whether a need is spoken of and not named: 那个需求我找民政要."""
    return _says("the_need", text)


def without_the_need(text: str) -> str:
    """The clauses that say something of it."""
    return " ".join(one for one in clauses(text) if not _says("the_need", one))


def matter(text: str) -> str:
    """The matter a message names: 是炉子的事 → 炉子; "": none."""
    found = (_says.pattern("matter").fullmatch(one) for one in clauses(text))
    return next((hit["what"] for hit in found if hit is not None), "")


def without_wants(text: str) -> str:
    """A message without the warm things somebody has not (没棉袄): told by whoever visits there such a want is hardship
    or a need, and no neglect. Whatever else it tells stands."""
    return _says.without("lacks", text, "")
