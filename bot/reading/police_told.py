"""Whether somebody says that the police were told, at which station and when: 打完了，新站派出所，十点二十.

What is still to be done (这就报), asked (要报吗) or not done (没报警) is none. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.reading.clocks import time_of_day
from bot.reading.normalise import normalise

LONGEST = 60
HALF_A_DAY, DAY = timedelta(hours=12), timedelta(days=1)
_POLICE = "派出所|公安|警察|民警|刑警|接警|报警|报案|(?<![0-9])110(?![0-9])"
_DONE = (
    f"(?:打|报|拨|叫)(?:了|完了?|过了?|通了?|好了)(?!几下|[他她我]|孩子|人)|(?:打|报)的(?:{_POLICE})|报(?:了|完|过)+(?:警|案)|报(?:警|案)[了完过]|(?:警|案)报了"
    f"|(?:{_POLICE})[^,。!?;]{{0,6}}(?:也|都|已经)(?:打|报|叫)了?|(?:打|报)的(?=$|[,。!])"
    "|(?:警察|民警|派出所)(?:的人)?(?:说|已经|也|都|就)*(?:在路上|来了|到了|过来了|接了|受理了)|接(?:电话|警)的|接的警|出警了|出了警|(?:打|拨)(?:了)?1(?:10|19|20)(?:了|完|过)"
    "|(?:派出所|公安局|刑警队)[^。!?;]{0,14}接的|(?:联系|通知|告诉)(?:了|过|上了?)(?:[^,。!?;]{0,8})(?:派出所|公安|民警|警察)|(?:跟|和|给|向)[^,。!?;]{0,8}(?:派出所|公安|民警|警察)[^,。!?;]{0,2}(?:说了|报了|联系了|讲了|反映了)"
)
_SAYS_SO = re.compile(_DONE)
_NAMES_POLICE = re.compile(_POLICE)
_NOT_DONE = re.compile(
    "[吗么?？]|(?:报|打)(?:警|案|110|电话)?了?没(?!事)|没呢|还没|先跟|行不行|没人接|打不通|没打通|占线|没(?:有)?(?:报|打|跟|去)|(?:不|别|没)(?:敢|想|能|用|要|让)|要不要|用不用|该不该|怎么|咋(?!.*了)|(?:这就|马上|一会儿?|待会儿?|等下|准备|打算|想|得)去?(?:报|打)"
)
_NOT_YET = re.compile(
    "(?:那|可|我|俺|我们|俺们|学校|家里|村里|谁|到现在|现在|目前|都|也|就|还|一直|压根|根本|,)*"
    "(?:(?:没|没有|未)(?:敢|去|来得及|人|想着?|往上|跟|向|给|和|让)*"
    f"(?:报(?:过|上)?(?:警|案)|打(?:过)?110|(?:告诉|通知|联系)(?:过)?(?:{_POLICE})|(?:{_POLICE})(?:说|报|讲|反映)(?:过)?)"
    f"|(?:{_POLICE})(?:那边|的)?(?:都|也|还|压根|就)*(?:没|没有|不)(?:报|打|知道|说|告诉|通知)(?:过)?)"
    "(?:呢|啊|呀|的|了|,)*"
)
_DONE_FIRST = re.compile("(?:打|报)(?:了|完了?|通了?|过了?)(?=[ ,，。])")
_STATION = re.compile("[一-鿿]{2,10}?(?:派出所|公安局|刑警队)")
_BESIDE = re.compile("派出所|公安局|回执|接警|民警")
_NOT_NOW_OR_OTHERS = re.compile(
    "(?:[他她]|家长|[爸妈爷奶]|校长|领导|邻居|听|据)说|去年|前年|上次|上回|上个?月|以前|之前|那[次回]|早先|[几两三四五六七八九十0-9]+[次回]"
)
_CLAUSES = re.compile("[^,，。.!！;；\n]+")
SHORT = 12
_ANY_STATION = ("", "派出所", "公安局", "刑警队")
_BEFORE_STATION = re.compile("^.*(?:联系了|通知了|告诉了|打完了|报完了|报了|打了|跟|向|给|到|去|在|是)(?=[一-鿿]{2,})")
_HALF_DAY = re.compile("凌晨|半夜|早上|上午|中午|下午|傍晚|晚上")
_DAY_NAMED = re.compile("(?:昨|前)(?:天|儿|日|晚|夜|个)")
_DAYS_AGO = {"昨": 1, "前": 2}
MORNING, EARLIER = 6, timedelta(hours=2)
"""Nobody names an hour before this one without calling it night; the police may have been called so long before we were
told."""
_SLIP = re.compile("(?:写|说|打|记|弄)错|不对|不是|应该是")


@dataclass(frozen=True)
class PoliceTold:
    """The station as it was named, and whether a time of day was said with it."""

    station: str | None
    timed: bool


def not_yet(text: str) -> bool:
    """Whether somebody says, and nothing else, that the police were not told: 还没报警, 派出所还不知道呢."""
    return _NOT_YET.fullmatch(normalise(text[:LONGEST]).text.rstrip("。.!， ,")) is not None


def read(text: str) -> PoliceTold | None:
    """What somebody says of having told the police; None: nothing of the kind."""
    plain = normalise(text[:200]).text
    done = _DONE_FIRST.match(text.strip()) is not None  # 打了 花园口派出所 让先别让孩子走: what they say is no doubt
    doubtful = _NOT_DONE.search(plain) is not None and not done
    if len(text) > LONGEST or not (_NAMES_POLICE.search(plain) and _SAYS_SO.search(plain)) or doubtful:
        return None
    named = (_BEFORE_STATION.sub("", one.group()) for one in _STATION.finditer(text[:200]))
    station = next((one for one in named if one not in _ANY_STATION), None)
    return PoliceTold(station, time_of_day(text) is not None)


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
    return read(clause) is not None and _NOT_NOW_OR_OTHERS.search(clause) is None


def _goes_with_it(clause: str) -> bool:
    """Whether a neighbouring clause tells nothing but the station, the moment or the receipt number."""
    bare = len(clause) <= SHORT and time_of_day(clause) is not None
    return bare or (len(clause) <= LONGEST and _BESIDE.search(clause) is not None and not _NOT_DONE.search(clause))


def time_put_right(before: str, text: str) -> str | None:
    """What was told of the police with another time of day, where a short message puts that right (写错了，是三点半);
    None: it does not. `before`: the words it was told with."""
    told = read(before)
    if told is None or told.station is None or len(text) > SHORT * 2 or not _SLIP.search(text):
        return None
    new = _SLIP.split(text)[-1].strip(" ,，。.了是") if time_of_day(text) is not None else ""
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
    if not told.sure and not named and at <= later <= now:
        return later
    earlier = later - DAY  # 一点半报的, said in the morning: yesterday's, if it was told by then
    by_day = not told.sure and not named and at.hour < MORNING and since is not None and earlier >= since - EARLIER
    if by_day:
        return earlier
    return at if at <= now or named else at - DAY
