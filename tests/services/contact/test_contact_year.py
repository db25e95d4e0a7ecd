"""Eleven weeks of families through our rows and words; a year of thousands is `tests.measuring.contact_year`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.storage.database import Database, open_vault
from tests.builders import World
from tests.conftest import Hands
from tests.looks import watched
from tests.services.contact_checker import Checker
from tests.services.contact_story import CHARACTERS, Year


def test_eleven_weeks_of_families(sqlite: Database, key_file: Path, hands: Hands) -> None:
    world = World(sqlite, open_vault(sqlite, key_file), hands)
    year = Year(world, hands, families=len(CHARACTERS), length=11, seed=20260105, step=timedelta(hours=12))
    with watched(sqlite.engine) as looks:
        year.run()
    assert looks.through_all == set()
    Checker(year).check()
    assert year.counts["silent weeks at a human"] > 20
    assert year.counts["contradictions found"] >= 1
