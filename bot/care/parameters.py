"""Every number the code may use, with its unit, basis (FIXED, PROPOSED, INTERPRETATION) and source clauses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.care import policy_data


@dataclass(frozen=True)
class Parameter:
    """One entry of parameters.yml."""

    key: str
    value: Any
    unit: str
    basis: str
    source: tuple[str, ...]


def value(key: str) -> Parameter:
    """The parameter of a key. Raises KeyError naming the key."""
    try:
        return _all()[key]
    except KeyError:
        raise KeyError(f"parameters.yml has no {key}") from None


def number(key: str) -> float:
    """The value of a parameter that is one number, in the unit of its entry. Raises TypeError if it is not."""
    found = value(key).value
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise TypeError(f"{key} is not one number")
    return found


@cache
def _all() -> dict[str, Parameter]:
    entries = policy_data.read("parameters")["parameters"]
    return {
        entry["key"]: Parameter(
            entry["key"], entry["value"], str(entry.get("unit")), entry["basis"], tuple(entry.get("source") or ())
        )
        for entry in entries
    }
