"""The day somebody left, told or put right by the moon's or the sun's calendar: 我说的六月是阴历 阳历七月十九.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from bot.reading.measures import quantities
from bot.reading.normalise import normalise
from bot.reading.persons import kin

_CALENDAR = re.compile("农历|阴历|旧历|阳历|公历|新历")
_SUN, _MOON = re.compile("(?<!不是)(?:阳历|公历|新历)[^,，。]*"), re.compile("(?<!不是)(?:农历|阴历|旧历)[^,，。]*")
_NO_WORD_FOR_DAY = re.compile(
    "((?:[一二三四五六七八九十]{1,2}|[0-9]{1,2})月(?:[一二三]?十[一二三四五六七八九]?|[0-9]{1,2}))(?![0-9号日])"
)
"""阳历七月十九: a day of the sun's calendar though nobody says 号."""
_NOT_OF_LEAVING = re.compile("生日|生的|出生|岁|回来|回家|没了|去世|过世|死|病|判")
AWAY = ("_departure_date", "_away_months", "_away_status", "_work_place")


def corrected(
    text: str, facts: Mapping[str, str | int], on: date, speaker: str | None = None, last: str | None = None
) -> dict[str, str | int]:
    """The day of leaving told with its calendar, of whoever is named, speaks, or was asked about last; empty: none, or
    of nobody who is known to be away. What is said by the sun counts before what is said by the moon."""
    said = normalise(text[:120]).text
    if _CALENDAR.search(said) is None or _NOT_OF_LEAVING.search(said):
        return {}
    sun, moon = _SUN.search(said), _MOON.search(said)
    days = _days(_NO_WORD_FOR_DAY.sub(r"\1号", sun.group()), on) if sun else []
    days = days or (_days(moon.group(), on) if moon else [])
    parent = _whose(said, facts, speaker, last)
    return {f"{parent}_departure_date": days[-1].isoformat()} if days and parent else {}


def _days(said: str, on: date) -> list[date]:
    return [one.first for one in quantities.days(said, on) if one.first == one.last and one.certain]


def _whose(said: str, facts: Mapping[str, str | int], speaker: str | None, last: str | None) -> str | None:
    """Who left: who is named, else who speaks, else who was asked about; of them whoever is known to be away."""
    away = {one for one in (kin.FATHER, kin.MOTHER) if any(f"{one}{kind}" in facts for kind in AWAY)}
    named = [one.who for one in kin.mentions(said, speaker) if one.who in away]
    about = (last or "").partition("_")[0]
    likely = [*named, *([speaker] if speaker in away and re.search("[我俺]", said) else []), about, speaker]
    found = next((one for one in likely if one in away), None)
    return found or (next(iter(away)) if len(away) == 1 else None)
