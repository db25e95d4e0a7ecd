"""The lists of reports.yml by id: signs, categories, states and severities, with their Chinese names."""

from __future__ import annotations

from functools import cache
from typing import Any

from bot.care import policy_data


@cache
def signs() -> dict[str, dict[str, Any]]:
    """Kinds of things said, by id, in the order of the file. Callers treat it as frozen."""
    return {entry["id"]: entry for entry in policy_data.read("reports")["signs"]}


def sign_ids() -> frozenset[str]:
    """All ids of things that can be told."""
    return frozenset(signs())


def is_s0(sign: str) -> bool:
    """Whether being told this alone makes a report S0. Raises KeyError for an unknown sign."""
    return signs()[sign].get("severity") == "S0"


def allowed_values(fact: str) -> tuple[str, ...]:
    """The values a told fact may have; empty for a fact without a list."""
    entries = policy_data.read("reports")["told_facts"]
    return next((tuple(entry.get("values", ())) for entry in entries if entry["id"] == fact), ())


def public_status(state: str) -> str:
    """The status a reporter sees (public_zh). Raises KeyError for an unknown state."""
    return str(_by_code("statuses")[state]["public_zh"])


def category_label(code: str) -> str:
    """The Chinese name of a category. Raises KeyError for an unknown one."""
    return str(_by_code("categories")[code]["label_zh"])


def severity_label(code: str) -> str:
    """Code and Chinese name of a severity. Raises KeyError for an unknown one."""
    return f"{code} {_by_code('severity')[code]['zh']}"


@cache
def _by_code(part: str) -> dict[str, dict[str, Any]]:
    return {entry["code"]: entry for entry in policy_data.read("reports")[part]}
