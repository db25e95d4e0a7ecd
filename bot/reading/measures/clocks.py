"""A time of day as people say it, and how somebody wants to be called: what is typed while joining."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading.normalise import normalise

LONGEST_CALLED = 12
LONGEST_ANY = 30
_NUMBERS = {one: number for number, one in enumerate("零一二三四五六七八九十")} | {"两": 2, "十一": 11, "十二": 12}
_CLOCK = re.compile(
    "(?P<part>凌晨|半夜|夜里|清早|早上|早晨|上午|中午|下午|傍晚|晚上|夜晚|晚)?"
    "(?P<hour>[01]?[0-9]|2[0-3]|十[一二]?|[一二两三四五六七八九])(?:点钟?|时|:)"
    "(?P<minute>[0-5]?[0-9]|半|(?:[二三四五]十[一二三四五六七八九]?|十[一二三四五六七八九])(?![个人名口岁块元天号])"
    "|(?:[零〇]?[一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?)(?=分|[^一-鿿]|$|报|打|接[警的电]|左右|多))?"
)
_AFTERNOON = frozenset({"下午", "傍晚", "晚上", "夜晚", "晚"})
_NIGHT = frozenset({"晚上", "夜晚", "晚"})
DAWN = 5
_CALL_ME = re.compile(
    "^(?:(?:[你您])?就?(?:叫|喊|称呼)[我俺]|[我俺][是叫]|叫(?=[㐀-鿿]{2,4}(?:吧|就行)?$))|(?:吧|就行)$"
)
_NAMES_HIMSELF = re.compile("^(?:(?:[你您])?就?(?:叫|喊|称呼)[我俺]|[我俺]叫)")
_CHANGE = re.compile("(?:改到?|换到?|挪到?|调到?)成?(?P<to>[^,，。!！?？]{2,16})")
_ASK_ON = re.compile(
    "(?P<to>(?:周|礼拜|星期)[一二三四五六日天](?:(?!别|不|甭|没)[^,，。!！?？]){0,8}?)(?:再|就|来|才)*(?:问|喊|叫|找|提醒)(?:我|俺)(?!的|时|那|一?声没)"
)
"""以后礼拜天问我 names the day without a word of changing it."""
_AS_WEEK = re.compile("礼拜天|星期天|周天|礼拜|星期")
NOON = 12
_ANY = re.compile(
    "(?:哪天|哪一天|别的|其他|其它|剩下|周几|礼拜几|星期几|几点|啥时候|什么时候|多咱|咋|怎么|哪个|啥|什么|全|天天|随时)[^,，。!！?？不没]{0,4}(?:行|中|成|可以|方便|有空|有时间|没事|好使|没问题|ok)"
    "|随便|随你|随您|看着(?:办|定|整|来|安排)|[你您](?:来)?(?:定|挑|选|安排|说了算)|听[你您]的|无所谓|^都(?:行|中|成|可以|有空|方便)"
)
"""周几都行, 你看着办吧: every day or hour suits."""
_WEEKDAY = "(?:周|礼拜|星期)[一二三四五六日天末]"
_NOT_THEN = re.compile(
    f"(?P<day>{_WEEKDAY})[^,，。!！?？周礼星]{{0,5}}(?:不行|不中|不成|不方便|没空|没时间|没工夫|有事|夜班|加班|上班|干活|忙)|"
    f"(?:除了|别|不要|不是)(?:在)?(?P<other>{_WEEKDAY})"
)
"""周四我上夜班: that day is not wished."""
_ANOTHER_DAY = re.compile(
    f"(?:别|不要)(?:在|老)?{_WEEKDAY}(?:再|就|来)?(?:发|问|提醒|喊|找)[^周礼星]{{0,6}}(?P<to>{_WEEKDAY}[^,，。!！?？]{{0,8}})"
)
"""别礼拜四发了 礼拜天晚上八点吧 names the new day without a word of changing it."""


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
    whole = text.strip(" 。.!！~～“”\"'")
    own = next((one for one in re.split("[ ,，。;；]+", whole) if _NAMES_HIMSELF.match(one)), None)
    said = _CALL_ME.sub("", own if own is not None and len(whole) > LONGEST_CALLED else whole).strip()
    return said if 0 < len(said) <= LONGEST_CALLED and not any(sign.isdigit() for sign in said) else None


def leaves_it_to_us(text: str) -> bool:
    """Whether somebody asked for a day or an hour says that any suits: 周几都行 你看着办吧."""
    return _ANY.search(text[:LONGEST_ANY]) is not None


def does_not_suit(text: str) -> frozenset[str]:
    """The weekdays somebody cannot, written as we write them: 周四我上夜班 → 周四."""
    return frozenset(our_weekdays(hit["day"] or hit["other"]) for hit in _NOT_THEN.finditer(text[:80]))


def changed_to(text: str) -> str:
    """The new time somebody wants, with its weekday written as we write it: 改礼拜二中午喊我 → 周二中午喊我; 周末 is
    Saturday. A day told beside it as the one that does not suit is left out."""
    said = _NOT_THEN.sub(" ", text[:80])
    found = _ANOTHER_DAY.search(text[:80]) or _CHANGE.search(said) or _ASK_ON.search(said)
    return our_weekdays(found["to"]) if found is not None else ""


def our_weekdays(said: str) -> str:
    """Weekdays as we write them."""
    weeks = _AS_WEEK.sub(lambda word: "周日" if word.group().endswith("天") else "周", said)
    return weeks.replace("周末", "周六")


def is_one(hour: str) -> bool:
    """Whether this is an hour of the day, HH:MM."""
    return re.fullmatch("(?:[01][0-9]|2[0-3]):[0-5][0-9]", hour) is not None
