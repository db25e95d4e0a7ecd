"""A year of mornings of one township; many townships are `tests.measuring.visit_year`."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bot.storage.crypto import make_key_file
from bot.storage.database import Database, open_vault
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import TOWNSHIP
from tests.services.visit_story import Year, live


@pytest.mark.parametrize("seed", [20261125])
def test_in_a_whole_year_no_child_lapses_nobody_hears_twice_and_the_right_people_hear(
    seed: int, sqlite: Database, tmp_path: Path
) -> None:
    keys = tmp_path / "keys.json"
    make_key_file(keys)
    hands = Hands()
    year = Year(World(sqlite, open_vault(sqlite, keys), hands), hands, random.Random(seed))
    year.build([TOWNSHIP], homes=4)
    live(year, days=360)
    assert year.counts["digests"] > 100
    assert year.counts["moves"] > 3
    assert min(year.counts["needs named"], year.counts["needs given"]) > 3
    assert year.counts["levels reviewed"] > 3
