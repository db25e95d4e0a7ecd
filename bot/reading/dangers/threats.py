"""What is feared or threatened and has not happened: 说今天要扒我衣服拍视频, 她知道了会打死我.

Any text is taken; nothing here raises."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.reading import danger
from bot.reading.normalise import normalise
from bot.reading.reports import asides

SEXUAL = "sexual"
_AHEAD = re.compile("(?<![不重只需主])要(?![求是命])|(?<!不)想(?!起)|威胁|扬言|吓唬|准备|打算|寻思")
_CLAUSE = re.compile("[^,，。;；!！?？\n]*$")
_IF_KNOWN = re.compile(
    "(?:知道|晓得|发现|听说|认出|听出)[^。!?;,]{0,6}?,?[^。!?;,]{0,3}?(?:得|会|肯定|准|非|还不)[^。!?;,]{0,5}?"
    "(?:打|揍|削|弄|整|杀|砍|收拾|报复|骂|饶)[^。!?;,]{0,3}?[我俺](?:一顿|的|了|不可)?"
)


def only_ahead(told: Iterable[str]) -> bool:
    """Whether harm of body and shame was told, and each time as something that somebody means to do (reports.md §3):
    摸了我 and 扒过我裤子 are none."""
    found = [_is_ahead(text, *span[:2]) for text in told for span in danger.read(text).evidence if span[2] == SEXUAL]
    return bool(found) and all(found)


def only_fears(text: str) -> bool:
    """Whether somebody fears a blow of who may hear of it, and nothing beside it tells of danger now: 她知道了会打
    死我, and not 她知道了会打死我 她在踹门."""
    rest, found = _IF_KNOWN.subn("", normalise(text).text)
    return bool(found) and danger.read(rest).level != "emergency" and asides.ALARM not in asides.kinds(rest)


def _is_ahead(text: str, start: int, end: int) -> bool:
    clause = _CLAUSE.search(text[:start])
    before = clause.group() if clause is not None else ""
    return _AHEAD.search(before + text[start:end]) is not None
