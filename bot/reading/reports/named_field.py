"""Which field of a report somebody names at the menu of what to change: 地址写错了，是范家屯.

The names are the lines `field.…` of `data/lexicon/replies.txt`. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from functools import cache

from bot.reading.lexicon import lines
from bot.reading.normalise import normalise

_MENU = (
    "^(?:我?(?:要|想)?(?:改|修改|更正)(?:一下)?)?(?:我的)?(?P<field>FIELD)(?:那个|那儿|这儿|那里|那项|这项|那条)?的?"
    "(?:我?(?:说|写|填|打|弄|搞)?错了|不对|有误|要改|改成|改为|改一下|改)?[,。:! ]*"
    "(?:应该|现在)?(?:改成|是|成|为|叫)?(?P<new>.*)$"
)


def read(text: str) -> tuple[str, str] | None:
    """The field a message names and the new words behind its name."""
    plain = normalise(text[:200])
    found = _menu().match(plain.text)
    if found is None:
        return None
    start, end = plain.span(*found.span("new"))
    return _fields()[found["field"]], plain.original[start:end].strip(" ,，。:：!！？?")


@cache
def _fields() -> dict[str, str]:
    split = (line.partition(":") for line in lines("replies.txt"))
    return {
        word: name.removeprefix("field.")
        for name, _, words in split
        if name.startswith("field.")
        for word in words.split()
    }


@cache
def _menu() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_fields(), key=len, reverse=True)))
    return re.compile(_MENU.replace("FIELD", names))
