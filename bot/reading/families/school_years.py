"""About how old a child is by the school year that is told: 念四年级 → 9 to 11.

School begins at six or seven, and some children repeat a year: three ages are possible, and no more is read in it.
Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_YEARS: Mapping[str, int] = {
    **{f"{number}年级": year for year, number in enumerate("一二三四五六七八九", start=1)},
    **{f"{year}年级": year for year in range(1, 10)},
    **{f"初{number}": year for year, number in enumerate("一二三", start=7)},
    **{f"高{number}": year for year, number in enumerate("一二三", start=10)},
}
_KINDERGARTEN: Mapping[str, tuple[int, int]] = {
    "小班": (3, 4),
    "中班": (4, 5),
    "大班": (5, 6),
    "学前班": (5, 7),
    "幼儿园": (3, 6),
}
_YEAR = re.compile(
    "(?P<soon>(?:该|要|快|准备|明年|下学期|开学|秋天|暑假后)[^,。!?;]{0,3}(?:上|升|念|"
    "读)?)?(?P<year>[一二三四五六七八九1-9]年级|[初高][一二三])(?!班)"
)
_CLASS = re.compile("学前班|幼儿园[的里上]?(?P<class>[小中大]班)|(?:上|念|在|读)(?P<alone>[小中大]班)|幼儿园")
_OVER = re.compile("毕业|念完|没念|辍学|不念|退学|那年|那会儿?|那时候|念到|读到|文化")
FIRST, LAST = 5, 7
"""Years added to the school year for the youngest and the oldest of it."""


def ages(text: str) -> tuple[int, int] | None:
    """The youngest and the oldest a child in this school year is; None: none is told, or it is over."""
    if _OVER.search(text):
        return None
    if (hit := _YEAR.search(text)) is not None:
        year = _YEARS[hit["year"]]
        return year + FIRST - (1 if hit["soon"] else 0), year + LAST
    small = _CLASS.search(text)
    if small is None:
        return None
    return _KINDERGARTEN[small["class"] or small["alone"] or small.group()]
