"""What is said of a report that stands: who was told of it, that it is the one meant; and that a child
was told of before, elsewhere, and nobody did anything. The words are in `data/lexicon/progress.txt`.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from functools import cache

from bot.reading.lexicon import Patterns, lines
from bot.reading.normalise import normalise

WHO, SAME, UNHANDLED = "who", "same", "unhandled"
LONGEST = 30
_A_CHILD = re.compile("孩|娃|侄|外甥|孙|学生|丫头|小子|闺女|儿子")
_ASKS = re.compile("[吗么?？]|咋样|怎么?样")


def kind(text: str) -> str | None:
    """What a short message says of the report spoken of: `WHO`, `SAME`, or `UNHANDLED` where it tells of no child and
    asks nothing; None: none of these."""
    if len(text) > LONGEST:
        return None
    found = _kinds(text)
    if UNHANDLED in found and not _A_CHILD.search(text) and not _ASKS.search(text):
        return UNHANDLED
    return next((one for one in (SAME, WHO) if one in found), None)


def resumes(text: str) -> bool:
    """Whether somebody is back after a pause and wants to go on: 回来了 接着说, 好了 继续."""
    return len(text) <= LONGEST and "resumes" in _kinds(text)


def is_back(text: str) -> bool:
    """Whether somebody only says that he is back; asked of who broke off (我回来了 may have come home)."""
    return len(text) <= LONGEST and "back" in _kinds(text)


def _kinds(text: str) -> frozenset[str]:
    said = normalise(text[:200]).text
    patterns, names = _lexicon()
    return frozenset(names[at] for at in patterns.worth_trying(said) if patterns.compiled(at).search(said))


@cache
def _lexicon() -> tuple[Patterns, tuple[str, ...]]:
    rows = [tuple(part.strip() for part in line.split(" | ", 1)) for line in lines("progress.txt")]
    return Patterns(row[1] for row in rows), tuple(row[0] for row in rows)
