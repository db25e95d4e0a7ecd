"""How a stretch of a message is meant: denied, past, over, quoted, asked about, feared, or happening now.

One `Scene` is made for a message; `Scene.at(start, end)` answers for one stretch of `Plain.text`. Borders work without
punctuation: a space counts where it can only limit what lowers an alarm (see `Plain.soft`). The words are in
`data/lexicon/scope.txt`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import pairwise

from bot.reading.lexicon import first_of, lines
from bot.reading.normalise import HARD_BREAKS, Plain

SENTENCE_BREAKS = "。!?;\n"
DENIAL_REACH = 16
"""Characters before a stretch in which a denial that touches it may begin."""
AFTER_REACH = 14
"""Characters after a stretch in which words still speak about it."""
LIVE_REACH = 24
"""Characters around a stretch in which something heard or seen makes it live."""
SENTENCE_REACH = 60
"""Characters before a stretch in which a sentence without full stops still speaks about it."""
_AFFIRMS = re.compile("(?:并|也|又)?不是")
_RHETORICAL = re.compile("[吗么嘛](?:$|[你管])")
"""不是有孩子挨打吗 says that one is beaten."""
_ENDS_A_CLAUSE = "live"
"""The cue that may need the end of a clause after it: in 孩子哭呢 家里没人 the space is one."""
_FEARED = "supposed"
"""The cue that is made of no words on both sides of a space: 我害怕 他要杀我 supposes nothing."""
_HARD = re.compile(f"[{re.escape(HARD_BREAKS)}]")


class Scope:
    """What is said about one stretch of text. Each answer is looked for when it is first wanted: few are."""

    def __init__(self, scene: Scene, start: int, end: int) -> None:
        self._scene, self._start, self._end = scene, start, end
        self._before, self._after = scene.sentence(start, end)

    @property
    def negated(self) -> bool:
        """A denial stands directly before it."""
        return self._scene.negated(self._start)

    @cached_property
    def when(self) -> str:
        """The nearest word of time: "now", "recent" (days ago), "past" (long ago) or "" (nothing said)."""
        nearest = ("", -1)
        for kind in ("past", "recent", "now"):
            cues = self._scene.cues(kind)
            index = bisect_left(cues, (self._end, self._end)) - 1
            if index >= 0 and cues[index][0] >= max(self._before, nearest[1] + 1):
                nearest = (kind, cues[index][0])
        if nearest[0] == "past":
            return "past"
        for kind in ("now", "past"):
            if self._scene.has(kind, self._start, min(self._after, self._end + AFTER_REACH)):
                return kind
        return nearest[0]

    @property
    def live(self) -> bool:
        """Weaker than "now": heard, seen, bleeding, hiding."""
        near = max(self._before, self._start - LIVE_REACH), min(self._after, self._end + LIVE_REACH)
        return self._scene.has("live", *near)

    @property
    def habit(self) -> bool:
        """Told as what happens again and again."""
        return self._scene.has("habit", max(self._before, self._start - 24), self._end)

    @property
    def over(self) -> bool:
        """Ended or dealt with."""
        return self._ended("over")

    @property
    def found(self) -> bool:
        """Who was away is back."""
        return self._ended("found")

    @property
    def real(self) -> bool:
        """It is about somebody the speaker knows."""
        return self._scene.has("real", self._before, self._after)

    @property
    def quoted(self) -> bool:
        """From a film, the news, a lesson."""
        scene, cues = self._scene, self._scene.cues("quoted")
        index = bisect_left(cues, (self._start, self._start)) - 1
        if index >= 0 and cues[index][0] >= self._before:
            return not scene.has("real", cues[index][1], self._start + 4)
        told = scene.has("quoted", self._start, self._after)
        return told and not scene.has("real", self._before, self._start + 4)

    @property
    def asking(self) -> str:
        """ "law" (a question about rules), "how" (what to do in general) or ""."""
        if self._scene.has("law", self._before, self._after):
            return "law"
        return "how" if self._scene.has("how", self._before, self._after) else ""

    @property
    def supposed(self) -> bool:
        """If, in case, what when."""
        return self._scene.has("supposed", max(self._before, self._start - 20), self._start)

    @property
    def doubted(self) -> bool:
        """The speaker is not sure."""
        near = max(self._before, self._start - 12), min(self._after, self._end + 6)
        return self._scene.has("doubted", *near)

    @property
    def hearsay(self) -> bool:
        """Others said so."""
        return self._scene.has("hearsay", self._before, self._start)

    @property
    def note(self) -> bool:
        """The whole message is a note of work done."""
        return self._scene.said("note")

    @property
    def urgent(self) -> bool:
        """The whole message presses."""
        return self._scene.said("urgent")

    def _ended(self, kind: str) -> bool:
        """Whether words of ending follow, or stand before in the sentence and nothing is told as begun anew."""
        cues = self._scene.cues(kind)
        if not cues or cues[-1][0] < self._before:
            return False
        if cues[-1][0] >= self._end:
            return True
        return not self._scene.has("now", cues[-1][0], min(len(self._scene.text), self._end + AFTER_REACH))


class Scene:
    """One message and its cues."""

    def __init__(self, plain: Plain) -> None:
        self.plain = plain
        self.text = plain.text
        self._found: dict[str, list[tuple[int, int]]] = {}
        self._scopes: dict[tuple[int, int], Scope] = {}
        hard = [found.start() for found in _HARD.finditer(plain.text)]
        self._sentences = [index for index in hard if plain.text[index] in SENTENCE_BREAKS]
        self._clauses = sorted(plain.soft.union(hard))

    def at(self, start: int, end: int) -> Scope:
        """How `text[start:end]` is meant."""
        if (start, end) not in self._scopes:
            self._scopes[start, end] = Scope(self, start, end)
        return self._scopes[start, end]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Bounds of the sentence around a stretch, its closing sign included, at most `SENTENCE_REACH` each way."""
        left = bisect_left(self._sentences, start)
        before = self._sentences[left - 1] + 1 if left else 0
        right = bisect_left(self._sentences, end)
        after = self._sentences[right] + 1 if right < len(self._sentences) else len(self.text)
        return max(before, start - SENTENCE_REACH), min(after, end + SENTENCE_REACH)

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Bounds of the clause around a stretch, by punctuation and by the spaces the person left."""
        left = bisect_right(self._clauses, start)
        before = self._clauses[left - 1] if left else 0
        if before < start and self.text[before] in HARD_BREAKS:
            before += 1
        right = bisect_left(self._clauses, end)
        after = self._clauses[right] if right < len(self._clauses) else len(self.text)
        return before, after

    def clauses(self) -> tuple[tuple[int, int], ...]:
        """All clauses in order, without their closing punctuation; empty ones left out."""
        borders = [*self._clauses, len(self.text)]
        out: list[tuple[int, int]] = []
        begin = 0
        for border in borders:
            if border > begin:
                out.append((begin, border))
            begin = border + 1 if border < len(self.text) and self.text[border] in HARD_BREAKS else border
        return tuple(out)

    def negated(self, start: int) -> bool:
        """Whether a denial stands directly before `start`, in the same clause."""
        begins, ends = self.clause(start, start + 1)
        before = max(begins, start - DENIAL_REACH)
        said = self.text[before:start]
        denial = _denial().search(said)
        if denial is None or _undone().search(said[: denial.start()]):
            return False
        return not (_AFFIRMS.match(denial.group()) and _RHETORICAL.search(self.text[start:ends]))

    def before(self, kind: str, end: int) -> int | None:
        """Where the last cue of a kind that begins before `end` begins."""
        cues = self.cues(kind)
        index = bisect_left(cues, (end,)) if cues else 0
        return cues[index - 1][0] if index else None

    def said(self, kind: str) -> bool:
        """Whether the message has any cue of this kind of `scope.txt`."""
        return bool(self.cues(kind))

    def cues(self, kind: str) -> list[tuple[int, int]]:
        """Places of all cues of a kind, looked for when first wanted: most messages hold no danger and want none."""
        found = self._found.get(kind)
        if found is None:
            found = [hit.span() for hit in _cues()[kind].finditer(self.text)]
            if kind == _ENDS_A_CLAUSE and self.plain.soft:
                found = sorted({*found, *self._before_spaces(kind)})
            if kind == _FEARED:
                found = [span for span in found if self.plain.soft.isdisjoint(range(span[0] + 1, span[1]))]
            self._found[kind] = found
        return found

    def _before_spaces(self, kind: str) -> Iterator[tuple[int, int]]:
        """Cues that stand here where each space the person left is a comma."""
        soft = sorted(self.plain.soft)
        commas = [place + before for before, place in enumerate(soft)]
        said = ",".join(self.text[begin:end] for begin, end in pairwise([0, *soft, len(self.text)]))
        for hit in _cues()[kind].finditer(said):
            start, end = hit.span()
            yield start - bisect_left(commas, start), end - bisect_left(commas, end)

    def has(self, kind: str, start: int, end: int) -> bool:
        """Whether a cue of this kind lies within `text[start:end]`."""
        cues = self._found.get(kind)
        if cues is None:
            cues = self.cues(kind)
        if not cues:
            return False
        for cue_start, cue_end in cues[bisect_left(cues, (start, start)) :]:
            if cue_start >= end:
                return False
            if cue_end <= end:
                return True
        return False


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    gathered: dict[str, list[str]] = {}
    for line in lines("scope.txt"):
        kind, _, pattern = line.partition("|")
        gathered.setdefault(kind.strip(), []).append(pattern.strip())
    return {kind: re.compile(first_of(*patterns)) for kind, patterns in gathered.items()}


@cache
def _denial() -> re.Pattern[str]:
    """A denial that ends where the text ends, and does not itself follow a word that undoes it (差点没…)."""
    return re.compile(rf"(?:{_cues()['not'].pattern})\Z")


@cache
def _undone() -> re.Pattern[str]:
    return re.compile(rf"(?:{_cues()['notnot'].pattern})\Z")
