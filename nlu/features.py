"""What the classifier looks at: the characters of a message and how they sound."""

from __future__ import annotations

import re

from pypinyin import lazy_pinyin

from bot.reading.normalise import normalise

READ_CHARACTERS = 200
"""Real messages have up to 180 characters; of a longer one the beginning and the end are read."""

_NUMBER = re.compile(r"[a-z0-9]*[0-9][a-z0-9]*")


def plain(text: str) -> str:
    """The message in one width and script, mishearings mended, every number or code as a single 0."""
    seen = _NUMBER.sub("0", normalise(text).text)
    if len(seen) > READ_CHARACTERS:
        seen = seen[: READ_CHARACTERS // 2] + seen[-READ_CHARACTERS // 2 :]
    return seen


def sound(seen: str) -> str:
    """Plain text as toneless syllables with spaces between: voice input errs in characters, seldom in sound."""
    return " ".join(lazy_pinyin(seen))
