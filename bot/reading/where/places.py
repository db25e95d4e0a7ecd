"""Matching a place told in free text to a real division of Jilin: certain, ambiguous, unknown or outside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from bot.reading.normalise import FRESH, normalise
from bot.reading.where import mentions, romanised, whose
from bot.reading.where.gazetteer import PROVINCE, Area, forms, load
from bot.reading.where.mentions import Hit, Mention
from bot.reading.where.sounds import heard, township_meant

LONGEST_READ = 2000
MOST_CANDIDATES = 6
VILLAGE, TOWNSHIP = 12, 9
"""Digits of their codes."""
OF_ITS_NAME = 2
"""Characters of a village's name that may stand before the part of it that other villages are called."""

Span = tuple[int, int]
_NUMBER = "[0-9一二三四五六七八九十]{1,4}"
_UPPER = re.compile("[一-鿿]{1,8}?(?:市|县|州|区)(?:[一-鿿]{1,6}?(?:镇|乡|街道))?|[一-鿿]{1,6}?(?:镇|乡|街道)")
_SPOT = re.compile(
    "(?!俩|两个)(?:[^\\W在住到去是从的了我俺咱们你您他她它孩把被给和跟总又不没有就都这那个上下里来说叫放]{1,6}"
    "(?:屯子?|(?<![农乡山本全外])村|小学|中学|初中|高中|学校|幼儿园|卫生院|医院|小区|市场|超市|福利院)(?![长医民干里委主书支])"
    "|(?<!\\w)(?:第?[一二三四五六七八九十]{1,2}(?:中|小)|[一-鿿]{2}[一二三四五六]中)(?!\\w)"
    f"|{_NUMBER}(?:号楼|楼|单元|栋|组|队|社(?!区)))(?:{_NUMBER}(?:号楼|楼|单元|栋|号|组|室|门))*(?!了|[上下]摔)"
)
_SCHOOL = re.compile("[小中]学$|高中$|初中$|学校$|幼儿园$|[一二三四五六七八九十][中小]$")


_UPPER_OF_A_SPOT = re.compile("^.{0,5}(?:镇(?!赉)|乡)(?=..)")
"""What is left of a township before a hamlet, where another one is meant: 家店镇后夹荒屯."""


_ANOTHER_TOWN = re.compile(
    "(?:[一-鿿]{2,4}(?<![这那哪个们在])(?:镇|乡|街道)[前后东西南北上下大小]?|^[前后东西南北上下])$"
)
"""Between a county and a village of it: a township nobody knows, or what makes it another village. 前大房村 is not
大房村, and that of another township may not be the one that is meant."""


@dataclass(frozen=True)
class PlaceReading:
    """What place a text tells. `best`: the finest that is certain; `candidates`: what it may mean instead, at most
    six; `level` of best or "none"; `spans` read as place in the original; `outside`: a place told that is not in
    Jilin; `too_many`: a name that occurs all over the province."""

    best: Area | None = None
    candidates: tuple[Area, ...] = ()
    level: str = "none"
    spans: tuple[Span, ...] = ()
    outside: str | None = None
    too_many: bool = False


def get(code: str) -> Area | None:
    """The division of a code, or None."""
    return load().areas.get(code)


def path(code: str) -> tuple[Area, ...]:
    """The division and those above it, coarsest first, without the province."""
    areas = load().areas
    return tuple(areas[code[:length]] for length in (4, 6, 9, 12) if length <= len(code) and code[:length] in areas)


def full_name(code: str) -> str:
    """The name from the county down (公主岭市范家屯镇…), or of the prefecture or province itself."""
    if code == PROVINCE:
        return load().areas[PROVINCE].name
    steps = path(code)
    # A county-level city stands for itself; a district says too little without its city, unless it names it.
    if len(steps) > 1 and (not steps[1].name.endswith("区") or steps[1].name.startswith(steps[0].name[:2])):
        steps = steps[1:]
    return "".join(area.spoken for area in steps)


def as_told(code: str, told: Iterable[str]) -> str:
    """The full name; a township that was told with the county it once belonged to keeps the name people give it:
    合隆镇（农安县）."""
    known = load()
    former = known.former.get(code[:9])
    if former is None or len(code) < 9:
        return full_name(code)
    county = known.areas[former].name
    if not any(county[:2] in text for text in told):
        return full_name(code)
    return "".join(area.spoken for area in path(code)[2:]) + f"（{county}）"


def corrected(text: str, new: str | None) -> str | None:
    """What holds of a place that was put right in the same breath, with the county and township told before the slip:
    农安县合隆镇陈家屯，不对，是陈家店村 → 农安县合隆镇陈家店村. None: nothing was put right."""
    if not new:
        return None
    before = _UPPER.match(text)
    if before is not None and not _UPPER.match(new):
        return f"{before.group()}{new}"
    village = "" if finer(new) else finer(text.removesuffix(new))
    return f"{new} {village}" if village else new


def finer(text: str) -> str:
    """The village, or what is finer than any division, words name last: it stays where only the township was wrong."""
    best = find(text).best
    if best is not None and len(best.code) == VILLAGE:
        return best.spoken
    return next(reversed(spots(text)), "")


def namesakes(text: str, reading: PlaceReading) -> tuple[Area, ...]:
    """What else a township that was told by its bare name may be: the villages of that very name elsewhere, where they
    are few (姜家店 is a township and two villages); the township first. Empty: it is the only one, or its kind or what
    lies above it was told."""
    best = reading.best
    if best is None or len(best.code) != TOWNSHIP or len(reading.spans) != 1:
        return ()
    name = text[slice(*reading.spans[0])]
    known = load()
    codes = known.stems.get(name, ())
    if best.code not in codes:
        return ()
    others = [one for one in codes if len(one) == VILLAGE and one[:TOWNSHIP] != best.code]
    same = [one for one in others if f"{name}村" in forms(known.areas[one])[0]]
    return (best, *(known.areas[one] for one in same)) if 0 < len(same) < MOST_CANDIDATES - 2 else ()


def spots(text: str) -> tuple[str, ...]:
    """Places finer than any division, in the person's own words: 张屯, 响水镇中心小学三楼, 六家子村."""
    spans = find(text).spans
    known = "".join(" " if any(a <= at < b for a, b in spans) else char for at, char in enumerate(text[:LONGEST_READ]))
    return tuple(dict.fromkeys(_UPPER_OF_A_SPOT.sub("", known[slice(*span)]) for span in spot_spans(known)))


def names_a_school(text: str) -> bool:
    """Whether a school is named (镇赉三中): behind its county it is found without a township."""
    return any(_SCHOOL.search(spot) for spot in spots(text))


def spot_spans(text: str) -> Iterator[Span]:
    """Where words stand that name a hamlet, a school, a building: whatever is not a division."""
    return (hit.span() for hit in _SPOT.finditer(text))


def children(code: str) -> tuple[Area, ...]:
    """The divisions directly below."""
    known = load()
    return tuple(known.areas[child] for child in known.children.get(code, ()))


@lru_cache(maxsize=FRESH)
def find(text: str, within: str | None = None) -> PlaceReading:
    """Read the place a text tells; never raises. `within`: a division already known, which narrows the names.

    With `within`, a place elsewhere is read only when nothing inside fits and it is certain: people correct
    themselves. Only the first 2,000 characters are read.
    """
    known = within if within in load().areas else None
    if text.isascii() and (spelt := romanised.read(text[:LONGEST_READ], known)) is not None:
        return _spelt(spelt)
    plain = normalise(text[:LONGEST_READ])
    said = mentions.blanked(plain.text)
    told = mentions.read(said, known)
    if known:
        told = _about(known, told, said)
    if not told:
        told = _misheard_county(said)
    told = [mention for mention in told if mention.hits and not mentions.at_work(said, mention.finest.end)]
    told = _without_repeats(told)
    outside = _outside(said, told)
    told = whose.childs(said, _without_unknown_villages(said, told))
    _named_again(told)
    away = whose.rank(said, *outside) if outside else whose.OTHERS
    if told and not (away == whose.CHILD and all(whose.of(said, place) < away for place in told)):
        if len(told) == 1:
            _listen(said, told[0])
        meant = _mistyped_township(said, told)
        hits = sorted({(hit.start, hit.end) for mention in told for hit in mention.hits})
        reading = _reading(told, tuple(plain.span(*hit) for hit in hits))
        return replace(reading, candidates=(meant,)) if meant else _unless_of_another_town(reading, told, said)
    if outside and away > whose.OTHERS:
        return PlaceReading(outside=said[slice(*outside)])
    spelt = romanised.read(text[:LONGEST_READ], known)
    return _spelt(spelt) if spelt is not None else _asked_back(said, known)


def _without_repeats(told: list[Mention]) -> list[Mention]:
    """Without a name that several places bear where one of them was told plainly: 辉南县朝阳镇，朝阳镇第四中学."""
    plain = {code for mention in told if len(mention.codes) == 1 for code in mention.codes}
    return [mention for mention in told if len(mention.codes) == 1 or not plain & set(mention.codes)]


def _spelt(told: romanised.Romanised) -> PlaceReading:
    """A place written in pinyin."""
    areas = load().areas
    if len(told.codes) == 1:
        best = areas[told.codes[0]]
        return PlaceReading(best, (), best.level, told.spans)
    common = _common(told.codes)
    best_common = areas[common] if common else None
    level = best_common.level if best_common else "none"
    if len(told.codes) > MOST_CANDIDATES:
        return PlaceReading(best_common, (), level, told.spans, too_many=True)
    return PlaceReading(best_common, tuple(areas[code] for code in told.codes), level, told.spans)


def _about(known: str, told: list[Mention], said: str) -> list[Mention]:
    """What the text tells about a known division, else a certain place elsewhere."""
    inside, *elsewhere = told
    if inside.hits:
        return [inside]
    for start in mentions.after_cues(said):
        if _listen(said, inside, start):
            return [inside]
    certain = [mention for mention in elsewhere if len(mention.codes) == 1 and not mention.weak]
    if len(known) >= TOWNSHIP and all(_a_bare_village(mention) for mention in certain):
        return []  # 五棵树镇, then 双井村: a village of that township we do not know, wherever another is so called
    return certain if len(certain) == 1 else []


def _a_bare_village(mention: Mention) -> bool:
    """Whether only a village was named, and neither its township nor its county."""
    return all(len(code) == VILLAGE for code in mention.codes) and len(mention.hits) == 1


def _without_unknown_villages(said: str, told: list[Mention]) -> list[Mention]:
    """响水镇六家子村, 卧虎镇三门李家村, where there is no such village: the township is what is certain, wherever else
    villages are so called, or so end."""
    ends = {mention.end for mention in told if len(mention.codes) == 1 and len(next(iter(mention.codes))) in (6, 9)}
    towns = [mention for mention in told if len(mention.codes) == 1 and len(next(iter(mention.codes))) == 9]
    sure = len(towns) == 1 and not towns[0].weak and towns[0].hits

    def follows(start: int) -> bool:
        return any(end <= start <= end + OF_ITS_NAME and said[end:start].isalpha() for end in ends if end < start)

    return [
        mention
        for mention in told
        if not (
            mention.hits
            and all(len(code) == 12 for code in mention.codes)
            and (mention.start in ends or follows(mention.start) or (sure and len(mention.codes) > 1))
        )
    ]


def _named_again(told: list[Mention]) -> None:
    """A name that may be several divisions is the one told with its county beside it: 辉南县朝阳镇，朝阳镇四中."""
    sure = {code for mention in told if len(mention.codes) == 1 and not mention.weak for code in mention.codes}
    for mention in told:
        if len(mention.codes) > 1 and len(meant := mention.codes & sure) == 1:
            mention.codes = set(meant)


def _mistyped_township(said: str, told: list[Mention]) -> Area | None:
    """What stands behind a county and can only be one of its townships: 公主岭响水正."""
    codes = told[0].codes
    if len(told) > 1 or len(codes) != 1 or len(county := next(iter(codes))) != 6:
        return None
    found = township_meant(mentions.phrase(said, mentions.after_joins(said, told[0].end)), county)
    return load().areas[found] if found else None


def _unless_of_another_town(reading: PlaceReading, told: list[Mention], said: str) -> PlaceReading:
    """The same; but a village told behind a county and a township we do not know is asked back first."""
    village, (mention, *others) = reading.best, told
    if village is None or village.level != "village" or others or len(mention.hits) != 2:
        return reading
    (first, last), (county, township) = mention.hits, (load().areas[village.code[:length]] for length in (6, 9))
    between = said[first.end : last.start]
    own = between == normalise(township.name).text  # 濛江乡: written with a character that is read as another
    if own or county.code not in (*first.shown, *first.bare) or not _ANOTHER_TOWN.search(between):
        return reading
    return replace(reading, best=county, level=county.level, candidates=(village,))


def _asked_back(said: str, known: str | None) -> PlaceReading:
    """A clause that is nothing but the mistyped name of one township."""
    found = next(
        (code for clause in mentions.clauses(said) if (code := township_meant(clause, known)) is not None), None
    )
    return PlaceReading(candidates=(load().areas[found],)) if found else PlaceReading()


def _listen(said: str, mention: Mention, start: int | None = None) -> bool:
    """Refine a mention by what stands behind it (or at `start`), if that sounds like one division inside it."""
    if len(mention.codes) != 1 or mention.weak:
        return False
    code = next(iter(mention.codes))
    start = mentions.after_joins(said, mention.end) if start is None else start
    found = heard(mentions.phrase(said, start), code) if len(code) < 12 else None
    if found is None:
        return False
    mention.codes = {found[0]}
    mention.take(Hit(start, start + found[1]))
    return True


def _misheard_county(said: str) -> list[Mention]:
    province = Mention({PROVINCE})
    return [province] if any(_listen(said, province, start) for start in mentions.after_cues(said)) else []


def _outside(said: str, told: list[Mention]) -> Span | None:
    """The first place told that is not in Jilin and is no part of one that is."""
    for found in _elsewhere().finditer(said):
        start, end = found.span()
        inside = any(hit.start < end and start < hit.end for mention in told for hit in mention.hits)
        unsure = found.group() in mentions.ordinary() and not (
            mentions.cued(said, start, end) or mentions.alone(said, start, end)
        )
        if not (inside or unsure or mentions.at_work(said, end)):
            return (start, end)
    return None


@cache
def _elsewhere() -> re.Pattern[str]:
    return re.compile("|".join(sorted(load().outside, key=len, reverse=True)))


def _reading(told: list[Mention], spans: tuple[Span, ...]) -> PlaceReading:
    """One certain place, or what it may be, in the order told."""
    areas = load().areas
    codes = _finest([code for mention in told for code in sorted(mention.codes, key=lambda code: (len(code), code))])
    if len(codes) == 1 and not told[0].weak:
        best = areas[codes[0]]
        return PlaceReading(best, (), best.level, spans)
    common = None if len(codes) == 1 else _common(codes)
    best_common = areas[common] if common else None
    level = best_common.level if best_common else "none"
    if len(codes) > MOST_CANDIDATES:
        return PlaceReading(best_common, (), level, spans, too_many=True)
    return PlaceReading(best_common, tuple(areas[code] for code in codes), level, spans)


def _finest(codes: list[str]) -> list[str]:
    """Each code once, without those that only say more coarsely what another says."""
    each = list(dict.fromkeys(codes))
    return [code for code in each if not any(other != code and other.startswith(code) for other in each)]


def _common(codes: Iterable[str]) -> str | None:
    """The finest division all codes lie in; None when that is only the province."""
    found = list(codes)
    for length in (9, 6, 4):
        heads = {code[:length] for code in found}
        if len(heads) == 1 and all(len(code) >= length for code in found):
            return heads.pop()
    return None
