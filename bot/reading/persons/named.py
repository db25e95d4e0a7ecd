"""What is named in a message: people, relations, places, numbers, codes, days, ages, kinds of children.

For whoever asks Rasa: `/model/parse` answers with it. The services read the message themselves, each fact with the
care it wants; here everything named counts, also what is denied, corrected, or only a place of work. The kinds are the
entities of domain/common.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.reading.dangers.scope import Scene
from bot.reading.lexicon import lines
from bot.reading.measures import codes, quantities
from bot.reading.normalise import Plain, normalise
from bot.reading.persons import naming, people
from bot.reading.where import mentions
from bot.reading.where.gazetteer import load
from bot.reading.where.places import spot_spans

LONGEST_READ = 500
MASKED = {"【电话】": "phone", "【查询码】": "report_code", "【邀请码】": "invite_code"}
"""What stands for a number the gateway has covered (bot/gateway/masking.py)."""
_FIGURE = "[0-9零〇一二三四五六七八九]"
_NUMBER = "[0-9一二三四五六七八九十]{1,3}"
_MOON = "(?:(?:农历|阴历)?(?:正|冬|腊|闰[一二三四五六七八九十])月|(?:农历|阴历)[一二三四五六七八九十]{1,2}月)"
_MOON_DAY = "(?:初[一二三四五六七八九十]|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?)"
_YEAR = f"(?:{_FIGURE}{{4}}年|(?:大前|去|前|今|明|后|昨|头)年)"
_AHEAD = re.compile(
    f"{_YEAR}?{_MOON}{_MOON_DAY}?|{_NUMBER}月[一二三]?十[一二三四五六七八九]?"
    f"|(?<![0-9一二三四五六七八九十]){_FIGURE}{{2}}年(?=的|生|出生|[，,。 ]|$)|{_FIGURE}{{4}}年(?=的|生|出生)?"
    "|(?<!小)初[一二三四五六七八九十](?![中0-9年级的])|大年(?:初[一二三四五]|三十)|小年|除夕"
    "|大?后[天儿]个?|明[天儿]个?|明[早晚]"
    "|(?:下下?|上上上?)个?(?:周|星期|礼拜)[一二三四五六日天末]?|下下?个?月(?:初|底|中旬)?"
    f"|(?<![月0-9一二三四五六七八九十]){_NUMBER}号(?![楼院门线房机码])|{_NUMBER}(?:个月|天|周|礼拜|年)(?:以?后|之后)"
    "|国庆节?前?|端午节?(?:前一天|当天|前后)?|中秋节?|春节|元旦|清明节?"
)
"""Days that quantities.py makes no dates of, because they lie ahead, follow the moon or are only a year."""
_BIRTH = re.compile(
    f"属(?:小龙|[鼠牛虎兔龙蛇马羊猴鸡狗猪])的?|虚岁{_NUMBER}|{_NUMBER}(?:周岁|岁)(?:零?{_NUMBER}个?月|半)?|{_NUMBER}个月大"
    "|(?:(?<=不满)|(?<=刚满)|(?<=就满)|(?<=号满)|(?<=周岁)|(?<=[大小]的)|(?<=现在)|(?<=不是)|(?<=[爷奶姥公婆爸妈娃孩]))"
    f"(?:{_FIGURE}|[1-9][0-9]|[一二三四五六七八九]?十[一二三四五六七八九]?)(?=[,。!?;\n吧呢啊了]|$)"
)
_NICKNAME = re.compile(
    "(?:小名|大名|学名|名叫|名字[叫是]|也?叫|[是叫][做个])(?:是|叫)?(?P<name>[^\\W\\da-zA-Z_的我你他她啥什么不]{2,3})"
    "(?=[,。!?;、\n]|也?行|的|也|$)"
)
_TITLE = re.compile(
    "大爷|大娘|大妈|大叔|大婶|大哥|大姐|大嫂|奶奶|爷爷|老师|校长|主任|医生|大夫|警官|所长|书记|村长|师傅|老板|[姐哥婶叔姨嫂头]"
)
SHORTEST_NAME = 2
_NUMBERS = ("phone", "report_code", "invite_code")
_STRONGER = {
    "age": _NUMBERS,
    "date": _NUMBERS,
    "place": (*_NUMBERS, "date"),
    "child_name": ("place", "age"),
    "person_name": ("place", "age"),
}
"""What a stretch of text is before it is anything of another kind."""
_CHILD_NEAR = 10
"""Characters before a name in which a word for a child makes it the child's."""


@dataclass(frozen=True)
class Named:
    """One thing named at `start:end` of the text as written. `value`: its words, or the plain digits of a number."""

    kind: str
    start: int
    end: int
    value: str


def find(text: str, on: date) -> tuple[Named, ...]:
    """Everything named, in order; of things of one kind that overlap the longest. `on`: the day it is said."""
    text = text[:LONGEST_READ]
    plain = normalise(text)
    found = [*_numbers(text)]
    for kind, spans in (
        ("place", _joined(_places(plain.text), plain.text)),
        ("age", _ages(plain)),
        ("date", _joined(_dates(plain.text, on), plain.text)),
        ("relation", _relations(plain.text)),
        ("child_category", (hit.span() for hit in _words("child_category").finditer(plain.text))),
    ):
        found += [_as_written(kind, text, plain, *span) for span in _longest(spans)]
    found += [_as_written(kind, text, plain, *span) for kind, span in _names(plain)]
    return tuple(sorted(_apart(found), key=lambda one: (one.start, one.end)))


def prepare() -> None:
    """Read the word lists and the divisions now, so that no first message waits for them."""
    find("王小明家住长春市 他妈昨天打的电话", date(2026, 1, 1))


def _as_written(kind: str, text: str, plain: Plain, start: int, end: int) -> Named:
    first, last = plain.span(start, end)
    return Named(kind, first, last, text[first:last].strip())


def _numbers(text: str) -> Iterator[Named]:
    for one in codes.find(text):
        if one.kind in _NUMBERS:
            yield Named(one.kind, one.start, one.end, one.value)
    for mark, kind in MASKED.items():
        for hit in re.finditer(mark, text):
            yield Named(kind, *hit.span(), mark)


def _places(text: str) -> Iterator[tuple[int, int]]:
    known = [(hit.start, hit.end) for one in mentions.read(mentions.blanked(text), None) for hit in one.hits]
    known += [hit.span() for hit in _outside().finditer(text)]
    yield from known
    blank = "".join(" " if any(start <= at < end for start, end in known) else char for at, char in enumerate(text))
    yield from spot_spans(blank)


def _ages(plain: Plain) -> Iterator[tuple[int, int]]:
    """Ages told with their unit anywhere, bare numbers only where a clause ends with them: 满十四 属龙的."""
    yield from ((one.start, one.end) for one in quantities.ages(plain.text))
    for begin, finish in Scene(plain).clauses():
        clause = plain.text[begin:finish]
        yield from ((begin + one.start, begin + one.end) for one in quantities.ages(clause))
        yield from ((begin + hit.start(), begin + hit.end()) for hit in _BIRTH.finditer(clause))


def _dates(text: str, on: date) -> Iterator[tuple[int, int]]:
    yield from ((one.start, one.end) for one in quantities.days(text, on))
    yield from (hit.span() for hit in _AHEAD.finditer(text))


def _relations(text: str) -> Iterator[tuple[int, int]]:
    """Words of kin, and chains of them: 我大姨姐的儿子, 表哥家的孩子."""
    single = sorted({*map(_kin_alone, people.find(text)), *_kin(text)})
    yield from single
    for start, end in single:
        for after, last in single:
            if start < end <= after <= end + 2 and text[end:after] in ("", "的", "家", "家的"):
                yield (start, last)


def _kin_alone(one: people.Person) -> tuple[int, int]:
    """二舅 of 他二舅, but 他爸 whole: a single character is no word people would point to."""
    return (one.end - len(one.word) if len(one.word) > 1 else one.start), one.end


def _kin(text: str) -> Iterator[tuple[int, int]]:
    return (hit.span() for hit in _words("relation").finditer(text))


def _names(plain: Plain) -> Iterator[tuple[str, tuple[int, int]]]:
    """Names of people, each within its clause: a space the person left ends a name (叫杨一诺 今年)."""
    for begin, finish in Scene(plain).clauses():
        clause = plain.text[begin:finish]
        spans = [*naming.persons(clause), *(hit.span("name") for hit in _NICKNAME.finditer(clause))]
        for start, end in _longest(_with_title(clause, span) for span in spans):
            if end - start < SHORTEST_NAME or _kin_word(clause[start:end]):
                continue
            before = plain.text[max(0, begin + start - _CHILD_NEAR) : begin + start]
            kind = "child_name" if _words("child").search(before) else "person_name"
            yield kind, (begin + start, begin + end)


def _kin_word(name: str) -> bool:
    """孙女 looks like a name: 孙 is a family."""
    return any(words.match(name) is not None for words in (_words("relation"), _words("child")))


def _with_title(clause: str, span: tuple[int, int]) -> tuple[int, int]:
    """A family name alone is called with what stands around it: 老王头, 马姐, 李老师."""
    start, end = span
    if end - start >= SHORTEST_NAME:
        return span
    title = _TITLE.match(clause, end)
    return start - (clause[start - 1 : start] in ("老", "小")), title.end() if title else end


def _joined(spans: Iterable[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Parts of one place that stand side by side are one: 梨树县 + 郭家店镇."""
    last: tuple[int, int] | None = None
    for start, end in _longest(spans):
        if last is not None and not text[last[1] : start].strip("的 "):
            last = (last[0], end)
        else:
            if last is not None:
                yield last
            last = (start, end)
    if last is not None:
        yield last


def _longest(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if all(end <= other[0] or other[1] <= start for other in kept):
            kept.append((start, end))
    return sorted(kept)


def _apart(found: list[Named]) -> Iterator[Named]:
    """No digits of a phone or code are an age or a day, no day is a place (周五学校), no place is a name."""
    for one in found:
        above = _STRONGER.get(one.kind, ())
        if not any(other.start < one.end and one.start < other.end for other in found if other.kind in above):
            yield one


@cache
def _words(kind: str) -> re.Pattern[str]:
    said = {name.strip(): words.split() for name, _, words in (line.partition(":") for line in lines("named.txt"))}
    return re.compile("|".join(sorted(map(re.escape, said[kind]), key=len, reverse=True)))


@cache
def _outside() -> re.Pattern[str]:
    return re.compile("|".join(sorted(load().outside, key=len, reverse=True)))
