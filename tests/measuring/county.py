"""One county's register on SQLite: finding a child by a part of its name, and what the quarterly update asks about.

python -m tests.measuring.county [children …]    (nothing said: 2,500 and 10,000)

Each is printed in time a processor worked, for the county's caseworker, who may see the most; goal: 200 ms to find one
among 10,000. Shared machines are noisy: the fastest of some runs stands for it, and how it grows with the children.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from bot.care import children as rules
from bot.services.register import finding, unclear
from bot.services.staff import accounts
from bot.services.work import Work
from tests.builders import World
from tests.measuring.province import MORNING, fill
from tests.measuring.scale import a_database, say, settled, slope

COUNTY = "220000"
RUNS = 5


def measured(children: int) -> dict[str, float]:
    """Seconds of a processor for each thing a county asks of its register."""
    with a_database("sqlite") as stage:
        fill(stage.database, stage.vault, children, assessed=True, counties=1)
        talk = World(stage.database, stage.vault, lambda: MORNING).staff("county_caseworker", COUNTY)
        settled(stage.database)
        quarter = rules.quarter(MORNING.date())
        asked: dict[str, Callable[[Work, accounts.Member], Any]] = {
            "part of a name": lambda work, member: finding.search(work, member, "雨涵"),
            "spoken of": lambda work, member: finding.named_in(work, member, "王雨涵家搬走了"),
            "filters": finding.counts,
            "not confirmed": lambda work, member: unclear.never_confirmed(work, COUNTY, quarter),
            "contradicting": lambda work, member: unclear.conflicting(work, COUNTY),
        }
        return {name: _least(stage.database, stage.vault, talk, what) for name, what in asked.items()}


def _least(database: Any, vault: Any, talk: str, what: Callable[[Work, accounts.Member], Any]) -> float:
    times = []
    for _ in range(RUNS):
        with database.read() as session:
            work = Work(session, vault, MORNING)
            member = accounts.member(work, talk)
            assert member is not None
            began = time.process_time()
            what(work, member)
            times.append(time.process_time() - began)
    return min(times)


def main(words: list[str]) -> None:
    """See the module."""
    sizes = [int(word) for word in words if word.isdigit()] or [2_500, 10_000]
    found = [measured(size) for size in sizes]
    for name in found[0]:
        times = [one[name] for one in found]
        grows = f", to the power of {slope(sizes, times):.2f}" if len(sizes) > 1 else ""
        told = ", ".join(f"{size} children {1000 * took:.0f} ms" for size, took in zip(sizes, times, strict=True))
        say(f"{name}: {told}{grows}")


if __name__ == "__main__":
    main(sys.argv[1:])
