"""What is never asked of a reporter (reports.yml#never_ask), recognised in the words of a question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.care import policy_data


@dataclass(frozen=True)
class Forbidden:
    """Why a question may not be asked: the sentence of reports.yml#never_ask, and what to tell the asker."""

    of: str
    say_zh: str


def forbidden(question: str) -> Forbidden | None:
    """The first rule a question breaks; None when it may be asked."""
    plain = re.sub(r"\s+", "", question)
    return next((rule for rule, patterns in _rules() if any(p.search(plain) for p in patterns)), None)


@cache
def _rules() -> tuple[tuple[Forbidden, tuple[re.Pattern[str], ...]], ...]:
    return tuple(
        (Forbidden(entry["of"], entry["say_zh"]), tuple(re.compile(pattern) for pattern in entry["any"]))
        for entry in policy_data.read("never_ask")["rules"]
    )
