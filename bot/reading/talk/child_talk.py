"""What a child says that only talks: who it is, whom it misses, what it is cross about. No harm is told in it.

The words are in `data/lexicon/child_talk.txt`. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

from bot.reading import danger
from bot.reading.normalise import normalise
from bot.reading.reports import told
from bot.reading.wordings import Wordings

LONGEST = 60
KINDS = ("scolded", "not_good", "secret", "misses", "annoyed", "company", "glad")
"""In this order: what it blames itself for is answered first."""
CHILD = "child_self"
_says = Wordings("child_talk.txt")
_CLAUSES = re.compile("[^,，。;；!！?？\\s]+")


def kind(text: str) -> str | None:
    """Which of `KINDS` is said; None: none of them."""
    said = _clauses(text)
    return next((name for name in KINDS if any(_says(name, one) for one in said)), None)


def of_a_child(text: str) -> bool:
    """Whether it can only be a child that writes so: 我9岁, 我上三年级."""
    return told.read(text).reporter_type == CHILD or any(_says("child", one) for one in _clauses(text))


def harmless(text: str) -> bool:
    """Whether nothing in a short message is danger, harm or trouble, and no grown-up says who he is."""
    found = told.read(text)
    calm = set(danger.read(text).kinds) <= {danger.HUNCH} and not found.signs
    return calm and len(text) <= LONGEST and found.reporter_type in (None, CHILD)


def _clauses(text: str) -> list[str]:
    return [normalise(one).text for one in _CLAUSES.findall(text[:LONGEST])]
