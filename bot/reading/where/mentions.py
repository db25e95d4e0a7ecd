"""Where a message names places: names found in the text, put together into mentions that go down level by level."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

from bot.reading.lexicon import regex
from bot.reading.where.gazetteer import Gazetteer, load, rows

FILLER = "　"
MOST_MENTIONS = 12
_FAR = 8
_WHOLE = 12
_SIGNS = re.compile(r"[,。!?;:\s]+")


@dataclass(frozen=True)
class Hit:
    """A name at `start:end` of the text. `shown`: codes whose kind it shows (…镇); `bare`: codes it names without.

    `behind`: it follows another name at once.
    """

    start: int
    end: int
    shown: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    behind: bool = False

    @cached_property
    def lengths(self) -> frozenset[int]:
        """Lengths of its codes: the levels it may name."""
        return frozenset(map(len, self.shown + self.bare))


@dataclass
class Mention:
    """One place told in one or more names. `codes`: the finest it may mean; `hits`: the names it was read from.

    `weak`: read from a name so unsure that a person should be asked. `start`, `end`: first and last character read.
    """

    codes: set[str]
    hits: list[Hit] = field(default_factory=list)
    weak: bool = False

    start: int = 0
    end: int = 0

    @property
    def finest(self) -> Hit:
        """The name of the finest division told."""
        return self.hits[-1]

    def take(self, hit: Hit) -> None:
        """Add a name, the finest so far."""
        self.start = min(self.start, hit.start) if self.hits else hit.start
        self.end = max(self.end, hit.end)
        self.hits.append(hit)

    def gap(self, hit: Hit) -> tuple[int, bool]:
        """Distance to a name in characters, and whether the name comes first; the nearest mention sorts first."""
        return (max(0, hit.start - self.end, self.start - hit.end), hit.start < self.start)


def read(said: str, known: str | None = None) -> list[Mention]:
    """The mentions in a blanked plain text, in order. With `known` (a code) the first stands for it, named or not."""
    mentions = [Mention({known})] if known else []
    names = _Names(said, load(), mentions)
    hits = list(_found(said, names.gazetteer))
    taken = bytearray(len(said))
    for length in (4, 6, 9, 12):
        for hit in hits:
            if length not in hit.lengths or any(taken[hit.start : hit.end]):
                continue
            if names.agrees(hit, known) or names.refines(hit, length) or names.stands_alone(hit, length):
                taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
    if known is None and not any(len(code) == 12 or len(code) < 9 for one in mentions for code in one.codes):
        mentions = _paired(names, hits, mentions)
    return mentions[: bool(known)] + sorted(mentions[bool(known) :], key=lambda mention: mention.start)


def _paired(names: _Names, hits: list[Hit], mentions: list[Mention]) -> list[Mention]:
    """响水姜家店, 姜家店 响水镇: two names side by side of which one lies in the other mean that village, though one
    alone names a township elsewhere."""
    found: dict[str, Mention] = {}
    for first, second in ((a, b) for a in hits for b in hits if a.end <= b.start):
        between = names.said[first.end : second.start]
        if len(between) > _FAR or not (_joins().fullmatch(between) or between.isspace()):
            continue
        for town, village in ((first, second), (second, first)):
            heads = [code for code in town.shown + town.bare if len(code) == 9]
            for code in village.shown + village.bare:
                if len(code) == 12 and any(names.gazetteer.inside(code, head) for head in heads):
                    made = found.setdefault(code, Mention({code}))
                    for hit in (town, village):
                        if hit not in made.hits:
                            made.take(hit)
    if len(found) != 1:
        return mentions
    (made,) = found.values()
    return [one for one in mentions if one.end <= made.start or one.start >= made.end] + [made]


def blanked(said: str) -> str:
    """The text with phrases that only look like places made blank."""
    return _not_places().sub(lambda found: FILLER * len(found.group()), said)


def at_work(said: str, end: int) -> bool:
    """Whether what follows says that somebody works there: that is not where the child is."""
    return bool(_after("work").match(said, end))


def cued(said: str, start: int, end: int) -> bool:
    """Whether little words around `start:end` say that a place is meant."""
    return bool(_before("before").search(said[max(0, start - 6) : start]) or _after("after").match(said, end))


def alone(said: str, start: int, end: int) -> bool:
    """Whether the text says little more than this name: the answer to a question."""
    if len(said) > _WHOLE + end - start:
        return False
    return _leftover().fullmatch(_SIGNS.sub("", said[:start] + said[end:])) is not None


def after_joins(said: str, end: int) -> int:
    """Where the next part of a place told up to `end` would begin: behind 的, 那边 and the like."""
    found = _joins().match(said, end)
    return found.end() if found else end


def phrase(said: str, start: int) -> str:
    """At most twelve characters from `start` to the next sign, without the small words an answer ends with."""
    words = _SIGNS.split(said[start : start + _WHOLE])[0]
    tail = _trailing().search(words)
    return words[: tail.start()] if tail and tail.start() >= 2 else words


def clauses(said: str) -> list[str]:
    """What stands between the signs, without little words before and behind: 在响水正那边."""
    return [
        phrase(part, max((s for s in after_cues(part) if s <= 2), default=0)) for part in _SIGNS.split(said) if part
    ]


def after_cues(said: str) -> list[int]:
    """Where a place may begin: at the start, behind a sign, and behind 在, 住, 家 and the like."""
    return [0, *(found.end() for found in _openings().finditer(said))]


@cache
def ordinary() -> frozenset[str]:
    """Names that are also ordinary words."""
    return frozenset(word for line in rows("ordinary.txt") for word in line)


@dataclass
class _Names:
    """Decides for each name whether it is meant as a place, and of which mention."""

    said: str
    gazetteer: Gazetteer
    mentions: list[Mention]

    def agrees(self, hit: Hit, known: str | None) -> bool:
        """The name says again what is known already: it anchors what stands beside it."""
        again = bool(known) and any(str(known).startswith(code) for code in hit.shown + hit.bare)
        if again and not self._somebodys(hit):
            self.mentions[0].take(hit)
            return True
        return False

    def refines(self, hit: Hit, length: int) -> bool:
        """Join the name to the nearest mention in which such a division lies; False when none does."""
        for mention in sorted(self.mentions, key=lambda mention: mention.gap(hit)):
            if length == 6 and mention.hits and not self._joined(hit, mention):
                continue  # 爸爸在长春，孩子在农安: two places, though one lies in the other
            codes = self._inside(hit.shown, length, mention)
            if hit.bare and self._beside(hit, mention, length):
                codes |= self._inside(hit.bare, length, mention)
            if codes:
                mention.codes = codes
                mention.take(hit)
                return True
        return False

    def stands_alone(self, hit: Hit, length: int) -> bool:
        """Begin a mention with the name, if it may stand without a division above it."""
        codes = {code for code in hit.shown if len(code) == length}
        weak = False
        if not codes and not self._somebodys(hit) and not self._finer(hit, length):
            codes, weak = self._bare(hit, length)
        if not codes or len(self.mentions) >= MOST_MENTIONS:
            return False
        mention = Mention(codes, weak=weak)
        mention.take(hit)
        self.mentions.append(mention)
        return True

    def _finer(self, hit: Hit, length: int) -> bool:
        """Whether the bare name is rather something finer, of the place beside it: 舒兰朝阳, 榆树五棵树临江."""
        return any(
            (hit.behind or self._joined(hit, mention)) and self._inside(hit.bare, finer, mention)
            for mention in self.mentions
            if mention.hits
            for finer in hit.lengths
            if finer > length
        )

    def _inside(self, codes: tuple[str, ...], length: int, mention: Mention) -> set[str]:
        """Those of the codes that are of this level and lie in the mention."""
        heads = [head for head in mention.codes if len(head) < length]
        return {
            code for code in codes if len(code) == length and any(self.gazetteer.inside(code, head) for head in heads)
        }

    def _beside(self, hit: Hit, mention: Mention, length: int) -> bool:
        """Whether a bare name belongs to the mention: right beside it, or an answer about what is known."""
        if not self._ends_well(hit):
            return False
        if not mention.hits:
            return cued(self.said, hit.start, hit.end) or alone(self.said, hit.start, hit.end)
        if self._joined(hit, mention):
            return True
        name = self.said[hit.start : hit.end]
        return length < 12 and name not in ordinary() and cued(self.said, hit.start, hit.end)

    def _joined(self, hit: Hit, mention: Mention) -> bool:
        """Whether only small words stand between the name and the mention."""
        between = self.said[mention.end : hit.start] if mention.end <= hit.start else self.said[hit.end : mention.start]
        return len(between) <= _FAR and _joins().fullmatch(between) is not None

    def _bare(self, hit: Hit, length: int) -> tuple[set[str], bool]:
        """What a bare name may mean where no division above it is told, and whether that is too unsure to rely on."""
        codes = {code for code in hit.bare if len(code) == length}
        if not codes:
            return set(), False
        name = self.said[hit.start : hit.end]
        if name in self.gazetteer.outside:
            return set(), False  # 西安 without 辽源 is the other one
        asked = cued(self.said, hit.start, hit.end) or alone(self.said, hit.start, hit.end)
        if length == 4:
            return (set() if hit.behind and len(hit.lengths) > 1 else codes), False
        if length == 6 and _after("hamlet").match(self.said, hit.end) and not self._leads_to(hit, next(iter(codes))):
            return set(), False
        if length == 6 and name not in ordinary():
            return codes, False
        if length == 6:
            townships = {code for code in hit.bare if len(code) == 9 and code[:6] not in codes}
            backed = {code for code in codes if self._leads_to(hit, code)}
            return backed or (codes | townships if asked else set()), False
        telling = length == 9 and len(name) >= 3 and len(codes) == 1
        if not (asked or telling) or name in ordinary() or not self._ends_well(hit):
            return set(), False
        if length == 9:
            return codes, False
        # A hamlet that is no village of its own may bear the same name elsewhere.
        return (codes, True) if len(name) >= 3 and len(codes) == 1 else (set(), False)

    def _leads_to(self, hit: Hit, county: str) -> bool:
        """Whether a name inside the county follows at once: 丰满旺起."""
        known = self.gazetteer
        for size in range(known.longest.get(self.said[hit.end : hit.end + 2], 0), 1, -1):
            name = self.said[hit.end : hit.end + size]
            if any(known.inside(code, county) for code in (*known.full.get(name, ()), *known.stems.get(name, ()))):
                return True
        return False

    def _somebodys(self, hit: Hit) -> bool:
        """Whether the bare name is somebody's: 王和平, 叫靖宇."""
        if hit.shown:
            return False
        head = self.said[max(0, hit.start - 3) : hit.start]
        if any(mention.end == hit.start for mention in self.mentions if mention.hits):
            return False
        if head.endswith("叫") or _after("named").match(self.said, hit.end):
            return hit.end - hit.start == 2
        return head[-1:] in _surnames() and not _before("not_surnames").search(head)

    def _ends_well(self, hit: Hit) -> bool:
        """Whether the name is not merely the beginning of a longer word."""
        if hit.end == len(self.said) or self.said[hit.end] == FILLER:
            return True
        if self.said[hit.end : hit.end + 2] in self.gazetteer.longest:
            return True  # another name begins here
        if self.said[hit.start : hit.end] in ordinary() or hit.end - hit.start == 2:
            return _after("ends").match(self.said, hit.end) is not None
        return _after("longer").match(self.said, hit.end) is None


def _found(said: str, gazetteer: Gazetteer) -> Iterator[Hit]:
    """Every name in the text, the longer first, but none that is only a part of a longer one."""
    covered = 0
    ends: set[int] = set()
    for start in range(len(said) - 1):
        reach, whole = covered, False
        longest = gazetteer.longest.get(said[start : start + 2], 0)
        for size in range(min(longest, len(said) - start), 1, -1):
            end = start + size
            name = said[start:end]
            shown, bare = gazetteer.full.get(name, ()), gazetteer.stems.get(name, ())
            if not (shown or bare) or end <= reach or whole or _county_people(said, end, name, gazetteer):
                continue
            # 榆树 in 大榆树, in 榆树村 or in 榆树屯 is no county; but 农安 in the bare village 农安东 may be.
            # Right behind another name only the longest counts: 梨树川 in 旺起梨树川.
            whole = bool(shown) or name.endswith("屯") or start in ends
            covered = max(covered, end)
            ends.add(end)
            yield Hit(start, end, shown, bare, start in ends)


def _county_people(said: str, end: int, name: str, gazetteer: Gazetteer) -> bool:
    """Whether 农安村 is the beginning of 农安村里 or 农安村民: the villages of the county, not one of that name."""
    county = any(len(code) == 6 for code in gazetteer.stems.get(name[:-1], ()))
    return name.endswith("村") and said[end : end + 1] in tuple("里民子") and county


@cache
def cues() -> dict[str, tuple[str, ...]]:
    """The classes of little words of cues.txt."""
    return {line[0].rstrip(":"): tuple(line[1:]) for line in rows("cues.txt")}


def any_of(name: str) -> str:
    """A pattern for any word of a class of cues.txt, the longest first."""
    return "|".join(re.escape(word) for word in sorted(cues()[name], key=len, reverse=True))


@cache
def _before(name: str) -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(name)})$")


@cache
def _after(name: str) -> re.Pattern[str]:
    return re.compile(any_of(name))


@cache
def _joins() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of('joins')}|{FILLER})*")


@cache
def _openings() -> re.Pattern[str]:
    return re.compile(f"{any_of('before')}|[,。!?;:\\s]")


@cache
def _trailing() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of('answering')}|{any_of('after')})+$")


@cache
def _leftover() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of('before')}|{any_of('after')}|{any_of('joins')}|{any_of('answering')})*")


@cache
def _surnames() -> frozenset[str]:
    return frozenset(cues()["surnames"])


@cache
def _not_places() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{regex(' '.join(line))})" for line in rows("not_places.txt")))
