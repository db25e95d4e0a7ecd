"""The one figure that is put into a rule: how old a child is, how long somebody is away, how often something is done.

A rule with a bound (不满16周岁, 6个月以上, 至少每周一次) is answered for that figure (那五个月呢). More than one figure
is none. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

from bot.reading.measures import quantities
from bot.reading.normalise import normalise

LONGEST = 40
DAYS_OF_A_MONTH, OLDEST = 30, 30
_NUMBER = "[0-9]{1,2}|[一二两三四五六七八九十]{1,3}"
_AGE = re.compile(
    f"(?<![0-9一二两三四五六七八九十第初高])(?P<years>{_NUMBER})(?:周?岁|虚岁)(?:半|多)?"
    f"|(?:^|[都才刚满快过是有了子娃他她 ])(?P<bare>{_NUMBER})(?:半|多)?(?:的|了|呢|[吗啊呀]|$)"
)
_NOT_YET = re.compile("(?:快|不到|没到|没满|不满|差|下个?月|下周|再有|眼瞅|马上|过[俩几两]个?月)[^,。]{0,6}$")
_AT_HOME = re.compile("回来|回家|回去|在家|到家|探亲|休假|歇|住|待了|呆了")
_OFTEN = re.compile("[一两二三四五六七八九十0-9几半](?:次|回|趟|个(?:电话|视频))|打[一个]|见一?面")
_ONCE = re.compile("(?:一|1)(?:次|回|趟|个(?:电话|视频))|打(?!几|两|三)|见一?面")


def years(text: str) -> float | None:
    """How old somebody is said to be: 十五岁半的呢 (15.5), 都十七了 (17); 快十六了 is not yet 16 (15.9)."""
    said = normalise(text[: LONGEST + 1]).text
    found = list(_AGE.finditer(said)) if len(text) <= LONGEST else []
    if len(found) != 1:
        return None
    hit = found[0]
    told = quantities.number(hit["years"] or hit["bare"])
    if told is None or not 0 < told <= OLDEST:
        return None
    return told - 0.1 if _NOT_YET.search(said[: hit.start("years" if hit["years"] else "bare")]) else float(told)


def months(text: str) -> float | None:
    """How long in months: 走了八个月了, 五个半月呢; 快半年 is not yet six."""
    told = _length(text)
    return told / DAYS_OF_A_MONTH if told is not None else None


def months_away(text: str) -> float | None:
    """How long in months somebody is away; how long he was home again (过年回来住一个月) says nothing of it."""
    return None if _AT_HOME.search(text) else months(text)


def days_between(text: str) -> float | None:
    """How many days lie between what is done every so often: 一个月打一回 (30), 一周两次 (3.5)."""
    said = normalise(text[: LONGEST + 1]).text
    told = _length(text)
    if told is None or _OFTEN.search(said) is None:
        return None
    return told if _ONCE.search(said) else told / 2


def _length(text: str) -> float | None:
    """The one length of time that is told, in days."""
    said = normalise(text[: LONGEST + 1]).text
    told = quantities.durations(said) if len(text) <= LONGEST else ()
    if len(told) != 1 or not (told[0].months or told[0].days):
        return None
    whole = told[0].months * DAYS_OF_A_MONTH + told[0].days
    words = said[max(0, told[0].start - 3) : told[0].end]
    return whole - 1.0 if not told[0].certain and re.search("快|不到|将近|差|没到|不满", words) else float(whole)
