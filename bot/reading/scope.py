"""How a stretch of a message is meant: denied, past, over, quoted, asked about, feared, or happening now.

One `Scene` is made for a message; `Scene.at(start, end)` answers for one stretch of `Plain.text`. Borders work without
punctuation: a space counts where it can only limit what lowers an alarm (see `Plain.soft`). The words are in
`data/lexicon/scope.txt`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache

from bot.reading.lexicon import lines, regex
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


@dataclass(frozen=True)
class Scope:
    """What is said about one stretch of text.

    `when` is the nearest word of time: "now", "recent" (days ago), "past" (long ago) or "" (nothing said). `live` is
    weaker than "now": heard, seen, bleeding, hiding. `over`: ended or dealt with; `found`: who was away is back.
    `real`: somebody the speaker knows.
    `asking` is "law" (a question about rules), "how" (what to do in general) or "". `note` and `urgent` are true of
    the whole message.
    """

    negated: bool = False
    when: str = ""
    live: bool = False
    habit: bool = False
    over: bool = False
    found: bool = False
    real: bool = False
    quoted: bool = False
    asking: str = ""
    supposed: bool = False
    doubted: bool = False
    hearsay: bool = False
    note: bool = False
    urgent: bool = False


class Scene:
    """One message and its cues."""

    def __init__(self, plain: Plain) -> None:
        self.plain = plain
        self.text = plain.text
        self._found: dict[str, list[tuple[int, int]]] = {}
        self._sentences = [index for index, char in enumerate(plain.text) if char in SENTENCE_BREAKS]
        hard = {index for index, char in enumerate(plain.text) if char in HARD_BREAKS}
        self._hard = sorted(hard)
        self._clauses = sorted(hard | plain.soft)

    def at(self, start: int, end: int) -> Scope:
        """How `text[start:end]` is meant."""
        before, after = self.sentence(start, end)
        return Scope(
            negated=self.negated(start),
            when=self._when(before, start, end, after),
            live=self._has("live", max(before, start - LIVE_REACH), min(after, end + LIVE_REACH)),
            habit=self._has("habit", max(before, start - 24), end),
            over=self._ended("over", before, start, end),
            found=self._ended("found", before, start, end),
            real=self._has("real", before, after),
            quoted=self._quoted(before, start, after),
            asking=self._asking(before, after),
            supposed=self._has("supposed", max(before, start - 20), start),
            doubted=self._has("doubted", max(before, start - 12), min(after, end + 6)),
            hearsay=self._has("hearsay", before, start),
            note=bool(self._cues("note")),
            urgent=bool(self._cues("urgent")),
        )

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
        before = max(self.clause(start, start + 1)[0], start - DENIAL_REACH)
        said = self.text[before:start]
        denial = _denial().search(said)
        return denial is not None and not _undone().search(said[: denial.start()])

    def before(self, kind: str, end: int) -> int | None:
        """Where the last cue of a kind that begins before `end` begins."""
        return max((start for start, _ in self._cues(kind) if start < end), default=None)

    def said(self, kind: str) -> bool:
        """Whether the message has any cue of this kind of `scope.txt`."""
        return bool(self._cues(kind))

    def _cues(self, kind: str) -> list[tuple[int, int]]:
        """Places of all cues of a kind, looked for when first wanted: most messages hold no danger and want none."""
        if kind not in self._found:
            self._found[kind] = [hit.span() for hit in _cues()[kind].finditer(self.text)]
        return self._found[kind]

    def _has(self, kind: str, start: int, end: int) -> bool:
        cues = self._cues(kind)
        for cue_start, cue_end in cues[bisect_left(cues, (start, start)) :]:
            if cue_start >= end:
                return False
            if cue_end <= end:
                return True
        return False

    def _when(self, before: int, start: int, end: int, after: int) -> str:
        """The nearest word of time before the stretch; "now" and "past" also from shortly after it."""
        nearest = ("", -1)
        for kind in ("past", "recent", "now"):
            cues = self._cues(kind)
            index = bisect_left(cues, (end, end)) - 1
            if index >= 0 and cues[index][0] >= max(before, nearest[1] + 1):
                nearest = (kind, cues[index][0])
        if nearest[0] == "past":
            return "past"
        for kind in ("now", "past"):
            if self._has(kind, start, min(after, end + AFTER_REACH)):
                return kind
        return nearest[0]

    def _ended(self, kind: str, before: int, start: int, end: int) -> bool:
        """Whether words of ending follow, or stand before in the sentence and nothing is told as begun anew."""
        cues = self._cues(kind)
        if not cues or cues[-1][0] < before:
            return False
        if cues[-1][0] >= end:
            return True
        return not self._has("now", cues[-1][0], min(len(self.text), end + AFTER_REACH))

    def _quoted(self, before: int, start: int, after: int) -> bool:
        cues = self._cues("quoted")
        index = bisect_left(cues, (start, start)) - 1
        if index >= 0 and cues[index][0] >= before:
            return not self._has("real", cues[index][1], start + 4)
        return self._has("quoted", start, after) and not self._has("real", before, start + 4)

    def _asking(self, before: int, after: int) -> str:
        if self._has("law", before, after):
            return "law"
        return "how" if self._has("how", before, after) else ""


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    gathered: dict[str, list[str]] = {}
    for line in lines("scope.txt"):
        kind, _, pattern = line.partition("|")
        gathered.setdefault(kind.strip(), []).append(regex(pattern))
    return {kind: re.compile("|".join(patterns)) for kind, patterns in gathered.items()}


@cache
def _denial() -> re.Pattern[str]:
    """A denial that ends where the text ends, and does not itself follow a word that undoes it (差点没…)."""
    return re.compile(rf"(?:{_cues()['not'].pattern})\Z")


@cache
def _undone() -> re.Pattern[str]:
    return re.compile(rf"(?:{_cues()['notnot'].pattern})\Z")
