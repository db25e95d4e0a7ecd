"""How many of the names, places, numbers, ages, dates and relations told in a sentence our own reading finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.reading import children, codes, people, places, quantities
from bot.reading.normalise import normalise

SENTENCES = Path(__file__).with_name("entities.yml")
SAID_ON = date(2026, 11, 26)


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
    for one in yaml.safe_load(SENTENCES.read_text(encoding="utf-8")):
        for kind in one.keys() - {"text"}:
            told[kind] += 1
            right[kind] += found(one["text"], kind, one[kind])
    for kind in sorted(told):
        yield f"  {kind}", f"{right[kind]}/{told[kind]}", ""
    yield "  entities in all, recall", f"{right.total()}/{told.total()} = {right.total() / told.total():.3f}", ">= 0.9"
