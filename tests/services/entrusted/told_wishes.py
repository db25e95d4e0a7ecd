"""Parents who tell a wish for 委托照护 in some messages, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from bot.services.tasks import care_tasks
from bot.storage.tables import CareTask
from tests.builders import World


def told(world: World, words: Iterable[str], *more: str) -> str:
    """A talk in which all this was told; what is to be handed in was just read back."""
    talk = world.citizen()
    for one in (*words, *more):
        world.say(talk, one)
    return talk


def last(world: World, talk: str) -> str:
    """What was said last."""
    return world.said(talk)[-1].text


def payload(world: World) -> dict[str, object]:
    """What the newest task of the place holds."""
    with world.work() as work:
        task = work.session.scalars(select(CareTask).order_by(CareTask.created_at.desc())).first()
        assert task is not None
        return care_tasks.payload(work, task)
