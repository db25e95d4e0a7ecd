"""A correction of what was said earlier in the talk, wherever it stands: 不是初一二班，是初一三班."""

from __future__ import annotations

from bot.reading import reporting
from bot.services.drafts import Answers


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


def _found(answers: Answers, text: str) -> list[tuple[int, str, str]]:
    """Where in the words the old stands, the old and the new."""
    found = reporting.not_but(text)
    if found is None:
        return []
    old, new = found
    return [(index, old, new) for index, (_, said) in enumerate(answers.words) if old in said]
