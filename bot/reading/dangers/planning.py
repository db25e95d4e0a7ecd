"""Whether a message only asks if something may be done that is planned: 我出差那几天 让他自己在家待两天行不.

The words are in `data/lexicon/planning.txt`. Any text is taken; nothing here raises."""

from __future__ import annotations

from bot.reading.wordings import Wordings

_says = Wordings("planning.txt")
LONGEST = 120
"""A longer message tells more than a plan."""
OF_CARE = frozenset({"alone", "locked_in", "abandoned", "lives_alone", "long_without_care"})
"""Kinds of danger and signs that a plan of leaving a child by itself sounds like."""


def only_planned(said: str) -> bool:
    """Whether the plain text of a message asks that and tells of nothing that is so already."""
    return len(said) <= LONGEST and _says("planned", said) and not _says("happens", said)
