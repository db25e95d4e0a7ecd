"""A child's name as voice input writes it: other characters of the same sound (心怡 for 欣怡), where a home is named.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from functools import cache

from bot.reading.lexicon import lines
from bot.reading.where.sounds import sound

SHORTEST = 2
"""Characters of a name that can be told by its sound; one alone says nothing."""
_BEFORE = re.compile(r"(?:^|[,，。;；!！?？、\s]|去了?|到了?|从|走完|看了|找)$")
_KIN = re.compile("[爸妈爹娘爷奶姥姑姨舅叔婶伯哥姐弟妹嫂]")
"""四姨 is nobody called 思怡."""
_AFTER = re.compile(r"(?:家|那[边家户儿]|这孩子|孩子|$|[,，。;；!！?？、\s])")


def heard(name: str, text: str) -> str:
    """How a name is written in a text that has it by its sound only; empty: it has not, or has the name itself."""
    size = len(name)
    if size < SHORTEST or name in text:
        return ""
    spoken = _spoken(name)
    for at in range(len(text) - size + 1):
        written = text[at : at + size]
        if (
            _spoken(written) == spoken
            and not _KIN.search(written)
            and _BEFORE.search(text[:at])
            and _AFTER.match(text[at + size :])
        ):
            return written
    return ""


def _spoken(name: str) -> str:
    return "".join(_alike().get(char) or sound(char) for char in name)


@cache
def _alike() -> dict[str, str]:
    """Each character of the list of names to the sound of the first in its line."""
    return {char: sound(row[0]) for row in lines("names_heard.txt") for char in row.split()}
