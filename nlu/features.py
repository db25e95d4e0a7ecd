"""What the classifier looks at: the characters of a message and how they sound."""

from __future__ import annotations

import re

from pypinyin import lazy_pinyin

from bot.reading.normalise import normalise

READ_CHARACTERS = 200
"""Real messages have up to 180 characters; of a longer one the beginning and the end are read."""

_LONG_NUMBER = re.compile(r"(?=[a-z]*[0-9])[a-z0-9]{4,}")


def plain(text: str) -> str:
    """The message in one width and script, mishearings mended, every long number or code as a single 0.

    Short ones stay: 88 is a goodbye, and a lone 2 should be read as nothing anybody wrote.
    """
    seen = _LONG_NUMBER.sub("0", normalise(text).text)
    if len(seen) > READ_CHARACTERS:
        seen = seen[: READ_CHARACTERS // 2] + seen[-READ_CHARACTERS // 2 :]
    return seen


def sound(seen: str) -> str:
    """Plain text as toneless syllables with spaces between: voice input errs in characters, seldom in sound."""
    return " ".join(lazy_pinyin(seen))
