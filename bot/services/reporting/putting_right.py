"""A correction of what was said earlier in the talk, wherever it stands: 不是初一二班，是初一三班."""

from __future__ import annotations

from bot.reading import places, reporting
from bot.services.drafts import Answers

COUNTY = 6
"""Digits of a county's code."""


def is_one(answers: Answers, text: str) -> bool:
    """Whether words put right what was told before."""
    return bool(_found(answers, text))


def put_right(answers: Answers, text: str) -> bool:
    """Write what holds instead in the words it was told with; a bare correction is not kept a second time. False: it is
    none, or nothing of it was told before."""
    found = _found(answers, text)
    for index, old, new in found:
        field, said = answers.words[index]
        answers.words[index] = [field, said.replace(old, new)]
    return bool(found)


def place(answers: Answers, text: str) -> str | None:
    """The full name of the place that holds instead of the one told: 不是合成村 是更新乡房身地村. None: no place is put
    right by these words, or none was known."""
    found = reporting.not_but(text)
    if found is None or answers.area is None:
        return None
    best = places.find(found[1], within=answers.area[:COUNTY]).best or places.find(found[1]).best
    return places.full_name(best.code) if best is not None and len(best.code) > COUNTY else None


def _found(answers: Answers, text: str) -> list[tuple[int, str, str]]:
    """Where in the words the old stands, the old and the new."""
    found = reporting.not_but(text)
    if found is None or place(answers, text) is not None:
        return []
    old, new = found
    return [(index, old, new) for index, (_, said) in enumerate(answers.words) if old in said]
