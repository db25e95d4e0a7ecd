"""The journey of whoever writes, apart from the other parent's (孩子爸半年前就去了); a day or a length put right in it.

Any text is taken; nothing here raises. The words are in `data/lexicon/journeys.txt`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.reading.measures.quantities import number
from bot.reading.wordings import Wordings

_says = Wordings("journeys.txt")

_CLAUSES = re.compile("[,，。;；!！ ]+")
_DIGITS = "[0-9一二三四五六七八九十]"
_MONTH = f"(?:下个?月|这个?月|本月|正月|腊月|元月|明年{_DIGITS}{{1,2}}月份?|{_DIGITS}{{1,2}}月份?)"
_DAY = (
    f"(?:初{_DIGITS}{{1,2}}|{_DIGITS}{{1,3}}[号日]|大?后天|明天|月底|月初|月中|年底|(?<![半{_DIGITS[1:-1]}两几])年前|年后|"
    f"过完?年|再?过(?:{_DIGITS}{{1,2}}|两|几)[天日]|(?:{_DIGITS}{{1,2}}|两|几)[天日](?:以|之)?后|"
    f"[下这]个?(?:周|礼拜|星期)[一二三四五六日天]?)"
)
_DATE = re.compile(f"(?P<month>{_MONTH})?(?P<day>{_DAY})|(?P<only>{_MONTH}(?:[初中底]|{_DIGITS}{{1,3}}(?!年))?)")
_BARE = re.compile(f"(?:改|换|推|挪|提前|延|变)[到成为]?(?P<day>{_DIGITS}{{1,3}})(?=$|[了,，。吧 ])")
_DENIED = re.compile("(?:不是|不|别)[^,，。 ]?$|(?:先前|原来|本来|之前)[^,，。 ]{0,4}$")
_UNTIL = re.compile(f"到{_DAY}[^走去动出]?")
"""走得到年底吧 says how long, not when."""
_LENGTH = re.compile(
    "(?<![过前头去今明第])(?:半|[一两二三四五六七八九十几0-9]{1,3})(?:年半|年多|年|个多?月|个?(?:星期|礼拜)|周|天)"
    "(?![级前生份号后]|[以之]后)|[俩仨](?:个?多?月|年多?)|到(?:年底|过年|春节|开春|秋天|五一|十一|月底)(?!走|动身|出发)"
)
_CERTAIN = re.compile(
    f"(?:(?P<month>下个?月|这个?月|本月|{_DIGITS}{{1,2}}月)?(?P<on>{_DIGITS}{{1,3}})[号日]|再?过?(?P<later>{_DIGITS}{{1,2}})[天日](?:以|之)?后?)"
)
_COUNTED = re.compile("(?P<n>半|[俩仨两]|[0-9一二三四五六七八九十]{1,3})个?(?P<unit>年|月|星期|礼拜|周|天)")
_MONTHS_OF = {"年": 12.0, "月": 1.0, "星": 0.25, "礼": 0.25, "周": 0.25, "天": 0.04}
MONTHS = 12
_SWAPS = frozenset({"年", "过", "下", "这", "再"})
"""How a day begins that says its month by itself."""


def of_the_writer(text: str) -> str:
    """The clauses that are not the other parent's journey: 孩子爸在韩国两年了 我过完年也得去 → 我过完年也得去."""
    return "，".join(one for one, others in _apart(text) if not others)


def of_the_other(text: str) -> str:
    """The clauses in which the other parent goes, is away or is gone: 孩子爸半年前就去了，也在韩国; empty: none."""
    theirs = [one for one, others in _apart(text) if others]
    return "，".join(theirs) if any(_says("is_gone", one) for one in theirs) else ""


def _apart(text: str) -> list[tuple[str, bool]]:
    """Each clause, and whether the other parent is spoken of: one without a person of its own goes with the last."""
    found: list[tuple[str, bool]] = []
    others = False
    for clause in (one for one in _CLAUSES.split(text.strip()) if one):
        if _says("other_parent", clause):
            others = True
        elif others and not _says("goes_on", clause):
            others = False
        found.append((clause, others))
    return found


def day(said: str) -> str:
    """The day named last that is not denied: 二十六号 of 走的日子是26号不是20号; empty: none is."""
    found = [
        hit
        for hit in _DATE.finditer(said)
        if not _DENIED.search(said[: hit.start()]) and not _UNTIL.fullmatch(said, hit.start() - 1, hit.end() + 1)
    ]
    if found:
        return found[-1].group()
    bare = _BARE.search(said)
    return bare["day"] if bare is not None else ""


def date_of(said: str, today: date) -> date | None:
    """The date of the day named last, from today on; None: none is, or no certain one (过完年, 腊月初六)."""
    hit = _CERTAIN.search(day(said))
    if hit is None:
        return None
    if hit["later"]:
        return today + timedelta(days=number(hit["later"]) or 0)
    named, on = hit["month"], number(hit["on"]) or 0
    month = today.month + (1 if named and named[0] == "下" else 0) if not named or named[0] in "下这本" else None
    month = (month - 1) % MONTHS + 1 if month is not None else number(named.rstrip("月份")) or 0
    try:
        found = date(today.year, month, on)
        return found if found >= today else date(today.year + 1, month, on)
    except ValueError:
        return None


def months(said: str) -> float | None:
    """How many months it is to last at most; None: that is not told, or not in such words."""
    hit = _COUNTED.search(length(said))
    if hit is None:
        return None
    count = {"半": 0.5, "俩": 2, "仨": 3, "两": 2}.get(hit["n"]) or number(hit["n"])
    return None if count is None else count * _MONTHS_OF[hit["unit"][0]]


def length(said: str) -> str:
    """How long it is to last, said last and not denied: 一年半 of 不是三年 是一年半; empty: nothing is."""
    found = [hit for hit in _LENGTH.finditer(said) if not _DENIED.search(said[: hit.start()])]
    return found[-1].group() if found else ""


def names_place(said: str) -> bool:
    """Whether it is said where the journey goes."""
    return _says("place", said)


def with_day(before: str, now: str) -> str:
    """What was told of the journey with the day put right: 下个月二十号去韩国, 二十六号 → 下个月二十六号去韩国."""
    old, new = _DATE.search(before), _DATE.match(now)
    if old is None:
        return f"{now}走，{before}"
    keeps_month = new is None or (new["month"] is None and new["only"] is None)
    if new is None and (old["day"] or "").startswith("初"):
        now = f"初{now}" if len(now) == 1 or now == "10" else now
    elif new is None:
        now = f"{now}号"
    relative = new is not None and (new["day"] or "")[:1] in _SWAPS
    month = (old["month"] or "") if keeps_month and not relative else ""
    return before[: old.start()] + month + now + before[old.end() :]


def with_length(before: str, now: str) -> str:
    """What was told of the journey with how long it lasts, in the place of what was said of that before."""
    old = next(iter(_LENGTH.finditer(before)), None)
    if old is None:
        return f"{before}，{now}"
    return before[: old.start()] + now + before[old.end() :]
