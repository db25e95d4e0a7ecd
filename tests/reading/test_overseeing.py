"""What a supervisor asks of places is heard; who asks for children, or tells of a visit, asks for something else."""

from __future__ import annotations

import pytest

from bot.reading import overseeing


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("各村逾期情况", "late"),
        ("看看哪个村超期了", "late"),
        ("工作量", "late"),
        ("走访逾期和工作量", "late"),
        ("全镇逾期原因", "late"),
        ("最久没见到的孩子", "unseen"),
        ("哪些孩子最久没走访了", None),
        ("看看最久没走访的孩子", "unseen"),
        ("哪些孩子逾期了", None),
        ("工作量太大了，干不过来", None),
        ("老李家好久没见到孩子了，怕出事", None),
        ("看" * 400, None),
        ("看" * 30, None),
    ],
)
def test_what_is_asked_of_places(text: str, what: str | None) -> None:
    assert overseeing.asked(text) == what
