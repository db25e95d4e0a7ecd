"""Three-valued conditions (Kleene): true, false, unknown. Unknown is a value and never turns into no.

The condition language is that of reports.yml and eligibility.yml: leaves about one fact, `sign`,
`category_severity`, `const`, joined by `all`, `any`, `not`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any


class Truth(IntEnum):
    """Ordered so that `all` is the least and `any` the greatest of its parts."""

    F = 0
    U = 1
    T = 2

    @property
    def counts(self) -> bool:
        """Whether something that may not be lowered by not knowing counts (T or U)."""
        return self is not Truth.F


Condition = Mapping[str, Any]
Leaf = Callable[[Any], Truth]


def evaluate(condition: Condition, facts: Mapping[str, Any], leaves: Mapping[str, Leaf] | None = None) -> Truth:
    """Truth of a condition: `all` is false if a part is, else unknown if a part is; `any` the other way round.

    A fact that is absent is "unknown": unknown to a comparison of numbers, and to `T`/`U` lists what they say of it.
    `leaves` gives the meaning of further leaf kinds such as {"sign": …}. Raises ValueError for a condition it cannot
    read. Source: eligibility.yml#logic.
    """
    if "all" in condition:
        return min((evaluate(part, facts, leaves) for part in condition["all"]), default=Truth.T)
    if "any" in condition:
        return max((evaluate(part, facts, leaves) for part in condition["any"]), default=Truth.F)
    if "not" in condition:
        return Truth(2 - evaluate(condition["not"], facts, leaves))
    if "const" in condition:
        return Truth[condition["const"]]
    if "fact" in condition:
        return _fact(condition, facts)
    for kind, leaf in (leaves or {}).items():
        if kind in condition:
            return leaf(condition[kind])
    raise ValueError(f"a condition cannot be read: {sorted(condition)}")


def _fact(condition: Condition, facts: Mapping[str, Any]) -> Truth:
    found = facts.get(condition["fact"], "unknown")
    if "lt" in condition or "ge" in condition:
        if isinstance(found, bool) or not isinstance(found, int | float):
            return Truth.U
        holds = found < condition["lt"] if "lt" in condition else found >= condition["ge"]
        return Truth.T if holds else Truth.F
    if found in condition.get("T", ()):
        return Truth.T
    return Truth.U if found in condition.get("U", ()) else Truth.F
