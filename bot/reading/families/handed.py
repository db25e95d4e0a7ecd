"""What is said after a check was handed over: whether it may stand in the file, and whether a number was taken down.
Any text is taken; nothing here raises."""

from __future__ import annotations

import re

_TO_FILE = re.compile(
    "(?:那|就|行|好|中)*(?:可以|能|同意|(?P<no>不用|不要|先不|不|别))?放(?:进去|档案里?|上|着|里|吧|了|呗|啊|得了)*"
)
_NUMBER_KEPT = re.compile(
    "(?:电话|手机|号码?|号儿)[^,，。]{0,4}(?:记|留|存|写)(?:下|上|好|住)?(?:来)?(?:了)?(?:没|吗|么|不|吧|[?？])"
)


def agrees_to_keep(text: str) -> str | None:
    """yes or no to the question whether what was told may stand in the file: 可以放, 别放了; None: neither."""
    found = _TO_FILE.fullmatch(text.strip())
    return None if found is None else "no" if found["no"] else "yes"


def asks_for_number(text: str) -> bool:
    """Whether somebody asks if his number was taken down: 电话记下没."""
    return _NUMBER_KEPT.search(text) is not None
