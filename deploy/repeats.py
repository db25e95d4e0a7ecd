"""Keep the training sentences varied: python deploy/repeats.py. Part of `make lint`.

A sentence that says nearly what another says teaches nothing, and when the two are on both sides of a measurement it
flatters. The same words under two intents teach the classifier to guess.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
ALIKE = 0.75
"""Share of the pairs of neighbouring characters, of all that either has, from which on two sentences are nearly one."""
AT_MOST = 0.06
"""Share of an intent's sentences that may be nearly one with another of that intent."""
SHORT = 5
"""Shorter ones have no other way to be said: only those alike to the letter count."""
NO_WORD = re.compile(r"[\W_]+")
MARK = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def sentences(root: Path) -> Iterator[tuple[str, str]]:
    """Intent and bare words of every training sentence below a folder."""
    for file in sorted(root.rglob("*.yml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            for line in block["examples"].splitlines() if "intent" in block else ():
                if line.startswith("- "):
                    yield block["intent"], bare(line[2:])


def bare(line: str) -> str:
    """A sentence without marks, punctuation and case; a line of nothing else stays as it is."""
    words = MARK.sub(r"\1", line)
    return NO_WORD.sub("", words).lower() or words


def near(said: list[str]) -> set[int]:
    """Positions of the sentences that nearly repeat an earlier one."""
    found, having, sizes, seen = set(), defaultdict(list), [], set()
    for number, one in enumerate(said):
        pairs = {one[at : at + 2] for at in range(len(one) - 1)} if len(one) >= SHORT else set()
        shared = Counter(other for pair in pairs for other in having[pair])
        if one in seen or any(n >= ALIKE * (len(pairs) + sizes[other] - n) for other, n in shared.items()):
            found.add(number)
        seen.add(one)
        sizes.append(len(pairs))
        for pair in pairs:
            having[pair].append(number)
    return found


def wrong(root: Path) -> list[str]:
    """What has to be mended, one sentence each."""
    said, meant = defaultdict(list), defaultdict(set)
    for intent, words in sentences(root):
        said[intent].append(words)
        meant[words].add(intent)
    found = [f"under {' and '.join(sorted(names))}: {one}" for one, names in meant.items() if len(names) > 1]
    for intent, ones in said.items():
        again = near(ones)
        if len(again) > AT_MOST * len(ones):
            found.append(f"{intent}: {len(again)} of {len(ones)} nearly repeat another, e.g. {ones[max(again)]}")
    return found


def main() -> int:
    """0 when the sentences are varied; 1 after saying what is not."""
    found = wrong(ROOT / "data" / "nlu")
    sys.stdout.writelines(f"{one}\n" for one in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
