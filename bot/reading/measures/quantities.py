"""Numbers, ages, lengths of time and days, as people say them in Chinese.

Every reader takes plain text (see `normalise`) and reports places in that text. What is not certain says so: an age
counted the old way (虚岁), an animal year, "about seven or eight". No clock is read: `on` is the day of speaking.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.reading.measures import lunar

_DIGITS = dict(zip("零〇幺一二两俩三仨四五六七八九", (0, 0, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 7, 8, 9), strict=True))
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_CJK = "零〇一二两三四五六七八九十百千万"
NUMBER = rf"(?:[0-9]{{1,8}}(?![0-9])|(?<![{_CJK}])[{_CJK}]{{1,9}})"
_FEW = "一二|两三|二三|三四|三五|四五|五六|六七|七八|八九"

_APPROXIMATE = rf"(?:(?:{_FEW})十?来?|[一二三四五六七八九]?十(?:{_FEW})|十来)"
_AGE = re.compile(
    r"(?P<early>不到|未满|没满|没到|不满|快|将近|大概|大约|差不多|约|虚岁|虚)?(?:有|满|是)?"
    rf"(?:(?<=老[二三四五])(?P<ranked>[一二三四五六七八九十]{{1,3}})|(?P<n>{_APPROXIMATE}|(?<!老){NUMBER}))(?P<vague>[多来几])?(?P<kind>周岁|虚岁|岁)(?P<tail>多|半|左右|上下|出头)?"
    r"(?!的?时候|那年|那时|那会|时就|时(?=[,。 他她被])|起|开始|就(?:没|死|走|开)|以前|之前|看大|看老|数|月)"
)
_BARE_AGE = re.compile(
    rf"(?:今年|才|刚满|(?P<vague>虚岁?|快|过完?年|眼瞅着?)|年龄|岁数|多大)(?:是|也就|都|刚|才|虚|[:,])?(?P<n>{NUMBER})"
    r"(?=[,。!?;\n]|了(?!个)|$|上|读|念|的(?:孩|女|男|娃))"
)
_ONE_OF_SEVERAL = re.compile(
    "(?:[大小]的|老[大二三四])(?:今年|都|才|刚)?(?P<n>1[0-7]|[1-9]|十[一二三四五六七]?|[一二三四五六七八九])"
    r"(?=[,。!?;\n ]|$|[大小]的|老[大二三四])"
    r"|(?:^|[,。!?;\n ])(?:是|应该是)?(?P<grown>1[0-7]|[5-9]|十[一二三四五六七]?|[五六七八九])"
    r"(?:了(?=[,。!?;\n ]|$)|(?=[, ]?(?:[初高][一二三](?!班)|属[鼠牛虎兔龙蛇马羊猴鸡狗猪])))"
)
_BABY = re.compile(
    r"(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,2})个?多?月(?:大|的(?:孩|娃|婴|宝|小))|刚?满月|刚出生|出生[^,。!?;]{0,4}?[天月]"
    "|没满月|不到一岁|不满一岁|不满周岁|没断奶|吃奶的(?:孩|娃)"
)
_ANIMAL = re.compile("属(?:鼠|牛|虎|兔|龙|蛇|马|羊|猴|鸡|狗|猪|小龙)")

_COUNT = rf"(?:{NUMBER}|[俩仨半几]|好几|多少)"
_PIECE = re.compile(
    rf"(?P<about>快|将近|差不多|大概|大约|约|不到|足有|少说|起码)?(?P<size>[大小]半|好几|十几|几十|十来|(?:{_FEW})|{_COUNT})"
    r"(?:个)?(?P<more>多|来)?(?P<half>半)?(?:个)?(?P<unit>年|月|星期|礼拜|周|天|日|宿|小时|钟头|分钟)(?P<rest>半|多|来)?"
    r"(?!级|龄|纪|薪|终|底|份|[号日](?=[^,。]{0,2}$)|饼|亮|岁|末)"
)
_UNIT_MONTHS = {"年": 12, "月": 1}
_UNIT_DAYS = {"星期": 7, "礼拜": 7, "周": 7, "天": 1, "日": 1, "宿": 1}
_UNIT_HOURS = {"小时": 1.0, "钟头": 1.0, "分钟": 1 / 60}


def number(text: str) -> int | None:
    """A whole number in figures or Chinese numerals (十二, 一百零五, 二十, 俩, 幺二); None when it is none."""
    if text.isascii() and text.isdigit():
        return int(text)
    if not text or any(char not in _DIGITS and char not in _UNITS for char in text):
        return None
    if not any(char in _UNITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    last_unit = 1
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
            if char in "零〇":
                last_unit = 1
            continue
        unit = _UNITS[char]
        if unit == 10_000:
            total, section, digit = (total + section + digit) * unit, 0, 0
        else:
            section += (digit or 1) * unit
            digit = 0
        last_unit = unit
    shortened = digit and last_unit > 10 and text[-2] in _UNITS
    return total + section + (digit * last_unit // 10 if shortened else digit)


@dataclass(frozen=True)
class Age:
    """An age told at `start:end`. `certain` is False for 虚岁, animal years, 七八岁, 快十四, 不到十岁."""

    years: int | None
    start: int
    end: int
    certain: bool = True


def ages(text: str) -> tuple[Age, ...]:
    """All ages told, in order: 十二岁, 12岁, 一岁半, 六个月大 (0 years). A school year (三年级) is not an age."""
    found: list[Age] = []
    taken = bytearray(len(text))
    for one in (*_ages_in_years(text), *_babies(text), *_animals(text), *_bare_ages(text)):
        if _take(taken, one.start, one.end):
            found.append(one)
    return tuple(sorted(found, key=lambda age: age.start))


def _take(taken: bytearray, start: int, end: int) -> bool:
    """Marks a stretch as read; False when part of it was read before. Keeps long texts from costing their square."""
    if any(taken[start:end]):
        return False
    taken[start:end] = b"\1" * (end - start)
    return True


def _ages_in_years(text: str) -> Iterator[Age]:
    for hit in _AGE.finditer(text):
        said, name = (hit["n"], "n") if hit["n"] else (hit["ranked"], "ranked")
        about = re.fullmatch(_APPROXIMATE, said) is not None
        vague = bool(about or hit["early"] or hit["vague"] or hit["kind"] == "虚岁" or hit["tail"] in ("左右", "上下"))
        years = _lower(said) if about else number(said)
        if years is not None:
            yield Age(years, hit.start(name), hit.end(), certain=not vague)


def _lower(said: str) -> int:
    """The lower of two neighbours: 七八 → 7; 十二三 → 12; 六七十 → 60; 十来 → 10."""
    bare = said.rstrip("来")
    if bare.endswith("十"):
        return 10 if bare == "十" else _DIGITS[bare[0]] * 10
    return number(bare[:-1]) or 0


def _babies(text: str) -> Iterator[Age]:
    return (Age(0, hit.start(), hit.end()) for hit in _BABY.finditer(text))


def _animals(text: str) -> Iterator[Age]:
    return (Age(None, hit.start(), hit.end(), certain=False) for hit in _ANIMAL.finditer(text))


def _bare_ages(text: str) -> Iterator[Age]:
    for hit in _BARE_AGE.finditer(text):
        if (years := number(hit["n"])) is not None and years < 120:
            yield Age(years, hit.start("n"), hit.end("n"), certain=not hit["vague"])
    for hit in _ONE_OF_SEVERAL.finditer(text):
        yield Age(number(hit["n"] or hit["grown"]), hit.start(hit.lastgroup or 0), hit.end(hit.lastgroup or 0))


@dataclass(frozen=True)
class Duration:
    """A length of time told at `start:end`: whole `months`, `days` and `hours` (may all count). `certain` is False
    for 好几个月, 快半年, 一个多月; all three are 0 when no number is said at all (好几天)."""

    months: int
    days: int
    hours: float
    start: int
    end: int
    certain: bool = True


def durations(text: str) -> tuple[Duration, ...]:
    """All lengths of time, in order: 半年, 一年零一个月, 仨月, 俩礼拜, 三个小时. Not 三年级 and not 6月1号."""
    found: list[Duration] = []
    in_dates = bytearray(len(text))
    for start, end in _calendar_spans(text):
        in_dates[start:end] = b"\1" * (end - start)
    for hit in _PIECE.finditer(text):
        if any(in_dates[hit.start() : hit.end()]) or _is_date_part(text, hit):
            continue
        part = _duration(hit)
        if part is None:
            continue
        before = found[-1] if found else None
        if before is not None and text[before.end : part.start] in ("", "零", "又", "加", "外加"):
            found[-1] = Duration(
                before.months + part.months,
                before.days + part.days,
                before.hours + part.hours,
                before.start,
                part.end,
                before.certain and part.certain,
            )
        else:
            found.append(part)
    return tuple(found)


def _is_date_part(text: str, hit: re.Match[str]) -> bool:
    """12月 (no 个) is a month of the year; 上周, 每年, 2019年 and 过去一年 are not lengths either."""
    if text[max(0, hit.start() - 2) : hit.start()].endswith((*"上下这每第本前今明昨初", "过去")) and not hit["about"]:
        return True
    number_only = re.fullmatch(NUMBER, hit["size"]) is not None
    if hit["unit"] == "月" and number_only and "个" not in hit.group():
        return True
    return (
        hit["unit"] == "年"
        and re.fullmatch("[0-9]{2,4}|[一二零〇九]{2,4}", hit["size"]) is not None
        and (number(hit["size"]) or 0) > 18
    )


def _duration(hit: re.Match[str]) -> Duration | None:
    size, unit = hit["size"], hit["unit"]
    half = bool(hit["half"]) or hit["rest"] == "半"
    certain = not (hit["about"] or hit["more"] or hit["rest"] in ("多", "来"))
    if size in ("好几", "几", "几十", "多少"):
        return Duration(0, 0, 0, hit.start(), hit.end(), certain=False)
    if size in ("十几", "十来"):
        amount, certain = 10.0, False
    elif size in ("半", "大半", "小半"):
        amount, certain = 0.5, certain and size == "半"
    elif re.fullmatch(_FEW, size):
        amount, certain = float(_DIGITS[size[0]]), False
    else:
        value = number(size)
        if value is None:
            return None
        amount = float(value)
    amount += 0.5 if half else 0
    start, end = hit.start(), hit.end()
    if unit in _UNIT_MONTHS:
        months = amount * _UNIT_MONTHS[unit]
        return Duration(int(months), round((months - int(months)) * 30), 0, start, end, certain)
    if unit in _UNIT_DAYS:
        days = amount * _UNIT_DAYS[unit]
        return Duration(0, int(days), (days - int(days)) * 24, start, end, certain)
    return Duration(0, 0, amount * _UNIT_HOURS[unit], start, end, certain)


@dataclass(frozen=True)
class Days:
    """A day or a range of days told at `start:end`, both ends included. `certain` is False for a rough time (最近)."""

    first: date
    last: date
    start: int
    end: int
    certain: bool = True


_DAY_BACK = {
    "今天": 0, "今儿": 0, "今个": 0, "今早": 0, "今晨": 0, "今晚": 0, "刚才": 0, "刚刚": 0,
    "昨天": 1, "昨儿": 1, "昨个": 1, "昨晚": 1, "昨夜": 1, "昨日": 1,
    "前天": 2, "前儿": 2, "前晚": 2, "前日": 2, "大前天": 3, "大前儿": 3,
}  # fmt: skip
_DAY_WORD = re.compile("|".join(sorted(_DAY_BACK, key=len, reverse=True)))
_FEW_DAYS = re.compile("(?:这|前|头|近)(?:几|两|些)天|前些日子|这些日子|最近|近来|这阵子?|这段时间|前阵子|前段时间")
_WEEK = re.compile("(?P<which>上上?个?|这个?|本)(?:周|星期|礼拜)(?P<day>[一二三四五六日天末])?")
_BARE_WEEKDAY = re.compile(
    "(?<![上下这本每到等逢改约推个一二三两几0-9])(?:周|星期|礼拜)(?P<day>[一二三四五六日天])"
    "(?![次回趟个年期起直半]|再|去|能|要|会|准|补|[到至以之]|之?前)"
)
_MONTH = re.compile("(?P<which>上上?个?|这个?|本)月(?P<part>初|底|末|中旬)?")
_YEAR = re.compile(
    "(?P<which>大前年|去年|前年|今年|昨年|头年)(?P<part>年初|年底|春天|夏天|秋天|冬天|冬|上半年|下半年)?"
)
_MONTH_NUMBER = "(?P<month>[0-9]{1,2}|十[一二]?|[一二三四五六七八九])"
_DAY_NUMBER = "(?P<day>[0-9]{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_CALENDAR = re.compile(
    "(?:(?P<year>(?:19|20)[0-9]{2}|[0-9]{2}|去|前|今|[零〇一二][零〇一二三四五六七八九](?=年)|[一二][零〇九]?[零〇一二三四五六七八九]{2})年的?)?"
    rf"(?<![0-9一二三四五六七八九十]){_MONTH_NUMBER}月(?:份|{_DAY_NUMBER}[号日]|(?P<part>初|底|末|中旬))?(?!大|龄)"
)
_NUMERIC = re.compile(
    r"(?<![0-9])(?:(?P<year>20[0-9]{2})[-/.])?(?P<month>1[0-2]|0?[1-9])[-/](?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9])"
)
_DOTTED = re.compile(
    r"(?<![0-9.])(?:(?P<year>20[0-9]{2})\.)?(?P<month>1[0-2]|0?[1-9])\.(?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9.])"
    "(?=[号日那晚早]| ?(?:上午|下午|中午|晚上|早上|半夜|凌晨|当天))"
)
_HOLIDAY = re.compile("国庆节?|元旦|(?:五一|六一)(?=节|那|假|放|期|[前后当]|的)|清明节?")
_HOLIDAYS = {"国庆": ((10, 1), (10, 7)), "元旦": ((1, 1), (1, 3)), "五一": ((5, 1), (5, 5)), "六一": ((6, 1), (6, 1))}
_HOLIDAYS["清明"] = ((4, 4), (4, 6))
_SEASON = re.compile(
    "过完?年(?:以?后|那会儿|前|的时候)?|春节|大年(?:初[一二三四五]|三十)|正月|开春|开学(?:后|以后|那天)?|放(?:寒|暑)?假|寒假|暑假"
)
_AGO = re.compile("(?:以?前|之前|来|了)")
_SEASONS = {"寒": ((1, 10), (3, 1)), "暑": ((7, 10), (8, 31)), "开春": ((3, 1), (4, 30))}


def days(text: str, on: date) -> tuple[Days, ...]:
    """All days and ranges told, in order, none after `on`: 昨天, 上周三, 6月1号, 三天前, 二月二, 过完年 (rough). A date
    without a year is its last occurrence."""
    found: list[Days] = []
    taken = bytearray(len(text))
    found += [Days(day, day, a, b) for day, a, b in lunar.named(text, on) if _take(taken, a, b)]
    for reader in (_calendar_days, _plain_days, _weeks, _months_and_years, _agos, _rough):
        for one in reader(text, on):
            if one.first <= one.last and _take(taken, one.start, one.end):
                found.append(one)
    return tuple(sorted(found, key=lambda day: day.start))


def _calendar_spans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(hit.span() for pattern in (_CALENDAR, _NUMERIC) for hit in pattern.finditer(text))


def _plain_days(text: str, on: date) -> Iterator[Days]:
    for hit in _DAY_WORD.finditer(text):
        day = on - timedelta(days=_DAY_BACK[hit.group()])
        yield Days(day, day, hit.start(), hit.end())


def _weeks(text: str, on: date) -> Iterator[Days]:
    for hit in _WEEK.finditer(text):
        back = hit["which"].count("上")
        monday = on - timedelta(days=on.weekday() + 7 * back)
        first, last = monday, monday + timedelta(days=6)
        named = hit["day"]
        if named == "末":
            first = monday + timedelta(days=5)
        elif named:
            first = last = monday + timedelta(days=6 if named in "日天" else "一二三四五六".index(named))
        yield Days(first, min(last, on), hit.start(), hit.end())
    for hit in _BARE_WEEKDAY.finditer(text):
        wanted = 6 if hit["day"] in "日天" else "一二三四五六".index(hit["day"])
        day = on - timedelta(days=(on.weekday() - wanted) % 7)
        yield Days(day, day, hit.start(), hit.end())


def _months_and_years(text: str, on: date) -> Iterator[Days]:
    for hit in _MONTH.finditer(text):
        year, month = _months_back(on, hit["which"].count("上"))
        first, last = _of_month(year, month, hit["part"])
        yield Days(first, min(last, on), hit.start(), hit.end(), certain=hit["part"] is None)
    for hit in _YEAR.finditer(text):
        year = on.year - {"今年": 0, "去年": 1, "昨年": 1, "头年": 1, "前年": 2, "大前年": 3}[hit["which"]]
        first, last = {
            "年初": (date(year, 1, 1), date(year, 2, 28)),
            "上半年": (date(year, 1, 1), date(year, 6, 30)),
            "春天": (date(year, 3, 1), date(year, 5, 31)),
            "夏天": (date(year, 6, 1), date(year, 8, 31)),
            "秋天": (date(year, 9, 1), date(year, 11, 30)),
            "下半年": (date(year, 7, 1), date(year, 12, 31)),
            "年底": (date(year, 11, 1), date(year, 12, 31)),
            "冬天": (date(year, 11, 1), date(year + 1, 2, 28)),
            "冬": (date(year, 11, 1), date(year + 1, 2, 28)),
        }.get(hit["part"] or "", (date(year, 1, 1), date(year, 12, 31)))
        yield Days(first, min(last, on), hit.start(), hit.end(), certain=hit["part"] is None)


def _months_back(on: date, back: int) -> tuple[int, int]:
    months = on.year * 12 + on.month - 1 - back
    return months // 12, months % 12 + 1


def _of_month(year: int, month: int, part: str | None) -> tuple[date, date]:
    end = calendar.monthrange(year, month)[1]
    first, last = {"初": (1, 10), "中旬": (11, 20), "底": (21, end), "末": (21, end)}.get(part or "", (1, end))
    return date(year, month, first), date(year, month, last)


def _calendar_days(text: str, on: date) -> Iterator[Days]:
    for pattern in (_CALENDAR, _NUMERIC, _DOTTED):
        for hit in pattern.finditer(text):
            month, day = number(hit["month"]), number(hit["day"]) if hit["day"] else None
            if month is None or not 1 <= month <= 12:
                continue
            year = _year(hit["year"], on, month, day or 1)
            part = hit["part"] if pattern is _CALENDAR else None
            first, last = _of_month(year, month, part)
            if day is not None:
                if not 1 <= day <= last.day:
                    continue
                first = last = date(year, month, day)
            yield Days(first, min(last, on), hit.start(), hit.end(), certain=part is None)


def _year(said: str | None, on: date, month: int, day: int) -> int:
    """The year said; without one the year of the last such day not after `on`."""
    if said in ("去", "前", "今"):
        return on.year - {"去": 1, "前": 2, "今": 0}[said]
    if said:
        value = lunar.year(said) if len(said) == 2 and said[0] in "零〇一二" else number(said) or on.year  # 一七年
        return value + 2000 if value < 100 else value
    return on.year if (month, day) <= (on.month, on.day) else on.year - 1


def _agos(text: str, on: date) -> Iterator[Days]:
    """三天前, 半年了: the day it points back to; rough unless counted in days."""
    for one in durations(text):
        after = _AGO.match(text, one.end)
        if after is None or not (one.months or one.days):
            continue
        year, month = _months_back(on, one.months)
        day = min(on.day, calendar.monthrange(year, month)[1])
        back = date(year, month, day) - timedelta(days=one.days)
        yield Days(back, back, one.start, after.end(), certain=one.certain and not one.months)


def _rough(text: str, on: date) -> Iterator[Days]:
    for hit in _FEW_DAYS.finditer(text):
        yield Days(on - timedelta(days=30), on, hit.start(), hit.end(), certain=False)
    for hit in _HOLIDAY.finditer(text):
        (m1, d1), (m2, d2) = _HOLIDAYS[hit.group()[:2]]
        year = on.year if (m1, d1) <= (on.month, on.day) else on.year - 1
        yield Days(date(year, m1, d1), min(date(year, m2, d2), on), hit.start(), hit.end(), certain=False)
    for hit in _SEASON.finditer(text):
        said = hit.group()
        (m1, d1), (m2, d2) = next((span for key, span in _SEASONS.items() if key in said), ((1, 21), (3, 10)))
        if said.startswith(("开学", "放假")):
            (m1, d1), (m2, d2) = ((8, 25), (9, 10)) if (on.month, on.day) >= (8, 25) else ((2, 20), (3, 10))
        year = on.year if (m1, d1) <= (on.month, on.day) else on.year - 1
        yield Days(date(year, m1, d1), min(date(year, m2, d2), on), hit.start(), hit.end(), certain=False)
