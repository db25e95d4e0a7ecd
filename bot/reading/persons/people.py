"""Who is named by a word of relation, and who speaks.

The words are in `data/lexicon/relations.txt` and `relations_tellers.txt`; values are those of policy reports.yml
(`told_facts`). Everything here reads plain text (see `normalise`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from bot.reading.dangers.scope import Scene
from bot.reading.lexicon import Patterns, lines
from bot.reading.normalise import normalise

RELATION_OF = {
    "parent": "guardian",
    "step_parent": "guardian",
    "adoptive_parent": "guardian",
    "grandparent": "relative",
    "relative": "relative",
    "carer": "carer",
    "neighbour": "stranger",
    "school_staff": "school_staff",
    "staff": "staff",
    "peer": "peer",
    "stranger": "stranger",
    "unsure": "unknown",
}
"""The `suspect_relation` a person of each group would have."""

_DENIED = re.compile("[不没说]$")
_GROWN_UP = re.compile(
    "[我俺](?:今年|都|已经|也)?(?:[2-9][0-9]|[二三四五六七八九]十[一二三四五六七八九]?)(?:多?岁|"
    "多?了)|[我俺](?:媳妇|老婆|老公|对象|儿子|闺女|女儿)"
    "|我(?:结婚|成年|退休)|小时候"
)


@dataclass(frozen=True)
class Person:
    """Somebody named at `start:end` of the plain text by a word of relation; `group` as in `relations.txt`."""

    word: str
    group: str
    start: int
    end: int


_UNITS = (
    ("school", re.compile("学校|小学|中学|初中|高中|幼儿园|中心校|校医|老师|教师|班主任|school|kindergarten|teacher")),
    ("medical", re.compile("医院|卫生院|卫生所|卫生室|诊所|医生|大夫|护士|hospital|clinic|doctor|nurse")),
    ("institution", re.compile("救助站|福利院|福利机构|救助机构|敬老院|orphanage|shelter")),
    ("residents_committee", re.compile("村委|居委|社区|村部|大队|village committee")),
)
"""Units of mandatory reporters (reports.yml#unit) by the words people answer with."""


@dataclass(frozen=True)
class Speaker:
    """Who speaks: `kind` is a reporter type, `unit` that of a mandatory reporter; None when it is not said."""

    kind: str | None = None
    unit: str | None = None


def find(text: str) -> tuple[Person, ...]:
    """Everybody named by a word of relation, in order; a longer word hides the shorter ones inside it."""
    pattern, groups = _words()
    return tuple(Person(hit["word"], groups[hit["word"]], *hit.span()) for hit in pattern.finditer(text))


def teller(scene: Scene) -> Speaker:
    """Who speaks, by the first line of the lexicon that is said and not denied."""
    patterns, kinds = tellers()
    # First as the person spaced it: 我是儿童主任 他爸打孩子 is not told by a child director's father.
    for text in (_spaced(scene), scene.text) if scene.plain.soft else (scene.text,):
        for index in patterns.worth_trying(text):
            hit = patterns.compiled(index).search(text)
            if hit and not _DENIED.search(text[: hit.start()]):
                kind = kinds[index]
                return Speaker() if kind.kind == "child_self" and _GROWN_UP.search(text) else kind
    return Speaker()


_OF_A_THIRD = re.compile(
    "^(?:他|她|孩子)?[爸妈爷奶姥姑姨舅叔伯爹娘]{1,2}(?:们)?(?:也|都|就|总|又|天天)*(?:打|去|在|不|没|"
    "说|走|出|跑|喝|赌|上)"
)
"""奶奶打麻将去 tells what she does; it is not she who writes."""


def answered(text: str) -> Speaker:
    """Who answers the question who he is or where he works: the bare words count as well (班主任, his teacher)."""
    before = "i am " if text.isascii() else "我是"
    ways = (text,) if _OF_A_THIRD.search(text) else (text, before + text)
    said = next((who for one in ways if (who := teller(Scene(normalise(one)))).kind), Speaker())
    return said if said.unit else Speaker(said.kind, _unit(text.lower()))


def _unit(text: str) -> str | None:
    return next((unit for unit, words in _UNITS if words.search(text)), None)


def _spaced(scene: Scene) -> str:
    """The plain text with a comma wherever the person left a space."""
    soft = scene.plain.soft
    return "".join(f",{char}" if index in soft else char for index, char in enumerate(scene.text))


@cache
def rows() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The groups of `relations.txt` and their words."""
    split = (line.partition(":") for line in lines("relations.txt"))
    return tuple((group, tuple(words.split())) for group, _, words in split)


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    groups = {word: group for group, words in rows() if not group.startswith("chain.") for word in words}
    return re.compile(f"[我俺他她]?(?P<word>{_longest_first(groups)})"), groups


@cache
def offices() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern for the offices of our own chain, and the role (reports.yml#assignment) each word means."""
    roles = {word: group.partition(".")[2] for group, words in rows() if group.startswith("chain.") for word in words}
    return re.compile(_longest_first(roles)), roles


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def tellers() -> tuple[Patterns, tuple[Speaker, ...]]:
    """The patterns of `relations_tellers.txt`, and who speaks by each of them."""
    rows = [[part.strip() for part in line.split("|", 2)] for line in lines("relations_tellers.txt")]
    return Patterns(row[2] for row in rows), tuple(
        Speaker(row[0], None if row[1] == "none" else row[1]) for row in rows
    )


def surname(name: str) -> str:
    """The surname a Chinese name begins with, two characters long where such a one is known; "" for no name."""
    return next((name[:long] for long in (2, 1) if len(name) > long and name[:long] in _surnames()), name[:1])


def begins_with_surname(name: str) -> bool:
    """Whether words begin with a family name we know, one that is a word as well among them: 金哲; 水原 does not."""
    return surname(name) in _surnames() or name[:1] in _also_words()


@cache
def _also_words() -> frozenset[str]:
    said = dict(line.partition(":")[::2] for line in lines("names.txt"))
    return frozenset(said["also_word"].split())


@cache
def _surnames() -> frozenset[str]:
    said = dict(line.partition(":")[::2] for line in lines("names.txt"))
    return frozenset(said["family"].split())
