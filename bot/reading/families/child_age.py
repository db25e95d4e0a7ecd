"""How old a child is told to be: a bare number (孩子八岁, 闺女十二), and whether that age is reached already."""

from __future__ import annotations

import re

from bot.reading.measures import quantities
from bot.reading.measures.quantities import Age

FAR = 16
"""Characters before an age that may say that it is not reached yet."""
OLDEST = 20
_BARE = re.compile(
    f"(?<![初高老大第属班上前年])(?:今年|才|都|有|刚)*(?P<n>(?![十百千万亿]*万){quantities.NUMBER})(?:岁|周岁)?"
    r"(?=[,。!?;\n]|了(?![年个])|啦|嘞|$|我|他|她|爸|妈|跟|在|上[小初高幼]|读|念)"
)
_NEARLY = re.compile("(?:快|将近|不到|差不多|大概|虚)$")
_TO_COME = re.compile(
    "(?:下个?(?:月|周|礼拜|星期)|明年|后年|年底|年后|马上|眼看|眼瞅着?|就要|快要|快(?=满|到)|再过|再有"
    "|过(?:几天|两天|俩月|完年|了年|年)|还差|还有|差)[^,。!?;]{0,9}$"
)
_OF_KIN = tuple("叔舅姨姑伯婶爷奶哥姐嫂妈娘")
"""What makes the number before it a rank: 他二叔."""
_ENGLISH_NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
)
_ENGLISH = re.compile(
    rf"(?P<n>[0-9]{{1,2}}|{'|'.join(_ENGLISH_NUMBERS[1:])})(?:[ -]?years?(?:[ -]old)?| ?yo)?"
    r"(?!\w)(?! ?(?:month|year))"
)
YEAR_OF_BIRTH = re.compile("[0-9]{4}|[零〇一二三四五六七八九]{4}|(?:[0-9]{2}|[零〇一二][零〇一二三四五六七八九])年")
"""2017, 二〇一七, 17年, 一七年."""


def bare(said: str, text: str, at: int) -> Age | None:
    """The age told by a number alone in `said`, a piece about the child that stands at `at` of the plain `text`.

    Its place is that in `text`. None: no number there is an age.
    """
    hit = _BARE.search(said) or _ENGLISH.search(said)
    if hit is None or text.startswith(_OF_KIN, at + hit.end("n")):
        return None
    told = hit["n"]
    years = _ENGLISH_NUMBERS.index(told) if told in _ENGLISH_NUMBERS else quantities.number(told)
    if years is None or years > OLDEST:
        return None
    start = at + hit.start("n")
    certain = _NEARLY.search(said[: hit.start("n")]) is None and reached(text, start)
    return Age(years, start, at + hit.end("n"), certain=certain)


def reached(text: str, at: int) -> bool:
    """Whether nothing before an age at `at` says that it is still to come: 下礼拜过生日就满十六 is fifteen today."""
    return _TO_COME.search(text[max(0, at - FAR) : at]) is None
