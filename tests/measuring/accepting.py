"""Figures of `make eval` beside the last accepted ones: what got worse beyond noise, and how much noise there is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import yaml

from bot import shipped

ACCEPTED = Path(__file__).with_name("accepted.yml")
HEAD = """# Figures somebody looked at and accepted: `make eval` ends with status 1 when one gets worse beyond noise.
# Written by `make eval ACCEPT=1`; look at the difference before it is committed.
"""
NOISE = 0.015
"""How far a share may fall that is told without the number of cases behind it."""
SURE = 1.96
_SHARE = re.compile(r"(?:\d+/(?P<all>\d+) = )?(?P<value>[01]\.\d+)(?: \(.*\))?$")


@dataclass(frozen=True)
class Figure:
    """A share with a goal: `value`, of how many cases (0: not told), whether more is better."""

    value: float
    cases: int
    more_is_better: bool


def read(figure: str, goal: str) -> Figure | None:
    """A printed figure such as "198/200 = 0.990" with its goal ">= 0.99"; None for what is no share with a goal."""
    found = _SHARE.match(figure.strip())
    if found is None or not goal.startswith((">=", "<=")):
        return None
    return Figure(float(found["value"]), int(found["all"] or 0), goal.startswith(">="))


def wilson(right: int, total: int) -> tuple[float, float]:
    """The range in which the true share lies in 95 of 100 cases (Wilson's score interval)."""
    if not total:
        return 0.0, 1.0
    share, square = right / total, SURE * SURE
    middle = (share + square / (2 * total)) / (1 + square / total)
    reach = SURE * sqrt(share * (1 - share) / total + square / (4 * total * total)) / (1 + square / total)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def worse(found: Mapping[str, Figure], accepted: Mapping[str, float]) -> list[str]:
    """A line for each figure that got worse than the accepted one beyond noise, and for each that is missing."""
    lines = [
        f"{name}: was {value:.3f}, is not measured any more" for name, value in accepted.items() if name not in found
    ]
    for name, figure in found.items():
        before = accepted.get(name)
        if before is None:
            continue
        noise = SURE * sqrt(before * (1 - before) / figure.cases) if figure.cases else NOISE
        lost = before - figure.value if figure.more_is_better else figure.value - before
        if lost > max(noise, NOISE):
            lines.append(f"{name}: was {before:.3f}, is {figure.value:.3f}")
    return lines


def known() -> dict[str, float]:
    """The accepted figures by name."""
    return dict(shipped.content(ACCEPTED) or {}) if ACCEPTED.exists() else {}


def accept(found: Mapping[str, Figure]) -> None:
    """Keep these figures as the accepted ones."""
    values = {name: figure.value for name, figure in found.items()}
    ACCEPTED.write_text(
        HEAD + yaml.safe_dump(values, allow_unicode=True, width=1000, sort_keys=False), encoding="utf-8"
    )
