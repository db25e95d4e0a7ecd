"""How many of the names, places, numbers, ages, dates and relations told in a sentence our own reading finds.

`entities.yml`: what the services make of a sentence. `entities_stranger.yml`: the words `/model/parse` answers with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bot import shipped
from bot.reading.measures import codes, quantities
from bot.reading.normalise import normalise
from bot.reading.persons import children, named, people
from bot.reading.where import places

SENTENCES = Path(__file__).with_name("entities.yml")
STRANGER = Path(__file__).with_name("entities_stranger.yml")
SAID_ON = date(2026, 11, 26)
KINDS = {
    "names": ("child_name", "person_name"),
    "places": ("place",),
    "phones": ("phone",),
    "codes": ("report_code", "invite_code"),
    "dates": ("date",),
    "ages": ("age",),
    "relations": ("relation",),
}


def found(text: str, kind: str, wanted: Any) -> bool:
    """Whether the reading of this kind finds what is wanted. Raises ValueError for an unknown kind."""
    if kind == "phone":
        return any(one.kind == "phone" and one.value == wanted for one in codes.find(text))
    if kind == "age":
        return any(one.years == wanted for one in quantities.ages(text))
    if kind == "date":
        return any(one.first <= wanted <= one.last for one in quantities.days(text, SAID_ON))
    if kind == "place":
        reading = places.find(text)
        areas = [area for area in (reading.best, *reading.candidates) if area is not None]
        return any(wanted in places.full_name(area.code) for area in areas)
    plain = normalise(text)
    if kind == "relation":
        return any(wanted in one.word for one in people.find(plain.text))
    if kind == "name":
        span = children.reference(plain, own_name=True)
        return span is not None and wanted in plain.text[slice(*span)]
    raise ValueError(f"no reading for {kind}")


def measure() -> Iterator[tuple[str, str, str]]:
    """A line for each kind, then one for all: name, figure, goal."""
    told, right = Counter[str](), Counter[str]()
    for one in shipped.content(SENTENCES):
        for kind in one.keys() - {"text"}:
            told[kind] += 1
            right[kind] += found(one["text"], kind, one[kind])
    for kind in sorted(told):
        yield f"  {kind}", f"{right[kind]}/{told[kind]}", ""
    yield "  entities in all, recall", f"{right.total()}/{told.total()} = {right.total() / told.total():.3f}", ">= 0.9"
    yield from _named()


def _named() -> Iterator[tuple[str, str, str]]:
    told = word_for_word = nearly = 0
    for one in shipped.content(STRANGER):
        found = named.find(one["text"], SAID_ON)
        for kind in one.keys() - {"text"}:
            values = [_bare(entity.value) for entity in found if entity.kind in KINDS[kind]]
            for wanted in map(_bare, one[kind]):
                told += 1
                word_for_word += wanted in values
                nearly += any(wanted in value or (len(value) > 1 and value in wanted) for value in values)
    yield "  a stranger's sentences, named word for word", f"{word_for_word}/{told} = {word_for_word / told:.3f}", ""
    yield "  a stranger's sentences, a word more or less", f"{nearly}/{told} = {nearly / told:.3f}", ">= 0.9"


def _bare(words: str) -> str:
    return words.replace(" ", "").replace("-", "")
