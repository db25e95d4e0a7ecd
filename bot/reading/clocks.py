"""A time of day as people say it, and how somebody wants to be called: what is typed while joining."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading.normalise import normalise

LONGEST_CALLED = 12
_NUMBERS = {one: number for number, one in enumerate("零一二三四五六七八九十")} | {"两": 2, "十一": 11, "十二": 12}
_CLOCK = re.compile(
    "(?P<part>凌晨|半夜|夜里|清早|早上|早晨|上午|中午|下午|傍晚|晚上|夜晚|晚)?"
    "(?P<hour>[01]?[0-9]|2[0-3]|十[一二]?|[一二两三四五六七八九])(?:点钟?|时|:)"
    "(?P<minute>[0-5]?[0-9]|半|(?:[零〇]?[一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?)(?=分|[^一-鿿]|$|报|打|接[警的电]|左右|多))?"
)
_AFTERNOON = frozenset({"下午", "傍晚", "晚上", "夜晚", "晚"})
_NIGHT = frozenset({"晚上", "夜晚", "晚"})
DAWN = 5
_CALL_ME = re.compile("^(?:(?:[你您])?就?(?:叫|喊|称呼)[我俺]|[我俺][是叫])|(?:吧|就行)$")
_CHANGE = re.compile("(?:改到?|换到?|挪到?|调到?)成?(?P<to>[^,，。!！?？]{2,16})")
_ASK_ON = re.compile(
    "(?P<to>(?:周|礼拜|星期)[一二三四五六日天](?:(?!别|不|甭|没)[^,，。!！?？]){0,8}?)(?:再|就|来|才)*(?:问|喊|叫|找|提醒)(?:我|俺)(?!的|时|那|一?声没)"
)
"""以后礼拜天问我 names the day without a word of changing it."""
_AS_WEEK = re.compile("礼拜天|星期天|周天|礼拜|星期")
NOON = 12


@dataclass(frozen=True)
class TimeOfDay:
    """An hour and minute; `sure`: which half of the day it is in was said, or follows from the hour."""

    hour: int
    minute: int
    sure: bool


def time_of_day(text: str) -> TimeOfDay | None:
    """The first time of day in a text: 下午3点20, 晚上八点半, 15:20. None: there is none."""
    hit = _CLOCK.search(normalise(text).text)
    if hit is None:
        return None
    said, part = hit["hour"], hit["part"]
    hour = int(said) if said.isdigit() else _NUMBERS[said]
    sure = part is not None or hour > NOON
    at_night = part in _NIGHT and hour < DAWN  # 昨晚一点四十 is no afternoon
    if hour < NOON and not at_night and (part in _AFTERNOON or (part == "中午" and hour < NOON - 1)):
        hour += NOON
    return TimeOfDay(hour, _minutes(hit["minute"] or "0"), sure)


def _minutes(said: str) -> int:
    if said.isdigit() and said.isascii():
        return int(said)
    if said == "半":
        return 30
    tens, ten, ones = said.strip("零〇").rpartition("十")
    return (10 * _NUMBERS.get(tens, 1) if ten else 0) + _NUMBERS.get(ones, 0)


def called(text: str) -> str | None:
    """The form of address in an answer such as 叫我小宇妈妈就行; None: too long for one, or it has numbers in it."""
    said = _CALL_ME.sub("", text.strip(" 。.!！~～“”\"'")).strip()
    return said if 0 < len(said) <= LONGEST_CALLED and not any(sign.isdigit() for sign in said) else None


def changed_to(text: str) -> str:
    """The new time somebody wants, with its weekday written as we write it: 改礼拜二中午喊我 → 周二中午喊我."""
    found = _CHANGE.search(text[:80]) or _ASK_ON.search(text[:80])
    if found is None:
        return ""
    return _AS_WEEK.sub(lambda word: "周日" if word.group().endswith("天") else "周", found["to"])


def is_one(hour: str) -> bool:
    """Whether this is an hour of the day, HH:MM."""
    return re.fullmatch("(?:[01][0-9]|2[0-3]):[0-5][0-9]", hour) is not None
