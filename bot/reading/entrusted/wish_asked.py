"""What whoever told a wish for 委托照护 asks of it later: how far it is, whether anybody calls or comes.

Any text is taken; nothing here raises. The words are in `data/lexicon/wish_asked.txt`.
"""

from __future__ import annotations

from bot.reading.normalise import normalise
from bot.reading.wordings import Wordings

_says = Wordings("wish_asked.txt")

LONGEST = 40


def progress(text: str) -> bool:
    """Whether it is asked how far something told is: 办到哪了, 有信儿没, 人家啥时候给我打电话."""
    said = _plain(text)
    return len(text) <= LONGEST and _says("progress", said) and not _says("of_a_rule", said)


def of_a_wish_told(text: str) -> bool:
    """Whether it is asked so of a wish told before: 昨天我托大姨姐照顾孩子的事 办到哪了."""
    said = _plain(text)
    return progress(text) and _says("before", said) and _says("wish", said)


def _plain(text: str) -> str:
    return normalise("，".join(text.split())).text
