"""What a clause of a telling says: of which section of the visit record it is, and how it is there.

Words: `data/lexicon/visits.txt`, and `visits_said.txt` for what is no fixed word. Any text is taken; nothing raises.
"""

from __future__ import annotations

from functools import cache

from bot.reading.lexicon import lines
from bot.reading.wordings import Wordings

_says = Wordings("visits_said.txt")

SECTIONS = ("living", "guardianship", "health", "schooling", "care_activities")
HAZARDS = ("water", "fire", "electricity", "traffic", "online")


def section_of(text: str) -> str | None:
    """The section a clause says something of; of several the one it begins with (她奶奶腿摔了 is about who cares)."""
    places = {name: [at for word in words()[name] if (at := text.find(word)) >= 0] for name in SECTIONS}
    named = [name for name in SECTIONS if places[name]]
    return min(named, key=lambda name: min(places[name])) if named else None


def how(text: str) -> str | None:
    """normal, difficulty or not_learned, as far as these words say; None when they do not. What nobody asked (活动没问)
    is no difficulty, trouble that is denied (没啥毛病) is none, and 不是说了吗 says nothing of it."""
    told = less("neutral", _says.without("said_before", text, ""))
    plain = _says.without("unasked", told, "")
    left = less("fine", _says.without("no_trouble", _says.without("well", plain, ""), ""))
    if has("hard", left) or _says("ill", told):
        return "difficulty"
    return "normal" if left != plain else "not_learned" if plain != told else None


def hazards(text: str) -> tuple[str, ...]:
    """The dangers about a house that words tell of, ids of `visit_record.HAZARDS`."""
    return tuple(kind for kind in HAZARDS if has(f"hazard.{kind}", text))


def has(kind: str, text: str) -> bool:
    """Whether one of the words of a kind stands in a text."""
    return any(word in text for word in words()[kind])


def less(kind: str, text: str) -> str:
    """A text without the words of a kind, the longest first."""
    for word in sorted(words()[kind], key=len, reverse=True):
        text = text.replace(word, "")
    return text


@cache
def words() -> dict[str, tuple[str, ...]]:
    """The words of `visits.txt` by their kind."""
    rows = (line.partition(":") for line in lines("visits.txt"))
    return {kind: tuple(said.split()) for kind, _, said in rows}
