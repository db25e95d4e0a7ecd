"""A second child in the telling of one: who begins to tell of another (还有个更急的，我班一个男孩…), who comes back
to it, and who asks whether it was taken down. Brothers and sisters in one home are one matter. Nothing here raises."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from bot.reading import danger
from bot.reading.lexicon import lines
from bot.reading.normalise import normalise
from bot.reading.persons import naming
from bot.reading.reports import told
from bot.reading.where import places
from bot.reading.wordings import Wordings

_says = Wordings("second_child.txt")

LONGEST, LONGEST_NAME = 400, 4
_SENTENCE = re.compile("[^。！？!?；;\n]+[。！？!?；;\n]*")


def begins(text: str) -> bool:
    """Whether a message begins to tell of another child than the one told of so far, and tells something of it."""
    said = normalise(text[:LONGEST]).text
    if len(text) > LONGEST or not _says("begins", said) or not _says("new_one", said):
        return False
    if _says("same_home", said) and not _says("of_neighbour", said):
        return False
    found = told.read(text)
    return bool(found.signs or danger.read(text).level != "none")


def names(texts: Iterable[str]) -> tuple[str, ...]:
    """The full names of children in what was told; 她奶奶姓何 names nobody, and 朱城子镇 is no 朱城."""
    found = [
        text[slice(*span)]
        for text in texts
        for span in (*naming.persons(text), *(hit.span("name") for hit in _after_a_child().finditer(text)))
        if not any(start < span[1] and span[0] < end for start, end in places.find(text).spans)
    ]
    return tuple(dict.fromkeys(one for one in found if 2 <= len(one) <= LONGEST_NAME))


def comes_back(text: str, of: Iterable[str], other_than: Iterable[str], sexes: tuple[str, str]) -> bool:
    """Whether words speak of the child called one of `of`, and of none called one of `other_than`; or point to that
    one by what only it is. `sexes`: of that child and of the other."""
    if any(name in text for name in other_than):
        return False
    if any(name in text for name in of):
        return True
    sex = told.read(text).child_sex
    return sex != "unknown" and sex == sexes[0] != sexes[1] and _says("points", text)


def asks_noted(text: str) -> bool:
    """Whether somebody asks that what he told be not forgotten: 那个何雨欣的事你给我记上没有."""
    return _says("asks_noted", normalise(text[:LONGEST]).text)


def apart(text: str, of: Iterable[str]) -> tuple[str, str]:
    """What stands before the first sentence that names the child called one of `of`; that sentence with the rest."""
    called = tuple(of)
    sentences = [one.group() for one in _SENTENCE.finditer(text)] or [text]
    at = next((index for index, one in enumerate(sentences) if any(name in one for name in called)), 0)
    return "".join(sentences[:at]).strip(), "".join(sentences[at:]).strip()


@cache
def _after_a_child() -> re.Pattern[str]:
    """A name of three characters right after 女孩 or 学生, where the family's name is a word besides: 女孩何雨欣."""
    words = {kind.strip(): said.split() for kind, _, said in (line.partition(":") for line in lines("names.txt"))}
    family = "|".join((*words["family"], *words["also_word"]))
    never = "".join(words["never"])
    child = _says.pattern("孩子").pattern
    return re.compile(f"(?:{child}|[名也]叫|有个叫)(?:叫)?(?P<name>(?:{family})[^\\W\\da-zA-Z_{never}]{{2}})")
