"""A morning message that has gone out is edited when a home was visited: itself, without another message."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from telegram.ext import ExtBot

from bot import jobs
from bot.gateway.sender import Sender
from bot.gateway.telegram.carrier import TelegramCarrier
from bot.services import conversations
from bot.services.mail import mailbox
from bot.services.staff import accounts
from bot.services.visits import taps
from bot.storage.tables import Outbox
from tests.builders import World
from tests.conftest import Hands
from tests.faults.fake_bot_api import FakeTelegram
from tests.services import on_file
from tests.services.cases import TOWNSHIP, VILLAGE, Person, person

MONDAY = date(2026, 11, 23)
RECORDED = ("visit.how=all_normal", "visit.voice=seen", "visit.emergency=none")


@pytest.fixture
def director(world: World, hands: Hands) -> Person:
    on_file.clock(hands, MONDAY)
    return person(world, "child_director", VILLAGE, "王主任")


def _two_homes(world: World) -> list[str]:
    homes = on_file.homes(world, "李小明", "王欣怡", filed=MONDAY - timedelta(days=8), level="average")
    jobs.run(world.database, world.vault, "visits", world.now())
    return homes


def _visited(world: World, talk: str, home: str) -> None:
    for value in (f"due:go:{home}", *RECORDED):
        world.tap(talk, value)


def _edit_rows(world: World) -> list[Outbox]:
    with world.work() as work:
        return list(work.session.scalars(select(Outbox).where(Outbox.edits.is_not(None)).order_by(Outbox.id)))


def _edits(world: World) -> list[tuple[str, str | None, str]]:
    rows = _edit_rows(world)
    with world.work() as work:
        digest = work.session.scalars(select(Outbox.id).where(Outbox.natural_key.startswith("digest:")).limit(1)).one()
        assert {row.edits for row in rows} <= {digest}
        return [(row.key, mailbox.args_of(work, row).get("homes"), row.state) for row in rows]


def test_a_message_that_has_gone_out_says_what_is_left_then_that_all_is_done(world: World, director: Person) -> None:
    first, second = _two_homes(world)
    world.deliver(director.talk)
    _visited(world, director.talk, first)
    assert _edits(world) == [("visits.edited", "1", "due")]
    world.deliver(director.talk)
    _visited(world, director.talk, second)
    assert _edits(world) == [("visits.edited", "1", "sent"), ("visits.edited.done", None, "due")]
    assert world.pushes(director.talk) == ["visits.digest"], "nobody's phone rings for it"


def test_whoever_makes_the_visit_the_messages_of_all_whom_it_was_told_to_say_what_is_left(
    world: World, hands: Hands, director: Person
) -> None:
    supervisor = person(world, "child_supervisor", TOWNSHIP, "李督导")
    (home,) = on_file.homes(world, "李小明", filed=MONDAY - timedelta(days=13), level="average")
    on_file.tick(world)
    for one in (director, supervisor):
        assert len(world.pushes(one.talk)) == 1
        world.deliver(one.talk)
    _visited(world, supervisor.talk, home)
    edits = {row.conversation: row.key for row in _edit_rows(world)}
    assert edits == {director.talk: "visits.edited.done", supervisor.talk: "visits.edited.above.done"}


def test_edits_not_carried_out_yet_become_one_and_the_same_is_not_said_twice(world: World, director: Person) -> None:
    first, second = _two_homes(world)
    world.deliver(director.talk)
    _visited(world, director.talk, first)
    _visited(world, director.talk, second)
    world.tap(director.talk, f"due:again:{second}")
    assert _edits(world) == [("visits.edited.done", None, "due")]


def test_a_message_that_has_not_gone_out_is_taken_back_and_none_is_edited(world: World, director: Person) -> None:
    for home in _two_homes(world):
        _visited(world, director.talk, home)
    assert _edits(world) == []
    with world.work() as work:
        assert work.session.scalars(select(Outbox.state).where(Outbox.key.startswith("visits.digest"))).all() == [
            "withdrawn"
        ]


def test_what_is_spoken_of_next_is_not_taken_for_an_answer_to_an_edit(world: World, director: Person) -> None:
    first, _ = _two_homes(world)
    world.deliver(director.talk)
    _visited(world, director.talk, first)
    inbox = world.hear(director.talk, {"text": "好"})
    with world.work() as work:
        last = mailbox.last_said(work, director.talk, inbox, world.now() - taps.JUST_NOW)
        assert last is not None
        assert work.session.get_one(Outbox, last.id).edits is None


def test_on_telegram_the_message_itself_is_edited_and_its_buttons_go(world: World, hands: Hands) -> None:
    on_file.clock(hands, MONDAY)
    api = FakeTelegram()
    talk = world.chat("4711")
    with world.work() as work:
        invited = accounts.add(work, "王主任", "child_director", VILLAGE)
        assert accounts.bind(work, talk, invited.code.replace("-", "")).outcome == "bound"
        assert conversations.address(work, talk) == "4711"
    homes = _two_homes(world)

    async def sent() -> None:
        async with ExtBot("1:token", base_url=f"{api.url}/bot") as bot:
            sender = Sender(world.database, world.vault, TelegramCarrier(bot))
            while await sender.round(world.now()):
                hands.forward(seconds=5)

    asyncio.run(sent())
    number = len(api.sent)
    for home in homes:
        _visited(world, talk, home)
        hands.forward(minutes=5)
    asyncio.run(sent())
    edited = [data for _, method, data in api.calls if method == "editMessageText"]
    assert [one["message_id"] for one in edited][-1:] == [_digest_number(world)]
    assert "都办好了" in edited[-1]["text"]
    assert "reply_markup" not in edited[-1]
    assert sum("该走访" in one["text"] for one in api.sent) == 1, number
    api.close()


def _digest_number(world: World) -> str:
    with world.work() as work:
        return str(work.session.scalars(select(Outbox.taken_as).where(Outbox.key == "visits.digest")).one())
