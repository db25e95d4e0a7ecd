"""Whether somebody says that the police were told, at which station and when: 打完了，新站派出所，十点二十.

What is still to be done (这就报), asked (要报吗) or not done (没报警) is none. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.reading.measures.clocks import time_of_day
from bot.reading.normalise import normalise
from bot.reading.persons import people
from bot.reading.talk import purposes
from bot.reading.wordings import Wordings

_says = Wordings("police_told.txt")

LONGEST = 60
HALF_A_DAY, DAY = timedelta(hours=12), timedelta(days=1)
_WHY_OR_HOW = re.compile("咋(?!.*了)")
_STATION = re.compile("[一-鿿]{2,10}?(?:派出所|公安局|刑警队)")
_EDUCATION = re.compile("教育局|教育部门|教体局|教育办|教委|教育厅")
_TOLD_IT = re.compile("(?:打|报|说|告诉|联系|通知|汇报|讲|上报)(?:上)?(?:了|过|完|的)|接(?:的|电话的)")
_NOT_TOLD = re.compile("没(?:有|敢|来得及)?(?:打|报|说|告诉|联系|通知)|[要得]不[要得]|还没|打不通|没人接")
_NAMED_STATION = re.compile("(?:好像|应该|就)?是?(?P<station>[一-鿿]{2,8}(?:派出所|公安局))(?:吧|那边|的)?(?=[,，。 ])")
_CLOCK = re.compile(
    "(?:大概|大约|差不多|也就|下午|上午|早上|晚上|昨晚|昨天|今早|半夜|凌晨|刚才|得有)*[0-9一二两三四五六七八九十:：点零几分半刻多来]+(?:吧|左右|打的|报的|那会儿?|接的|的|了)*"
)
_OFFICER = re.compile(
    "(?:姓(?P<named>[一-鿿])的?|(?P<called>[一-鿿]))(?P<post>警官|民警|所长|教导员)|(?P<who>警官|民警)姓(?P<his>[一-鿿])"
)
_CLAUSES = re.compile("[^,，。.!！;；\n]+")
SHORT = 12
_ANY_STATION = ("", "派出所", "公安局", "刑警队")
_BEFORE_STATION = re.compile("^.*(?:联系了|通知了|告诉了|打完了|报完了|报了|打了|跟|向|给|到|去|在|是)(?=[一-鿿]{2,})")
_HALF_DAY = re.compile("凌晨|半夜|早上|上午|中午|下午|傍晚|晚上")
_DAY_NAMED = re.compile("(?:昨|前)(?:天|儿|日|晚|夜|个)")
_DAYS_AGO = {"昨": 1, "前": 2}
A_CLOCK_APART = timedelta(minutes=15)
"""So far the clock on a wall may be ahead of ours: 两点二十, told at 14:10, is no hour of the night."""
MORNING, EARLIER = 6, timedelta(hours=2)
"""Nobody names an hour before this one without calling it night; the police may have been called so long before we were
told."""


@dataclass(frozen=True)
class PoliceTold:
    """The station as it was named, whether a time of day was said with it, and who took it, as he is called."""

    station: str | None
    timed: bool
    officer: str = ""


def not_yet(text: str) -> bool:
    """Whether somebody says, and nothing else, that the police were not told: 还没报警, 派出所还不知道呢."""
    return _says.whole("not_yet", normalise(text[:LONGEST]).text.rstrip("。.!， ,"))


def read(text: str) -> PoliceTold | None:
    """What somebody says of having told the police; None: nothing of the kind."""
    plain = normalise(text[:200]).text
    # 打了 花园口派出所 让先别让孩子走: what they say is no doubt
    doubtful = _not_done(plain) and not _says("done_first", text.strip())
    if len(text) > LONGEST or not (_says("names_police", plain) and _says("says_so", plain)) or doubtful:
        return _bare(text)
    named = (_BEFORE_STATION.sub("", one.group()) for one in _STATION.finditer(text[:200]))
    station = next((one for one in named if one not in _ANY_STATION), None)
    return PoliceTold(station, time_of_day(text) is not None, _officer(text))


def education(text: str) -> bool:
    """Whether somebody says that the education department was told: 打听着了 教育局王科长 我两点零八打的."""
    told = purposes.kept(text, purposes.FACT, purposes.TALK) if len(text) <= LONGEST else ""  # 我是说教育局我报完了
    said = normalise(told).text
    return _EDUCATION.search(said) is not None and _TOLD_IT.search(said) is not None and _NOT_TOLD.search(said) is None


def without_station(text: str) -> str:
    """A text without the names of police stations: the village in 五棵树派出所 is no place of the matter."""
    return _STATION.sub("", text)


def _bare(text: str) -> PoliceTold | None:
    """A station and a time of day, and nothing else that is told: 弓棚派出所吧 两点零几分 号啥时候给我."""
    facts = purposes.facts(text) if len(text) <= LONGEST else ""
    named = _NAMED_STATION.match(facts)
    rest = facts[named.end() :].strip(" ,，。") if named else ""
    if named is None or len(rest) > SHORT or time_of_day(rest) is None or _CLOCK.fullmatch(rest) is None:
        return None
    return PoliceTold(named["station"], True)


def _officer(text: str) -> str:
    """王警官, 姓王的警官 → 王警官; "": nobody is named."""
    said = _OFFICER.search(text[:200])
    if said is None:
        return ""
    surname = said["named"] or said["called"] or said["his"]
    return f"{surname}{said['post'] or said['who']}" if people.begins_with_surname(f"{surname}某") else ""


def part(text: str) -> str:
    """Of a longer telling, the clauses that say so and name whom or when: 今早九点半已经报了响水派出所，回执号12.

    What was long ago, or what others say they did, is none of it. "": nothing of the kind.
    """
    clauses = list(_CLAUSES.finditer(text))
    first = next((at for at, one in enumerate(clauses) if _is_told_now(one.group())), None)
    if first is None:
        return ""
    last = first
    while first > 0 and _goes_with_it(clauses[first - 1].group()):
        first -= 1
    while last + 1 < len(clauses) and _goes_with_it(clauses[last + 1].group()):
        last += 1
    found = text[clauses[first].start() : clauses[last].end()].strip()
    names = _STATION.search(found) or time_of_day(found) or "110" in found
    return found if names else ""


def _is_told_now(clause: str) -> bool:
    return read(clause) is not None and not _says("not_now_or_others", clause)


def _not_done(text: str) -> bool:
    return _says("not_done", text) or _WHY_OR_HOW.search(text) is not None


def _goes_with_it(clause: str) -> bool:
    """Whether a neighbouring clause tells nothing but the station, the moment or the receipt number."""
    bare = len(clause) <= SHORT and time_of_day(clause) is not None
    return bare or (len(clause) <= LONGEST and _says("beside", clause) and not _not_done(clause))


def time_put_right(before: str, text: str) -> str | None:
    """What was told of the police with another time of day, where a short message puts that right (写错了，是三点半);
    None: it does not. `before`: the words it was told with."""
    told = read(before)
    if told is None or told.station is None or len(text) > SHORT * 2 or not _says("slip", text):
        return None
    new = _says.pattern("slip").split(text)[-1].strip(" ,，。.了是") if time_of_day(text) is not None else ""
    half = _HALF_DAY.search(before) if new and _HALF_DAY.search(new) is None else None
    return f"报了{told.station}，{half.group() if half else ''}{new}" if new else None


def moment(text: str, now: datetime, since: datetime | None = None) -> datetime:
    """The latest moment up to `now` (aware, local) that a time of day in the text can mean; `now` without one. The day
    is the one that is named (昨天). An hour of the night that is not called one is the afternoon's (昨天一点四十报的 is
    13:40), unless that lies before `since`, when the matter was told."""
    told = time_of_day(text)
    if told is None:
        return now
    named = _DAY_NAMED.search(normalise(text[:200]).text)
    day = now - DAY * (_DAYS_AGO[named.group()[0]] if named else 0)
    if named and named.group()[1] in "晚夜" and told.hour < MORNING:
        return (day + DAY).replace(hour=told.hour, minute=told.minute, second=0, microsecond=0)
    at = day.replace(hour=told.hour % 24, minute=told.minute, second=0, microsecond=0)
    later = at + HALF_A_DAY
    if not told.sure and named and at.hour < MORNING and (since is None or later >= since - EARLIER) and later <= now:
        return later
    if not told.sure and not named and at <= later <= now + A_CLOCK_APART:
        return min(later, now)
    earlier = later - DAY  # 一点半报的, said in the morning: yesterday's, if it was told by then
    by_day = not told.sure and not named and at.hour < MORNING and since is not None and earlier >= since - EARLIER
    if by_day:
        return earlier
    return at if at <= now or named else at - DAY
