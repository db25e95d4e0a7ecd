"""Guarantee 10: two that poll with one token. On one database one stands back; nothing is lost or done twice."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from pathlib import Path as Folder

import pytest
from sqlalchemy import select

from bot.gateway.telegram import Telegram, running
from bot.storage.tables import Inbox, Report
from tests.builders import World
from tests.conftest import Hands
from tests.faults.fake_bot_api import FakeTelegram
from tests.faults.talking import hooked_up, telegram, until

PEOPLE = range(700, 712)
DANGER = "孩子掉河里了快救命"


@pytest.fixture(autouse=True)
def they_look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose turn it is is a matter of the test's clock; how often they look is not."""
    monkeypatch.setattr(running, "LOOK_WHO_POLLS_SECONDS", 0.05)


def polling(*channels: Telegram) -> list[bool]:
    """Which of them poll."""
    return [one._updater.running for one in channels]


async def test_of_two_that_poll_one_stands_back_and_takes_over_when_the_other_is_silent(
    world: World, hands: Hands, tmp_path: Folder
) -> None:
    world.say(world.citizen(), DANGER)  # what is read once for all is read
    async with telegram(world, tmp_path) as (one, api):
        await until(lambda: polling(one) == [True])
        other = hooked_up(world, tmp_path, api)
        await other.start()
        await until(lambda: polling(other) == [True])
        began = time.monotonic()
        for chat in PEOPLE:
            api.user_says(chat, DANGER)
        await until(lambda: sorted(polling(one, other)) == [False, True])
        print(f"one of two stood back after {time.monotonic() - began:.1f} s")
        await until(lambda: everybody_was_answered(api, world))
        first, second = (one, other) if one._updater.running else (other, one)
        await first.stop()
        await until(lambda: second._updater.running)
        api.user_says(PEOPLE[0], "/help")
        await until(lambda: len(api.sent_to(PEOPLE[0])) > 1 and not api.pending())
        await second.stop()


async def test_one_that_dies_without_a_word_is_followed_when_its_time_is_over(
    world: World, hands: Hands, tmp_path: Folder
) -> None:
    async with telegram(world, tmp_path) as (one, api):
        await until(lambda: polling(one) == [True])
        other = hooked_up(world, tmp_path, api)
        await other.start()
        await until(lambda: polling(other) == [True])
        await until(lambda: sorted(polling(one, other)) == [False, True])
        first, second = (one, other) if one._updater.running else (other, one)
        for task in first._tasks:
            task.cancel()  # nothing of it is given back
        await first._updater.stop()
        await asyncio.sleep(0)
        assert polling(second) == [False]
        hands.forward(seconds=11)
        await until(lambda: second._updater.running)
        await second.stop()


def everybody_was_answered(api: FakeTelegram, world: World) -> bool:
    """Each was kept once, done once and answered; none is brought any more."""
    with world.database.read() as session:
        states = Counter(session.scalars(select(Inbox.state).where(Inbox.channel == "telegram")))
        reports = len(session.scalars(select(Report.uid)).all()) - 1
    assert states.total() <= len(PEOPLE)
    assert reports <= len(PEOPLE)
    done = states == {"done": len(PEOPLE)} and reports == len(PEOPLE)
    return done and not api.pending() and all(api.sent_to(chat) for chat in PEOPLE)
