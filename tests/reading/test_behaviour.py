"""What must not matter to the danger reader (punctuation, names, dialect, mishearings), and what must (negation, tense,
who did it to whom)."""

from __future__ import annotations

import pytest

from bot.reading import danger
from tests.reading.behaviour import capabilities, outcome

CAPABILITIES = capabilities("danger")


def _taken(text: str) -> str:
    seen = danger.read(text)
    return "now" if seen.level == "emergency" or seen.ask else "later"


@pytest.mark.parametrize("name", CAPABILITIES)
def test_the_danger_reader_fails_no_more_than_is_known(name: str) -> None:
    found = outcome(CAPABILITIES[name], _taken)
    assert found.rate <= found.allowed, str(found)
