"""Capabilities and their cases (behaviour.yml), shared by the tests of danger reader and classifier."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import shipped

FILE = Path(__file__).parent / "behaviour.yml"


@dataclass(frozen=True)
class Outcome:
    """How one capability did: cases, failures as sentences, and the share that may fail today."""

    cases: int
    failures: tuple[str, ...]
    allowed: float

    @property
    def rate(self) -> float:
        """Share of the cases that fail."""
        return len(self.failures) / self.cases

    def __str__(self) -> str:
        return "\n".join([f"{self.rate:.0%} of {self.cases} fail, {self.allowed:.0%} may:", *self.failures])


def capabilities(part: str) -> dict[str, dict[str, Any]]:
    """The capabilities of "danger" or "intents" by name."""
    found: dict[str, dict[str, Any]] = shipped.content(FILE)[part]
    return found


def sentences(part: str) -> list[str]:
    """Every text of a part."""
    return [text for known in capabilities(part).values() for text in _texts(known)]


def _texts(known: dict[str, Any]) -> Iterator[str]:
    for group in known.get("same", ()):
        yield from group
    for pair in known.get("pairs", ()):
        yield pair.rpartition(" | ")[0]


def outcome(known: dict[str, Any], taken: Callable[[str], str]) -> Outcome:
    """Try one capability. `taken`: what a text is taken for. A group is one case for each variant of its first line."""
    cases, failures = 0, []
    for first, *others in known.get("same", ()):
        cases += len(others)
        failures += [
            f"{other}: {taken(other)}, but {first}: {taken(first)}" for other in others if taken(other) != taken(first)
        ]
    for pair in known.get("pairs", ()):
        text, _, wanted = pair.rpartition(" | ")
        cases += 1
        failures += [] if taken(text) in wanted.split() else [f"{text}: {taken(text)}, not {wanted}"]
    return Outcome(cases, tuple(failures), known["allowed"])
