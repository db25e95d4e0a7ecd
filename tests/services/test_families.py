"""Twenty families and more, each to its result: the right one, and nothing asked twice."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.builders import World
from tests.services.checking import to_the_end, told
from tests.services.families import FAMILIES, Family


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Words only; nothing here differs between the databases."""
    return sqlite


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.who)
def test_a_family_hears_what_is_right_and_is_asked_nothing_twice(world: World, family: Family) -> None:
    talk, _ = told(world, *family.said)
    result = to_the_end(world, talk, dict(family.answers), family.otherwise).splitlines()
    met = [line for line in result if line.startswith("✔")]
    open_now = "".join(line for line in result if line.startswith(("？", "?")))
    not_met = [line for line in result if line.startswith("✘")]
    for label in family.met:
        assert any(label in line for line in met), result
    assert len(met) == len(family.met), result
    for label in family.open:
        assert label in open_now, result
    for label in family.not_met:
        assert any(label in line for line in not_met), result
