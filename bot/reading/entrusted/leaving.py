"""A parent who is about to leave says, in whatever words come first, that the child is to be looked after meanwhile:
that nobody is there for it (下个月去韩国 孩子没人看), or whom he thinks of (想托给老娘), or asks what is to be done.

Only what is still to come is read here; who tells of a child alone now is heard by others. Any text is taken; nothing
here raises. The words are in `data/lexicon/leaving.txt`.
"""

from __future__ import annotations

from bot.reading.normalise import normalise
from bot.reading.wordings import Wordings

_says = Wordings("leaving.txt")

LONGEST, LONGEST_WISH = 160, 50


def wants_care(text: str) -> bool:
    """Whether somebody who has not left yet tells or asks, of his own child, who is to look after it while he is away;
    or wants 委托照护 by its name."""
    if not may_be_planned(text):
        return False
    said = normalise(text[:LONGEST]).text
    if _says("by_name", said):
        return True
    if not _says("ahead", said):
        return _proposes(said)
    before = _says("before_leaving", said) and not _says("not_of_a_child", said)
    if _says("formalities", said) and (before or _says("gives", said)):
        return True
    if _says("gives", said):
        return True
    return _says("nobody", said) and (_says("a_child", said) or _says("before_leaving", said))


def may_be_planned(text: str) -> bool:
    """Whether nothing in a message says that it is so now, or of a child of others, or that the child itself writes."""
    said = normalise(text[:LONGEST]).text
    return not any(_says(name, said) for name in ("of_others", "of_me", "now"))


def is_ahead(text: str) -> bool:
    """Whether somebody says that he is still to leave: 下个月走, 我要去韩国打工."""
    return _says("ahead", normalise(text[:LONGEST]).text)


def is_no_report(text: str) -> bool:
    """Whether somebody says that nothing has happened to the child, or that he reports nothing."""
    return _says("no_report", normalise(text[:LONGEST]).text)


def _proposes(said: str) -> bool:
    """Whether a short message asks whether a person may look after the child: 让我小舅子看着行不."""
    return len(said) <= LONGEST_WISH and _says("wishes_it", said)
