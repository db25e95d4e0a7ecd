"""Whether words can be the answer to a question of the talk about 委托照护 that is answered in words: a number, a
school, a journey, a name. What cannot be one is kept beside it and never in its place.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bot.reading.entrusted import entrusted_told
from bot.reading.persons import carers, people
from bot.reading.talk import question_forms
from bot.reading.talk.answers import short_answer
from bot.reading.wordings import Wordings

_says = Wordings("entrusted_answers.txt")

LONGEST_NAME, LONGEST_SCHOOL = 4, 10
_DIGITS = re.compile("[0-9０-９][0-9０-９ -]{5,}|[零一二三四五六七八九幺〇]{7,}")


def fits(step: str, text: str) -> bool:
    """Whether a message can be the answer to this question; those of which nothing is known here always can."""
    return _FITS[step](text.strip()) if step in _FITS else True


def _number(text: str) -> bool:
    plain = short_answer(text) in ("no", "skip", "unsure")
    return plain or _DIGITS.search(text) is not None or _says("no_number", text)


def _school(text: str) -> bool:
    if question_forms.asks(text) or short_answer(text) in ("skip", "unsure", "no"):
        return short_answer(text) is not None
    short_name = len(text) <= LONGEST_SCHOOL and not _says("no_name", text)
    return short_name or _says("school", text) or _says("no_school", text)


def _reason(text: str) -> bool:
    return _says("reason", text) and not text.endswith(("?", "？", "吗", "么"))


def _away(text: str) -> bool:
    told = entrusted_told.journey(text) or entrusted_told.lasts(text) or _says("time_or_place", text)
    return (told and entrusted_told.person(text).years is None) or short_answer(text) in ("unsure", "skip")


def _name(text: str) -> bool:
    said = carers.carer(text)
    return bool(said.phone) or _is_a_name(said.name or text) or bool(entrusted_told.person(text).name)


def _carer(text: str) -> bool:
    said, person = carers.carer(text), entrusted_told.person(text)
    named = bool(said.relation or person.relation or person.name) or _is_a_name(said.name or text)
    return named and not question_forms.asks(text)


def _is_a_name(words: str) -> bool:
    return 1 < len(words) <= LONGEST_NAME and people.begins_with_surname(words) and not _says("no_name", words)


_FITS: Mapping[str, Callable[[str], bool]] = {
    "carer": _carer,
    "carer_phone": _number,
    "reason": _reason,
    "phones": _number,
    "school": _school,
    "away": _away,
    "carer_name": _name,
}
