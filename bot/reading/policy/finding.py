"""What is known of the policy questions, and what a message was found to ask."""

from __future__ import annotations

from dataclasses import dataclass

SURE, MAYBE, NONE = "sure", "maybe", "none"


@dataclass(frozen=True)
class Found:
    """What a message asks: "sure" (the first topic), "maybe" (one of them) or "none" of those we know.

    `close`: how many of the topics, from the first, are near enough to be answered together.
    """

    kind: str
    topics: tuple[str, ...]
    close: int = 1


@dataclass(frozen=True)
class Known:
    """What is known of a topic: how people ask it (its title first), words they use for it, and its answer."""

    questions: tuple[str, ...]
    words: tuple[str, ...]
    answer: str


@dataclass(frozen=True)
class Near:
    """A topic and how near a message is to it: 0 nothing in common, about 1 the same words."""

    topic: str
    nearness: float
