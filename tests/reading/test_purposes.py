"""What each clause of a message is for. The sentences stand in `purposes.txt`."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.reading.talk import purposes

LETTERS = {
    "f": purposes.FACT,
    "q": purposes.QUESTION,
    "w": purposes.REQUEST,
    "t": purposes.TALK,
    "c": purposes.COURTESY,
}
LEAST = 0.98
"""Of all clauses so many are read as they should be; of those that tell something every one is."""


def sentences() -> list[tuple[str, str]]:
    rows = (Path(__file__).parent / "purposes.txt").read_text(encoding="utf-8").splitlines()
    return [(said.strip(), acts.strip()) for said, _, acts in (row.partition("::") for row in rows) if acts]


def test_most_clauses_are_read_for_what_they_are_for() -> None:
    wrong, every = [], 0
    for said, acts in sentences():
        found = purposes.read(said)
        assert len(found) == len(acts), said
        every += len(acts)
        wrong += [one.text for one, act in zip(found, acts, strict=True) if one.purpose != LETTERS[act]]
    assert len(wrong) <= every * (1 - LEAST), wrong


def test_nothing_that_is_told_is_taken_for_something_else() -> None:
    lost = [
        f"{one.text} as {one.purpose}"
        for said, acts in sentences()
        for one, act in zip(purposes.read(said), acts, strict=True)
        if act == "f" and one.purpose != purposes.FACT
    ]
    assert not lost


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("弓棚派出所吧 两点零几分 号啥时候给我", "弓棚派出所吧 两点零几分"),
        ("他爸天天打孩子，你们到底管不管", "他爸天天打孩子"),
        ("孩子三天没吃饭了", "孩子三天没吃饭了"),
        ("你们啥时候来人", ""),
    ],
)
def test_what_is_told_stands_as_it_was_written(said: str, facts: str) -> None:
    assert purposes.facts(said) == facts
