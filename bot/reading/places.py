"""Matching a place told in free text to a real division of Jilin: certain, ambiguous, unknown or outside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.reading.gazetteer import PROVINCE, Area, load
from bot.reading.normalise import normalise

LONGEST_READ = 2000
LONGEST_NAME = 14
MOST_CANDIDATES = 6
SHORT_ANSWER = 14
NEAR = 3
# Where somebody works is not where the child is.
_WORKPLACE = re.compile("^(?:那边|那儿|那)?(?:打工|上班|务工|干活|工作|挣钱|做工|跑车)")
# What may follow a village told without its kind.
_ENDS = re.compile("$|[的那这里住有附边上在是儿屯村,。!?;:\\n]")
# Two-character county names that are also ordinary words or other cities: alone they need a suffix or a prefecture.
_NEEDS_MORE = frozenset(
    {"朝阳", "西安", "龙山", "铁西", "铁东", "二道", "南关", "宽城", "绿园", "东昌", "通化", "长白"}
)


@dataclass(frozen=True)
class PlaceReading:
    """What place a text tells. `best`: the finest that is certain; `candidates`: what it may mean instead, at most
    six; `level` of best or "none"; `spans` read as place in the original; `outside`: a place told that is not in
    Jilin; `too_many`: a name that occurs all over the province."""

    best: Area | None = None
    candidates: tuple[Area, ...] = ()
    level: str = "none"
    spans: tuple[tuple[int, int], ...] = ()
    outside: str | None = None
    too_many: bool = False


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    shown: tuple[str, ...]
    bare: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return self.shown + self.bare


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
    # A county-level city stands for itself; a district says too little without its city.
    if len(steps) > 1 and not steps[1].name.endswith("区"):
        steps = steps[1:]
    return "".join(area.spoken for area in steps)


def children(code: str) -> tuple[Area, ...]:
    """The divisions directly below."""
    known = load()
    return tuple(known.areas[child] for child in known.children.get(code, ()))


def find(text: str, within: str | None = None) -> PlaceReading:
    """Read the place a text tells; never raises. `within`: a division already known, which narrows the names.

    Only the first 2,000 characters are read.
    """
    plain = normalise(text[:LONGEST_READ])
    said = plain.text
    outside = _outside(said)
    hits = _hits(_without(said, load().not_places))
    chosen = _choose(said, hits, within)
    if not chosen and within is not None:
        chosen = _misheard(said, within)
    read = [hit for hit in hits if set(hit.codes) & _family(chosen)]
    spans = tuple(plain.span(hit.start, hit.end) for hit in read)
    if outside is not None and any(outside in said[hit.start : hit.end] for hit in read):
        outside = None
    return _reading(chosen, spans, outside)


def _reading(chosen: set[str], spans: tuple[tuple[int, int], ...], outside: str | None) -> PlaceReading:
    areas = load().areas
    if len(chosen) == 1:
        best = areas[next(iter(chosen))]
        return PlaceReading(best, (), best.level, spans, outside)
    if not chosen:
        return PlaceReading(outside=outside)
    common = _common(chosen)
    best_common = areas[common] if common else None
    level = best_common.level if best_common else "none"
    if len(chosen) > MOST_CANDIDATES:
        return PlaceReading(best_common, (), level, spans, outside, too_many=True)
    return PlaceReading(best_common, tuple(areas[code] for code in sorted(chosen)), level, spans, outside)


def _common(codes: Iterable[str]) -> str | None:
    """The finest division all codes lie in; None when that is only the province."""
    found = list(codes)
    for length in (9, 6, 4):
        heads = {code[:length] for code in found}
        if len(heads) == 1 and all(len(code) >= length for code in found):
            return heads.pop()
    return None


def _family(codes: set[str]) -> set[str]:
    return {code[:length] for code in codes for length in (4, 6, 9, 12) if length <= len(code)}


def _without(said: str, phrases: Iterable[str]) -> str:
    for phrase in phrases:
        if phrase in said:
            said = said.replace(phrase, "　" * len(phrase))
    return said


def _outside(said: str) -> str | None:
    known = load()
    for start in range(len(said)):
        for size in (4, 3, 2):
            name = said[start : start + size]
            if name in known.outside and not _WORKPLACE.match(said[start + size :]):
                return name
    return None


def _hits(said: str) -> list[_Hit]:
    """Names in the text, the longest at each place, shown forms before bare ones."""
    known = load()
    hits: list[_Hit] = []
    start = 0
    while start < len(said) - 1:
        hit = None
        for size in range(min(LONGEST_NAME, len(said) - start), 1, -1):
            name = said[start : start + size]
            shown, bare = known.full.get(name, ()), known.stems.get(name, ())
            if shown or bare:
                hit = _Hit(start, start + size, shown, bare)
                break
        if hit is None:
            start += 1
            continue
        if not _WORKPLACE.match(said[hit.end :]):
            hits.append(hit)
        start = hit.end
    return hits


def _choose(said: str, hits: list[_Hit], within: str | None) -> set[str]:
    """Go down level by level: each finer name must lie in what is already certain, and bare names need support."""
    scope: set[str] = {within} if within else set()
    chosen: set[str] = set()
    last_end = -1
    left = list(hits)
    short = len(said) <= SHORT_ANSWER
    for length in (4, 6, 9, 12):
        found: set[str] = set()
        used: list[_Hit] = []
        for hit in left:
            near = last_end >= 0 and 0 <= hit.start - last_end <= NEAR
            answer = short and hit.start <= NEAR
            codes = {code for code in hit.shown if len(code) == length and _inside(code, scope)}
            bare = {code for code in hit.bare if len(code) == length and _inside(code, scope)}
            if length == 12 and not _ENDS.match(said[hit.end :]):
                bare = set()  # 陈家 in 陈家店 is another name, not a place told short
            if bare and _supported(hit, length, bare, scope=scope, near=near, answer=answer):
                codes |= bare
            if codes:
                found |= codes
                used.append(hit)
        if not found and length == 9 and scope:
            moved = _elsewhere(left, scope)
            if moved:
                return scope | moved
        if not found:
            continue
        chosen, scope = found, found
        last_end = max(hit.end for hit in used)
        left = [hit for hit in left if hit not in used]
    return chosen


def _elsewhere(hits: list[_Hit], scope: set[str]) -> set[str]:
    """A township named in full that lies in another county than the one named: borders move, so ask which."""
    townships = {code for hit in hits for code in hit.shown if len(code) == 9 and not _inside(code, scope)}
    return townships if len(townships) <= 2 else set()


def _inside(code: str, scope: set[str]) -> bool:
    return not scope or any(code.startswith(head) for head in scope)


def _supported(hit: _Hit, length: int, codes: set[str], *, scope: set[str], near: bool, answer: bool) -> bool:
    """Whether a bare name may be taken for a place of this level: what stands around it must say so."""
    size = hit.end - hit.start
    if length == 4:
        return True
    if length == 6:
        name_alone = load().areas[next(iter(codes))].name[:size]
        return bool(scope) or (name_alone not in _NEEDS_MORE)
    if length == 9:
        return near or answer or (size >= 3 and len(codes) == 1)
    return (near or answer) and bool(scope)


def _misheard(said: str, within: str) -> set[str]:
    """One wrong character in a name of at least three, when only one child of what is known fits."""
    known = load()
    fitting: set[str] = set()
    family = [child for child in known.children.get(within, ())]
    family += [grand for child in family for grand in known.children.get(child, ())]
    for code in family:
        for form in (known.areas[code].name, known.areas[code].name[:3]):
            if len(form) == 3 and any(_one_off(said[at : at + 3], form) for at in range(len(said) - 2)):
                fitting.add(code)
    return fitting if len(fitting) == 1 else set()


def _one_off(said: str, name: str) -> bool:
    return len(said) == len(name) and sum(a != b for a, b in zip(said, name, strict=True)) == 1
