"""A year of parents through our rows and words, with the checker of tests/services/contact_story.

python -m tests.measuring.contact_year [families] [weeks]

A year of 5,000 families takes hours on two cores. Prints what was counted, or fails where a promise broke.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from bot.storage.database import Database, open_vault
from bot.storage.migrate import upgrade
from tests.builders import World
from tests.conftest import Hands
from tests.services.contact_story import FIRST, Year

FAMILIES, WEEKS, SEED = 5000, 52, 20260105


def main(families: int, length: int) -> None:
    """Live through it and check it; progress by what was counted."""
    hands = Hands(FIRST)
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'year.db'}")
        upgrade(database)
        world = World(database, open_vault(database, Path(folder) / "keys.json"), hands)
        began = time.monotonic()
        year = Year(world, hands, families, length, SEED, timedelta(hours=12))
        print(f"{families} families joined after {time.monotonic() - began:.0f} s", flush=True)  # noqa: T201 - its report
        year.run()
        print(f"{length} weeks lived after {time.monotonic() - began:.0f} s", flush=True)  # noqa: T201 - its report
        year.check()
        for name, count in sorted(year.counts.items()):
            print(f"{name}: {count}")  # noqa: T201
        database.close()


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:3]]
    main(*[*given, *(FAMILIES, WEEKS)[len(given) :]])
