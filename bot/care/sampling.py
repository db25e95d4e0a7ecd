"""The yearly check of files (JL-3.8.d): a seeded, stratified random sample anybody can draw again with the same seed.

Pure. Sizes: spot_check.sample (PROPOSED): a share of each township's files, at least so many, and every file with an
emergency. Each file's place in the order comes from a hash of seed and number, so it depends on nothing else: not on
the order of the list, not on the machine, not on a random generator's version.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.care import parameters

TOWNSHIP_DIGITS = 9


@dataclass(frozen=True)
class File:
    """One child file. `emergency`: an emergency was recorded in it; `carried`: a correction of last year is open."""

    number: str
    area: str
    emergency: bool = False
    carried: bool = False


@dataclass(frozen=True)
class Drawn:
    """One file of the sample and why it is in it: drawn, emergency or carried (over from last year)."""

    number: str
    township: str
    why: str


def draw(files: Iterable[File], seed: str) -> tuple[Drawn, ...]:
    """The sample of a county's files, by township and number. The same files and seed give the same sample."""
    size = parameters.value("spot_check.sample").value
    strata: dict[str, list[File]] = defaultdict(list)
    for file in files:
        strata[file.area[:TOWNSHIP_DIGITS]].append(file)
    found: list[Drawn] = []
    for township in sorted(strata):
        found += _of_township(strata[township], township, seed, size)
    return tuple(found)


def _of_township(files: list[File], township: str, seed: str, size: dict[str, int]) -> list[Drawn]:
    must = [file for file in files if (file.emergency and size["all_emergency_files"]) or file.carried]
    rest = sorted((file for file in files if file not in must), key=lambda file: _order(seed, file.number))
    wanted = max(math.ceil(len(files) * size["percent"] / 100), size["min_per_township"])
    # Files that are in anyway do not take the place of drawn ones: else a township with emergencies is checked less.
    drawn = [Drawn(file.number, township, "drawn") for file in rest[:wanted]]
    drawn += [Drawn(file.number, township, "emergency" if file.emergency else "carried") for file in must]
    return sorted(drawn, key=lambda one: one.number)


def _order(seed: str, number: str) -> bytes:
    return hashlib.sha256(f"{seed}\0{number}".encode()).digest()
