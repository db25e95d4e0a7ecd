"""A process that dies in the middle of a tick, played within ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest


class Killed(BaseException):
    """No code of ours may catch it, as none could catch the real end."""


@contextmanager
def dying(module: object, step: str, at: int) -> Iterator[None]:
    """Within, the end comes right after the `at`-th call of a module's function `step`."""
    real, calls = getattr(module, step), 0

    def dies(*args: object, **kinds: object) -> object:
        nonlocal calls
        calls += 1
        outcome = real(*args, **kinds)
        if calls == at:
            raise Killed
        return outcome

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, step, dies)
        yield
