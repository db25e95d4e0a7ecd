"""What the doors grant people by the clock on the wall is granted without end here: a busy machine would use it up."""

from __future__ import annotations

import pytest

from tests.faults.gateway_process import HUNG_SECONDS

GRANTED = (
    "bot.gateway.web.chat.NUMBERS_WITHIN_SECONDS",
    "bot.gateway.web.chat.ANSWER_WITHIN_SECONDS",
    "bot.gateway.web.chat.CHECK_WITHIN_SECONDS",
    "bot.gateway.telegram.keeping.SAY_NUMBERS_AFTER_SECONDS",
)


@pytest.fixture(autouse=True)
def without_hurry(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is told that it takes too long, except where a test asks for `as_granted`."""
    if "as_granted" not in request.fixturenames:
        for name in GRANTED:
            monkeypatch.setattr(name, HUNG_SECONDS)
