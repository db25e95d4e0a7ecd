"""Two processes want to say the same thing at the same moment: both look, neither finds it, one of them says it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.services.mail import mailbox
from bot.storage.tables import Outbox
from tests.builders import World

KEY = "taken:album-1"


@pytest.fixture
def looked_too_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "_said", lambda work, keys: set())


def _said(world: World) -> list[str]:
    with world.work() as work:
        return list(work.session.scalars(select(Outbox.key).where(Outbox.natural_key == KEY)))


@pytest.mark.usefixtures("looked_too_early")
def test_the_second_to_say_the_same_says_nothing_and_its_other_work_stands(world: World) -> None:
    talk = world.citizen()
    with world.work() as work:
        assert mailbox.say(work, talk, "media.taken.photo", natural_key=KEY)
    with world.work() as work:
        assert not mailbox.say(work, talk, "media.taken.photo", natural_key=KEY)
        assert mailbox.say(work, talk, "report.added")
    assert _said(world) == ["media.taken.photo"]


@pytest.mark.usefixtures("looked_too_early")
def test_of_many_pushes_only_those_nobody_else_put_there_are_new(world: World) -> None:
    talk = world.citizen()
    other = mailbox.Push(talk, "staff.added", {}, "another")
    same = mailbox.Push(talk, "staff.added", {}, KEY)
    with world.work() as work:
        assert mailbox.push_many(work, [same]) == 1
    with world.work() as work:
        assert mailbox.push_many(work, [other, same]) == 1
    assert _said(world) == ["staff.added"]
