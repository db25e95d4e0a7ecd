"""A hunch: does the whole of a message sound like danger, though no phrase of the lexicon fits?

A line through counts of characters side by side and near each other, learned from the sentences of many people
(`deploy/hunch.py`, `tests/reading/voices`). It can only lead to the one question, never lower or raise what the lexicon
says (policy reports §3 step 1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import repeat
from math import sqrt
from operator import add
from pathlib import Path

from bot.reading.dangers.scope import Scene

FILE = Path(__file__).resolve().parents[3] / "data" / "lexicon" / "hunch.txt"
LONGEST = 3
"""Characters side by side that are looked at together."""
NEAR = 4
"""Distance within which two characters are looked at as a pair."""
READ = 400
"""Characters that are looked at from either end of a longer message."""
SCALE = 1000
"""What a weight of 1 is written as in the file."""


@dataclass(frozen=True)
class Learned:
    """What `deploy/hunch.py` learned: the fingerprint of its sentences, the bias, and a weight for each piece."""

    made_of: str
    bias: float
    weights: dict[str, int]

    @cached_property
    def names(self) -> frozenset[str]:
        """What has a weight. Two pieces in three have none, and a set, which keeps hashes, tells so at one look."""
        return frozenset(self.weights)


_CHINESE = re.compile("[一-鿿]")
_ONLY_A_PERSON = re.compile(
    "(?:我是|叫我|我叫)?"
    "[^打骂揍踢掐怕救找想恨杀摸亲抱压逼欺死没不别快是要有和跟被让给帮偷走跑躲爱我俺你他她它爸妈爹娘爷奶]{1,3}的?"
    "[他她]?(?:爸爸?|妈妈?|爹|娘|爷爷?|奶奶?|姥姥|姥爷|外公|外婆|姑姑?|舅舅?|叔叔?|婶|姨|大?伯|家长)(?:就行|就好|吧)?[。.!！]?"
)
"""What somebody answers who is asked his name: 小宇爸爸, 我是妞妞他妈. Nothing is told of them."""


def uneasy(scene: Scene, words: str) -> tuple[int, int] | None:
    """The clause of `words` (plain text without harmless turns) that weighs most if the message sounds like danger.

    It learned Chinese: a code, a number or Latin letters alone say nothing to it, nor does a name. What is
    clearly a quotation, a question about rules, a work note or dealt with is not asked about unless the words press.
    """
    known = learned()
    if not _CHINESE.search(words) or _ONLY_A_PERSON.fullmatch(words) or unease(words, known) <= 0:
        return None
    place = max(scene.clauses(), key=lambda span: _sum(pieces(words[slice(*span)]), known), default=None)
    if place is None:
        return None
    return None if _meant_otherwise(scene, place) else place


def _meant_otherwise(scene: Scene, place: tuple[int, int]) -> bool:
    if not (scene.said("quoted") or scene.said("law") or scene.said("note")):
        return False
    scope = scene.at(*place)
    pressing = scope.urgent or scope.when == "now"
    return not pressing and (scope.quoted or scope.asking == "law" or (scope.note and scope.over))


def unease(words: str, known: Learned) -> float:
    """How much plain text sounds like danger: above 0 it is worth a question."""
    if len(words) > READ + READ:
        return max(unease(words[:READ], known), unease(words[-READ:], known))
    found = pieces(words)
    return known.bias + _sum(found, known) / SCALE / sqrt(len(found))


def pieces(words: str) -> set[str]:
    """Everything the hunch counts in plain text: one to three characters side by side, and pairs with a gap."""
    words = words.replace("\n", "。").replace(" ", "_")
    framed = f"^{words}$"
    found = set(framed)
    run = list(framed)
    for size in range(1, LONGEST):
        run = list(map(add, run, framed[size:]))
        found.update(run)
    first = list(map(add, words, repeat(".")))
    for apart in range(2, NEAR + 1):
        found.update(map(add, first, words[apart:]))
    return found


def _sum(found: set[str], known: Learned) -> int:
    return sum(map(known.weights.__getitem__, known.names & found))


@cache
def learned() -> Learned:
    """What is in `hunch.txt`. Raises ValueError when its head cannot be read."""
    head, bias, *rest = FILE.read_text(encoding="utf-8").split("\n")
    if not head.startswith("made of: ") or not bias.startswith("bias: "):
        raise ValueError("hunch.txt does not say what it was made of; make it anew: deploy/hunch.py")
    weights: dict[str, int] = {}
    for line in rest:
        weight, _, told = line.partition(": ")
        weights.update(dict.fromkeys(told.split(" "), int(weight)) if told else {})
    return Learned(head.removeprefix("made of: "), int(bias.removeprefix("bias: ")) / SCALE, weights)
