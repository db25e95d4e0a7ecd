"""A day to come, as somebody names it: 明天, 周五, 下周一, 三天后, 12月3号. Any text is taken; nothing here raises."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.reading.measures import quantities
from bot.reading.normalise import normalise

_AHEAD = {"明天": 1, "明儿": 1, "后天": 2, "后儿": 2, "大后天": 3}
_IN_DAYS = re.compile(
    "(?<![0-9])(?P<count>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})(?P<unit>天|日|周|星期|礼拜|个月)(?:以?后|之后)?"
)
_WEEKDAY = re.compile("(?P<next>下{0,2})(?:个)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])")
_DATE = re.compile("(?<![0-9])(?:(?P<month>[0-9]{1,2})(?:月|[-/.]))?(?P<day>[0-9]{1,2})(?![0-9])[号日]?")
_WEEKDAYS = {name: number for number, name in enumerate("一二三四五六日")} | {"天": 6}


def day(text: str, on: date) -> date | None:
    """A day to come that somebody names: 明天, 周五, 下周一, 三天后, 两周, 12月3号; None when none is named."""
    plain = normalise(text[:60]).text
    for word, ahead in sorted(_AHEAD.items(), key=lambda item: -len(item[0])):
        if word in plain:
            return on + timedelta(days=ahead)
    if hit := _WEEKDAY.search(plain):
        monday = on - timedelta(days=on.weekday())
        found = monday + timedelta(days=_WEEKDAYS[hit["day"]], weeks=len(hit["next"]))
        return found if hit["next"] or found > on else found + timedelta(weeks=1)
    if hit := _IN_DAYS.search(plain):
        count = quantities.number(hit["count"]) or 0
        return on + timedelta(days=count * {"天": 1, "日": 1, "个月": 30}.get(hit["unit"], 7))
    return _date_ahead(plain, on)


def _date_ahead(plain: str, on: date) -> date | None:
    hit = _DATE.search(plain)
    if hit is None:
        return None
    month = int(hit["month"]) if hit["month"] else on.month
    for later in range(13):
        total = on.month - 1 + later
        year, number = on.year + total // 12, total % 12 + 1
        if hit["month"] and number != month:
            continue
        try:
            found = date(year, number, int(hit["day"]))
        except ValueError:
            continue
        if found > on:
            return found
    return None
