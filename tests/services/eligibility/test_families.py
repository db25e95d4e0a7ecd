"""Twenty families and more, each to its result: the right one, and nothing asked twice."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.builders import World
from tests.services.checking import misquoted, to_the_end, told
from tests.services.families import FAMILIES, Family, wrong


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Words only; nothing here differs between the databases."""
    return sqlite


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.who)
def test_a_family_hears_what_is_right_and_is_asked_nothing_twice(world: World, family: Family) -> None:
    talk, _ = told(world, *family.said)
    result = to_the_end(world, talk, dict(family.answers), family.otherwise)
    assert wrong(family, result) == []
    assert misquoted(result) == []
    for line in result.splitlines():
        if line.startswith(("✔", "✘")) and not line.startswith(WITHOUT_REASON):
            assert "〔" in line, "every yes and every no with its clause"


WITHOUT_REASON = ("✘ 按现有信息，暂不符合：", "✘ Not for now")
"""Several kinds in one line, of which nothing was told; the clause that names them is in the next."""
