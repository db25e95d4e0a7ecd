"""How long somebody is away and where: months, days of leaving, coming home for a visit or to stay, the place of work.

Pure readers of one stretch of plain text; `on` is the day of speaking. Near six months nothing is guessed: the day of
leaving is worth asking (`Length.precise`).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from bot.reading.lexicon import lines
from bot.reading.measures import quantities
from bot.reading.measures.quantities import Duration
from bot.reading.where import gazetteer, places

NEAR = (5, 6)
"""Told months at which a few days more or less decide (JL-2.1.2)."""
TEN_DAYS = 10
"""The beginning, the middle or the end of a month."""
_UPWARDS = re.compile("多|出头|以上|来")
_EXACTLY = re.compile("(?:刚满|整整?|正好|刚好|足足|满|恰好)$")
_SOME_YEARS = re.compile("好几年")
_SHORT_OF = re.compile("快|不到|将近|小半|差几天|没到|不满")
_SMALL = re.compile("(?<![大从])小$")
"""小一年: not quite a year."""
_ABOUT = re.compile("左右|上下|差不多|大概|大约|约")
_ENGLISH = re.compile(
    r"(?P<n>[0-9]{1,2}|a|an|half a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r" (?P<unit>months?|years?)(?! old)"
)
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile("(?<![0-9])(?P<year>20[0-9]{2})[- ](?P<month>[0-9]{1,2})[- ](?P<day>[0-9]{1,2})(?![0-9])")
_ENGLISH_DATE = re.compile(
    r"(?<![a-z])(?:(?P<before>[0-9]{1,2})(?:st|nd|rd|th)? (?:of )?)?"
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|(?:(?<=in )|(?<=since )|(?<=last ))may|may(?= ?[0-9])"
    r"|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])"
    r"(?: (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9]))?,? ?(?P<year>20[0-9]{2})?"
)
_SPOKEN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ENGLISH_NUMBERS = {word: n for n, word in enumerate(_SPOKEN)}
_NOT_BACK = re.compile(
    "(?:没|没有|再没|从没|再也没|一直没|都没|未)(?:有)?(?:咋|怎么|再)?(?:回过?|着过?家|回来过?|回过家)"
    "|never came (?:back|home)"
)
_CAME = re.compile("(?<!不)(?<!没)(?:回来|回家)(?:了?(?:看|待|呆|住|瞅|过(?!年)|[一两三几四五六七]))")
"""今年过年没回 端午回来住了四天: home once all the same."""
_BACK = re.compile(
    "回来|回家|回过|回去(?:待|呆|住|过|看|了?(?:[一两三四五六七八九十几]|[0-9]+)[天宿趟])"
    "|(?:过年|春节|国庆|五一|中秋|放假)"
    "[^,。!?;]{0,3}回去|回趟|回老家|探亲|休假|在家(?:住|待|呆)|came (?:back|home)|visit"
)
_SHORT = re.compile(
    "过年|春节|几天|[两三几俩][天宿]|一[趟次回]|[两三几俩][趟次回]|放假|国庆|十一|中秋|五一|探亲|休假"
    "|偶尔|看看|看孩子|待几|呆几|周末|节|visit|holiday|few days"
)
_LONG = re.compile("陪读|长住|住了一段|待了一段|呆了一段|一段时间|住了一阵|待了一阵|伺候月子|坐月子")
_LEFT_AGAIN = re.compile("(?:又|再次?|重新|后来)(?:走|出去|外出|去|出门|上)")
_NOT_THERE = re.compile("(?:不|没)(?:是)?(?:在|去|上)(?!家)[^,。!?; 在去上打干]{1,6}(?=$|[,。!?; ]|了|在|去|是)")
"""不在韩国 在延吉打工: where somebody is told not to be."""
_OF_HOME = re.compile("^[^,]{0,4}(?:家在|家是|老家|户口|户籍|家住)")
_VISIT = re.compile("中间|八月节|五月节|端午|清明|元旦|过完?年|春节|正月|国庆|十一|五一|中秋|放假|回来|回家|回去|期间")
_YEAR_OF_VISIT = re.compile("(?:今年|去年|前年)的?(?:过年|春节|十一|五一|中秋|端午|国庆)(?=(?:也|都|就)?没)")
_DISTRICT = re.compile("(?:长春|吉林|四平|辽源|通化|白山|松原|白城)?市?[一-鿿]{2}区")
LIVES = re.compile("住(?!院|校|宿)|户口|户籍")
"""Words of where somebody lives, or is registered."""
_REGISTERED = re.compile("(?:户口|户籍)(?:也|都|还)?(?:是|在|落在|搁)(?P<where>[^,，。;；!！?？ 的]{2,10})")
_SINCE_PARTED = re.compile("(?:离婚|离异|离了|分开|分手)(?:都|有|了|快|得|能|已经|也)*$")
_PLACE = re.compile(
    "(?:在|去|到|上|搁|往|于|(?<!回)来的)(?P<where>[^,。!?;\n在去到搁]{1,10}?)(?=打|上班|务工|干|工作|做|当|开|挣|赚|工地|那|这|待|呆|住|出海|[0-9一二两三四五六七八九十半俩仨]+个?(?:多|半)?[年月天]|都|已经|了|,|。|!|;|\n|$|呢|的)"
)


@dataclass(frozen=True)
class Length:
    """A told time: whole months (None: too vague), whether that is sure, whether the day of leaving is worth asking."""

    months: int | None
    start: int
    end: int
    sure: bool = True
    precise: bool = False


_NOW_AND_THEN = re.compile(
    "十天半(?:拉|个)*月|三天两头|三五天|隔三差五"
    "|(?<![了有快多够])(?:一|半|两|三|几|十来|十)(?:年|个月|月|个?礼拜|个?星期|周|天)(?=(?:就|才|也|都|能|最多|顶多)*(?:打|来|回|见|视频|通)[^,。!?;]{0,3}[一两](?:回|次|趟|个|面))"
)


_GOING = re.compile(
    "(?:走|出去|出来|出门|外出|离家|离开|去|来|打工|干活)(?:了|的|才|刚|都|有|也|得|快|就|能|到现在|[ ,])*$"
)


def of_going(said: str, told: Iterable[Length]) -> tuple[Length, ...]:
    """Those of the told lengths that may be how long somebody is away. Less than a month is it only where it stands by
    the going itself (走了三天): 待了三天 says how long a visit was."""
    return tuple(one for one in told if one.months != 0 or _GOING.search(said[: one.start]))


def lengths(said: str) -> tuple[Length, ...]:
    """Every length of time of at least a day, in order; 十天半月回来一趟 says how often, not how long."""
    said = _NOW_AND_THEN.sub(lambda often: "○" * len(often.group()), said)
    found = [_length(said, one) for one in quantities.durations(said) if one.months or one.days or not one.hours]
    found += [_english(hit) for hit in _ENGLISH.finditer(said)]
    return tuple(sorted(found, key=lambda one: one.start))


def _length(said: str, one: Duration) -> Length:
    words, before = said[one.start : one.end], said[max(0, one.start - 4) : one.start]
    after = said[one.end : one.end + 2]
    months = one.months + one.days // 30
    if _SOME_YEARS.fullmatch(words):
        return Length(24, one.start, one.end)
    if not (one.months or one.days):
        return Length(None, one.start, one.end, sure=False)
    exact = one.certain and not _ABOUT.search(after + before) and not _UPWARDS.search(after)
    if exact and not _SHORT_OF.search(words + before[-2:]) and not _SMALL.search(before):
        near = months in NEAR and not _EXACTLY.search(before)
        return Length(months, one.start, one.end, precise=near)
    if words.startswith("大半"):
        return Length(months + 1, one.start, one.end)
    if _SHORT_OF.search(words + before[-2:]) or _SMALL.search(before):
        months = max(0, months - 1)
        sure = "不到" not in words + before or months < NEAR[1]
        return Length(months, one.start, one.end, sure=sure, precise=months in NEAR)
    about = _ABOUT.search(words + after + before) is not None
    low = months - 1 if about and months > 1 else months
    surely_more = low >= NEAR[1] and not about
    return Length(low, one.start, one.end, precise=not surely_more and (low in NEAR or (about and months in NEAR)))


def _english(hit: re.Match[str]) -> Length:
    said = hit["n"]
    n = 0.5 if said == "half a" else 1 if said in ("a", "an") else _ENGLISH_NUMBERS.get(said) or int(said)
    months = int(n * (12 if hit["unit"].startswith("year") else 1))
    return Length(months, *hit.span(), precise=months in NEAR)


def _english_day(said: str, on: date) -> tuple[date | None, Length | None] | None:
    """2026-06-20, june 20, 20 june 2025; a month alone is rough. The last one that is over, where no year is told."""
    iso = _ISO.search(said)
    hit = iso or _ENGLISH_DATE.search(said)
    if hit is None:
        return None
    month = int(hit["month"]) if iso else _MONTH_NAMES.index(hit["month"][:3]) + 1
    day = hit["day"] or (None if iso else hit["before"])
    try:
        told = date(int(hit["year"] or on.year), month, int(day or 1))
        if not hit["year"] and told > on:
            told = told.replace(year=on.year - 1)
    except ValueError:
        return None
    if day:
        return told, Length(None, *hit.span())
    months = months_between(told, on)
    return None, Length(max(0, months - 1), *hit.span(), precise=bool({months, months - 1} & set(NEAR)))


def months_between(since: date, on: date) -> int:
    """Whole calendar months from a day to another, the month end clamped; 0 for a later day (MFD-202)."""
    months = (on.year - since.year) * 12 + on.month - since.month
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    day = date(year, month + 1, min(since.day, calendar.monthrange(year, month + 1)[1]))
    return max(0, months - (day > on))


_FEAST = re.compile(
    "(?P<year>今年|去年|前年|大前年)(?:的|个)?(?P<feast>元旦|正月|过完年|过年|春节|清明|五一|端午|中秋|八月节|国庆|十一(?![月号日个]))"
)
_YEARS_AGO = {"今年": 0, "去年": 1, "前年": 2, "大前年": 3}
_FEASTS = {
    **{"元旦": ((1, 1), (1, 3)), "清明": ((4, 3), (4, 6)), "五一": ((5, 1), (5, 5)), "端午": ((5, 28), (6, 25))},
    **dict.fromkeys(("正月", "过完年", "过年", "春节"), ((1, 21), (3, 20))),
    **dict.fromkeys(("中秋", "八月节"), ((9, 7), (10, 8))),
    **dict.fromkeys(("国庆", "十一"), ((10, 1), (10, 7))),
}
"""The days between which each feast lies, by the sun's calendar, whatever the year."""


def _feast(said: str, on: date) -> tuple[date | None, Length | None] | None:
    """去年国庆走的: not some day of last year."""
    hit = _FEAST.search(said)
    if hit is None:
        return None
    year = on.year - _YEARS_AGO[hit["year"]]
    first, last = (date(year, *day) for day in _FEASTS[hit["feast"]])
    return None if first > on else (None, _between(first, last, on, hit))


def _between(first: date, last: date, on: date, hit: re.Match[str]) -> Length:
    """The months since some day between two days, the fewer; to be asked where six of them may be over or not."""
    most, least = months_between(first, on), months_between(min(last, on), on)
    least = max(least, 1) if most else least  # 秋收完走的, a month later: nobody is gone for no month
    open_side = most >= NEAR[1] > least
    return Length(least, *hit.span(), sure=not open_side, precise=open_side or least in NEAR)


_FIELDWORK = re.compile(
    "(?P<year>今年|去年|前年|大前年)?(?:的|个)?(?P<season>(?<![0-9一二三四五六七八九十两几半多好])年前|年根|麦收|割麦子?|收麦子?"
    "|秋收|收秋|割完?地|收完?(?:地|秋|苞米)|掰完?苞米|[刨起]完?(?:地瓜|土豆|苞米)|打场|春耕|种(?:完)?地|插(?:完)?秧|栽(?:完)?秧|铲(?:完)?地|挂锄|打春|立春|立夏|立秋|入秋|立冬|入冬|上冻|入伏|三伏"
    "|(?:五一|六一|十一)(?=(?:节|放假|假期|长假|那会儿?|那天|前|后|过后?|完|就|才|的时候)*(?:走|去|出|上|离)))"
    "(?:的时候|那会儿?|那阵儿?|那咱)?(?P<side>以?前|之前|以?后|之后|完|过后?)?"
)
_DUG = ("刨地", "刨土", "刨苞", "刨完", "起地", "起土", "起苞", "起完")
_SEASONS = {
    **dict.fromkeys(("年前", "年根"), ((1, 1), (2, 17))),
    **dict.fromkeys(("麦收", "割麦", "收麦"), ((6, 10), (7, 25))),
    **dict.fromkeys(
        ("秋收", "收秋", "割地", "割完", "收地", "收苞", "收完", "掰苞", "掰完", *_DUG, "打场"), ((9, 20), (10, 31))
    ),
    **dict.fromkeys(("春耕", "种地", "种完", "插秧", "插完", "栽秧", "栽完"), ((4, 15), (6, 5))),
    **dict.fromkeys(("铲地", "铲完", "挂锄"), ((6, 1), (7, 20))),
    **{"打春": ((2, 3), (2, 5)), "立春": ((2, 3), (2, 5)), "立夏": ((5, 4), (5, 8)), "立秋": ((8, 5), (8, 10))},
    **{"入秋": ((8, 7), (9, 10)), "立冬": ((11, 5), (11, 10)), "入冬": ((11, 1), (12, 5)), "上冻": ((11, 1), (12, 5))},
    **dict.fromkeys(("入伏", "三伏"), ((7, 10), (8, 22))),
    **{"五一": ((5, 1), (5, 5)), "六一": ((6, 1), (6, 1)), "十一": ((10, 1), (10, 7))},
}
"""The days between which each lies in the north-east, whatever the year."""
_BESIDE_SEASON = timedelta(days=35)


def _season(said: str, on: date) -> tuple[date | None, Length | None] | None:
    """麦收前走的, 五一走的, 年前就走了: between which days that lies, of the last year in which it is over."""
    hit = _FIELDWORK.search(said)
    if hit is None:
        return None
    years = [_YEARS_AGO[hit["year"]]] if hit["year"] else [0, 1]
    spans = [[date(on.year - back, *day) for day in _SEASONS[hit["season"][:2]]] for back in years]
    first, last = next(((one, two) for one, two in spans if one <= on), (on, on))
    side = hit["side"] or ""
    if "前" in side:
        first, last = first - _BESIDE_SEASON, first
    elif side:
        first, last = max(first, last - _BESIDE_SEASON), last + _BESIDE_SEASON
    return None if first >= on else (None, _between(first, last, on, hit))


def since(said: str, on: date) -> tuple[date | None, Length | None]:
    """The day of leaving, or the months since a rough time of leaving; both None when no time is told."""
    if (written := _english_day(said, on)) is not None:
        return written
    if (told := _feast(said, on) or _season(said, on)) is not None:
        return told
    taken = [(one.start, one.end) for one in lengths(said)]
    for one in quantities.days(said, on):
        if any(one.start < end and start < one.end for start, end in taken):
            continue
        if one.first == one.last and one.certain:
            return one.first, Length(None, one.start, one.end)
        most, least = months_between(one.first, on), months_between(one.last, on)
        open_side = most >= NEAR[1] > least
        part = one.last - one.first  # 四月底 is about the 25th, where that decides nothing
        about = one.first + part / 2 if part.days <= TEN_DAYS and least >= NEAR[1] else one.last
        told_months = months_between(about, on)
        return None, Length(
            told_months, one.start, one.end, sure=not open_side, precise=open_side or told_months in NEAR
        )
    return None, None


def home_stays(said: str) -> str | None:
    """none, short_visit or long_return; None when nothing is said of coming home."""
    denied = _NOT_BACK.search(said)
    if denied is not None:
        rest = _NOT_BACK.sub("", said)
        return (home_stays(rest) or "none") if _CAME.search(rest) else "none"
    back = _BACK.search(said)
    if back is None:
        return None
    stayed = [one for one in lengths(said) if one.months and one.start >= back.start()]
    if _LONG.search(said) or (stayed and not said[stayed[0].end :].startswith(("前", "以前", "之前"))):
        return "long_return"
    return "short_visit" if _SHORT.search(said) or quantities.durations(said) else None


def before_a_visit(said: str) -> str:
    """What is told before somebody came home for a while, or did not: since when he was away by then."""
    visit = _YEAR_OF_VISIT.search(said) or _VISIT.search(said)
    return said[: visit.start()] if visit is not None else ""


def unheard_of(said: str, told: Iterable[Length]) -> tuple[Length, ...]:
    """Those of the told lengths that may say since when nobody heard of somebody: in 离婚三年了 人没影了 it is three
    years since they parted."""
    return tuple(one for one in told if not _SINCE_PARTED.search(said[: one.start]))


def left_again(said: str) -> int | None:
    """Where it is told that somebody went away anew; None when it is not."""
    hit = _LEFT_AGAIN.search(said)
    return hit.start() if hit else None


def denies_place(said: str) -> bool:
    """Whether somebody is told not to be where he was said to be: 不在韩国."""
    hit = _NOT_THERE.search(said)
    return hit is not None and any(_named(kind).search(hit.group()) for kind in ("abroad", "elsewhere"))


def work_place(said: str, home: str | None) -> str | None:
    """What a place of work is to the home `home` (a division's code): same_county, cross_county, core_urban_same_city
    or abroad; None: not told or not decided by it (two districts of a city that supplied no list of its core ones)."""
    said = _NOT_THERE.sub("", said)
    for kind, value in (("abroad", "abroad"), ("elsewhere", "cross_county")):
        if _named(kind).search(said):
            return value
    if _OF_HOME.search(said):
        return None
    for hit in _PLACE.finditer(said):
        found = places.find(f"孩子在{hit['where']}")
        if found.outside:
            return "cross_county"
        if found.best is not None and home:
            return _beside(found.best.code, home)
    return "same_county" if _named("here").search(said) else None


def registered(said: str) -> str | None:
    """The code of the county where somebody is told to be registered: 户口在南关区, 户口是德惠的."""
    found = (places.find(f"孩子在{hit['where']}").best for hit in _REGISTERED.finditer(said))
    return next((one.code[:6] for one in found if one is not None and len(one.code) >= 6), None)


def across_counties(said: str) -> bool:
    """Whether somebody works in another county than he is registered in, told by names: 在绿园区干活 户口是德惠的."""
    home = registered(said)
    if home is None:
        return False
    worked = (places.find(f"孩子在{hit['where']}").best for hit in _PLACE.finditer(_REGISTERED.sub("", said)))
    return any(one is not None and _beside(one.code, home) == "cross_county" for one in worked)


def between_districts(said: str) -> bool:
    """Whether words tell of two districts of one city, one where somebody works: 户口在南关区 在宽城区上班."""
    worked = [places.find(f"孩子在{hit['where']}").best for hit in _PLACE.finditer(said)]
    named = [places.find(f"孩子在{hit.group()}").best for hit in _DISTRICT.finditer(said)]
    codes = {one.code[:6] for one in (*worked, *named) if one is not None and len(one.code) >= 6}
    areas = [area for code in codes if (area := places.get(code)) is not None and area.name.endswith("区")]
    return any(one.code[:4] == other.code[:4] for one in areas for other in areas if one.code != other.code)


def _beside(work: str, home: str) -> str | None:
    if work[:4] != home[:4]:
        return "cross_county"
    if min(len(work), len(home)) < 6:
        county = places.get(home[:6]) if len(home) >= 6 else None
        return "cross_county" if county is not None and not county.name.endswith("区") else None
    if work[:6] == home[:6]:
        return "same_county"
    if (core := gazetteer.core_districts().get(work[:4])) is not None:
        return "core_urban_same_city" if {work[:6], home[:6]} <= core else "cross_county"
    districts = all((area := places.get(code[:6])) is not None and area.name.endswith("区") for code in (work, home))
    return None if districts else "cross_county"


@cache
def _named(kind: str) -> re.Pattern[str]:
    said = next(line.partition(":")[2] for line in lines("family.txt") if line.startswith(f"place.{kind}:"))
    return re.compile(_longest_first(word.replace("·", " ") for word in said.split()))


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
