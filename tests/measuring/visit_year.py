"""A year of child directors' mornings, visits, moves and departures, with the checker of tests/services/visit_story.

python -m tests.measuring.visit_year [townships] [days]

A township has two directors and 67 children. Prints what was counted and what it took, or fails where a promise broke.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from bot.reading.where import places
from bot.storage.database import Database, open_vault
from bot.storage.migrate import upgrade
from tests.builders import World
from tests.conftest import Hands, in_memory
from tests.measuring.telling import keep_what_stands, say, took
from tests.services.visit_story import FIRST, Year

TOWNSHIPS, DAYS, HOMES, SEED = 150, 365, 45, 20261123


def main(townships: int, days: int) -> None:
    """Live through it and check it; progress every thirty days."""
    wanted = [code for code in sorted(places.load().areas) if len(code) == 9 and len(places.children(code)) > 2]
    hands = Hands()
    with tempfile.TemporaryDirectory(dir=in_memory()) as folder:
        database = Database(f"sqlite:///{Path(folder) / 'year.db'}")
        upgrade(database)
        year = Year(
            World(database, open_vault(database, Path(folder) / "keys.json"), hands), hands, random.Random(SEED)
        )
        began = time.monotonic()
        year.build(wanted[:townships], HOMES)
        keep_what_stands()
        say(f"{year.counts['children']} children, {2 * townships} directors on file after {took(began)}")
        for number in range(days):
            year.day(FIRST + timedelta(days=number))
            if number % 30 == 29:
                say(f"{number + 1} days lived after {took(began)}")
        year.check_the_whole()
        say(f"checked after {took(began)}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        for name, count in sorted(year.counts.items()):
            say(f"{name}: {count}")
        database.close()


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:3]]
    main(*[*given, *(TOWNSHIPS, DAYS)[len(given) :]])
