"""Days of the moon's calendar as people name them: 二月二, 正月十五, 腊月二十三, 端午, 八月节, 龙抬头.

The months are those of 2015 to 2030: whoever names one means a day of the last years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

_FIRST_YEAR = 2015
_NEW_YEAR = date(2015, 2, 19)
"""The first day of the first month of the first year."""
_YEARS = (
    *(0x04BA0, 0x0A5B0, 0x15176, 0x052B0, 0x0A930, 0x07954, 0x06AA0, 0x0AD50),
    *(0x05B52, 0x04B60, 0x0A6E6, 0x0A4E0, 0x0D260, 0x0EA65, 0x0D530, 0x05AA0),
)
"""A year each: the last figure is the leap month, the bits above say from the first month on which have 30 days, the
first figure whether the leap month has."""
_FIGURES = {name: number for number, name in enumerate("一二三四五六七八九十", start=1)}
_MONTHS = {"正": 1, "冬": 11, "腊": 12, **_FIGURES, "十一": 11, "十二": 12}
_FEASTS = {
    "龙抬头": (2, 2),
    "元宵节": (1, 15),
    "端午": (5, 5),
    "五月节": (5, 5),
    "七夕": (7, 7),
    "中元节": (7, 15),
    "中秋": (8, 15),
    "八月节": (8, 15),
    "重阳": (9, 9),
    "腊八": (12, 8),
    "大年初一": (1, 1),
}
_DAY = "初[一二三四五六七八九十]|[一二]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十"
_NAMED = re.compile(
    "(?P<year>去年|前年|今年)?(?:是|的|农历|阴历){0,4}(?:(?P<feast>" + "|".join(_FEASTS) + ")"
    f"|(?P<month>正|冬|腊)月(?P<day>{_DAY})|(?:农历|阴历|旧历)(?P<m2>十[一二]?|[一二三四五六七八九])月(?P<d2>{_DAY})"
    f"|(?<![0-9一二三四五六七八九十])(?P<m3>十[一二]?|[一二三四五六七八九])月(?P<d3>初[一二三四五六七八九十])"
    "|(?P<dragon>二月二)(?![十0-9])(?:龙抬头)?)"
)
_BEFORE = re.compile(
    "(?:(?P<year>(?:19|20)?[0-9]{2}|[一二]?[零〇九]?[零〇一二三四五六七八九]{2})年的?)?(?P<sun>阳历|公历|新历)?的?$"
)
_BACK = {"今年": 0, "去年": 1, "前年": 2}
LONGEST_MONTH = 30


def feast_ahead(name: str, on: date) -> date | None:
    """The next feast of this name after a day: 腊八, 端午; None for what is none, or lies outside the years known."""
    month, number = _FEASTS.get(name, (0, 0))
    found = (day(year, month, number) for year in (on.year - 1, on.year, on.year + 1))
    return next((one for one in found if one is not None and one > on), None)


def day(year: int, month: int, number: int) -> date | None:
    """The day of a lunar month in the lunar year that begins in `year`; None outside the years known.

    The thirtieth of a month of 29 days is its last: 年三十 is said every year.
    """
    if not (_FIRST_YEAR <= year < _FIRST_YEAR + len(_YEARS)) or not 1 <= number <= LONGEST_MONTH:
        return None
    passed = sum(sum(_lengths(one)) for one in _YEARS[: year - _FIRST_YEAR])
    months = _lengths(_YEARS[year - _FIRST_YEAR])
    leap = _YEARS[year - _FIRST_YEAR] & 0xF
    index = month - 1 + (1 if leap and month > leap else 0)
    return _NEW_YEAR + timedelta(days=passed + sum(months[:index]) + min(number, months[index]) - 1)


def named(text: str, on: date) -> Iterator[tuple[date, int, int]]:
    """Each such day named, the last one not after `on` where no year is said, with the place of its words."""
    for hit in _NAMED.finditer(text):
        month, number = _month_and_day(hit)
        before = _BEFORE.search(text[: hit.start()])
        written = year(before["year"]) if before and before["year"] else None
        years = [on.year - back for back in ([_BACK[hit["year"]]] if hit["year"] else (0, 1, 2))]
        solar = before is not None and before["sun"] is not None
        days = (
            _solar(year, month, number) if solar else day(year, month, number)
            for year in ([written] if written else years)
        )
        found = next((one for one in days if one is not None and one <= on), None)
        if found is not None:
            yield found, before.start() if before else hit.start(), hit.end()


def year(said: str) -> int:
    """2017 of 17, 一七 or 二〇一七."""
    value = int("".join(str(_FIGURES.get(one, 0)) if not one.isdigit() else one for one in said))
    return value + 2000 if value < 100 else value


def _solar(year: int, month: int, number: int) -> date | None:
    """Who says 阳历七月初八 means the eighth of July."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _month_and_day(hit: re.Match[str]) -> tuple[int, int]:
    if hit["feast"]:
        return _FEASTS[hit["feast"]]
    if hit["dragon"]:
        return 2, 2
    month, said = next((hit[m], hit[d]) for m, d in (("month", "day"), ("m2", "d2"), ("m3", "d3")) if hit[m])
    return _MONTHS[month], _number(said)


def _number(said: str) -> int:
    """初八 8, 十五 15, 廿三 23, 三十 30."""
    if said.startswith("初"):
        return _FIGURES[said[1:]]
    tens, _, ones = said.replace("廿", "二十").partition("十")
    return 10 * (_FIGURES[tens] if tens else 1) + (_FIGURES[ones] if ones else 0)


def _lengths(year: int) -> list[int]:
    """The days of each month, the leap month behind its own."""
    months = [30 if year & (0x8000 >> at) else 29 for at in range(12)]
    if leap := year & 0xF:
        months.insert(leap, 30 if year & 0x10000 else 29)
    return months
