"""A year of parents through our rows and words, with the checker of tests/services/contact_checker.

python -m tests.measuring.contact_year [families] [weeks]

Nineteen families have twenty-two parents, nineteen carers, and three children who joined. Prints what was counted and
what it took, or fails where a promise broke.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from bot.storage.database import Database, open_vault
from bot.storage.migrate import upgrade
from tests.builders import World
from tests.conftest import Hands, in_memory
from tests.measuring.telling import keep_what_stands, say, took
from tests.services.contact_checker import Checker
from tests.services.contact_story import FIRST, Year

FAMILIES, WEEKS, SEED = 4319, 52, 20260105
"""As many families as five thousand parents come from."""
TALKING = 10
"""Of so many families one answers in chat."""


def main(families: int, length: int) -> None:
    """Live through it and check it; progress by what was counted."""
    hands = Hands(FIRST)
    with tempfile.TemporaryDirectory(dir=in_memory()) as folder:
        database = Database(f"sqlite:///{Path(folder) / 'year.db'}")
        upgrade(database)
        world = World(database, open_vault(database, Path(folder) / "keys.json"), hands)
        began = time.monotonic()
        year = Year(world, hands, families, length, SEED, timedelta(hours=12), talking=TALKING)
        keep_what_stands()
        parents = sum(kind in story.talks for story in year.stories for kind in ("father", "mother"))
        say(f"{families} families with {parents} parents joined after {took(began)}")
        year.run(lambda week: say(f"{week} weeks lived after {took(began)}") if week % 4 == 0 else None)
        say(f"{length} weeks lived after {took(began)}")
        Checker(year).check()
        say(f"checked after {took(began)}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        for name, count in sorted(year.counts.items()):
            say(f"{name}: {count}")
        database.close()


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:3]]
    main(*[*given, *(FAMILIES, WEEKS)[len(given) :]])
