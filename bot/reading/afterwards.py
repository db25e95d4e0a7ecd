"""What somebody says after an emergency was told: questions of what to do now, news of the child, of who is with it, of
the need there, thanks. Any text is taken; never raises."""

from __future__ import annotations

import re
from functools import cache

from bot.reading.lexicon import Patterns, lines
from bot.reading.normalise import normalise

LONGEST = 120
SAFE = frozenset({"with", "safe_place", "found", "at_hospital", "taken_off", "better", "came", "school", "outside"})
"""Kinds of news that help is there, or that the child is out of it for now."""
TELLS_TODAY = frozenset({"came", "better", "school", "at_school", "with", "safe_place", "at_hospital", "found", "over"})
"""Kinds that tell how the child is, so that it need not be asked."""
CLOSES = ("thanks", "bye")
_NOW = re.compile(
    "^(?:[嗯恩哦噢啊]|行|好|中|知道了|好的|好嘞|[Oo][Kk])+[吧呗的了啊呢]?$"
)


def kind(text: str) -> str | None:
    """The kind of what is said, the first of `afterwards.txt` that fits. None: none of them."""
    said = normalise(text[:LONGEST]).text
    patterns, names = _lexicon()
    found = (names[at] for at in patterns.worth_trying(said) if patterns.compiled(at).search(said))
    return next(found, "heard" if _NOW.match(said) else None)


@cache
def _lexicon() -> tuple[Patterns, tuple[str, ...]]:
    rows = [tuple(part.strip() for part in line.split(" | ", 1)) for line in lines("afterwards.txt")]
    return Patterns(row[1] for row in rows), tuple(row[0] for row in rows)
