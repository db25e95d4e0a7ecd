"""What must not matter to the trained classifier, and what must: the same capabilities as of the danger reader."""

from __future__ import annotations

import pytest

from tests.measuring.hearing import understood
from tests.reading.behaviour import capabilities, outcome, sentences

CAPABILITIES = capabilities("intents")


@pytest.fixture(scope="module")
def intents() -> dict[str, str]:
    """The intent of every sentence, by the model of the present inputs."""
    texts = sentences("intents")
    return {text: str(meant.intent) for text, meant in zip(texts, understood(texts), strict=True)}


@pytest.mark.parametrize("name", CAPABILITIES)
def test_the_classifier_fails_no_more_than_is_known(name: str, intents: dict[str, str]) -> None:
    found = outcome(CAPABILITIES[name], intents.__getitem__)
    assert found.rate <= found.allowed, str(found)
