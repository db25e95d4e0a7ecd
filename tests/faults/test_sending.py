"""Guarantee 9: what Telegram may do to a send, and what becomes of the message and of the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot import texts
from bot.gateway.sender import Fate, Sender, Sent
from bot.gateway.telegram import running
from bot.services.mail import mailbox
from bot.storage.tables import Outbox
from tests.builders import World
from tests.conftest import Hands
from tests.faults.fake_bot_api import FakeTelegram, Script
from tests.faults.talking import hooked_up, telegram, until

CHAT = 555000222


class Scripted:
    """A carrier that does as it is told, and remembers what it carried."""

    name = "telegram"

    def __init__(self, *fates: Sent | Exception) -> None:
        self.fates, self.carried = list(fates), list[tuple[str, str]]()

    async def carry(self, address: str, said: texts.Said, picture: bytes | None = None) -> Sent:
        fate = self.fates.pop(0) if self.fates else Sent(Fate.SENT)
        if isinstance(fate, Exception):
            raise fate
        if fate.fate in (Fate.SENT, Fate.UNSURE):
            self.carried.append((address, said.text))
        return fate

    async def edit(self, address: str, number: str, said: texts.Said) -> Sent:
        return await self.carry(address, said)


def sender(world: World, carrier: Scripted) -> Sender:
    return Sender(world.database, world.vault, carrier)


def owe(world: World, chat: str, key: str = "chat.help", priority: int = mailbox.REPLY) -> None:
    talk = world.chat(chat)
    with world.work() as work:
        mailbox.say(work, talk, key, priority=priority)


def states(world: World) -> list[str]:
    with world.work() as work:
        return list(work.session.scalars(select(Outbox.state).order_by(Outbox.id)))


@pytest.mark.parametrize(
    ("database", "answer"),
    [
        ("sqlite", Script(taken=True, cut=True)),
        ("postgres", Script(taken=True, cut=True)),
        ("sqlite", Script(taken=True, hangs=7)),  # real time: PTB gives up after five seconds
    ],
    indirect=["database"],
)
async def test_a_send_that_was_taken_without_an_answer_is_repeated_once_and_no_other_is(
    answer: Script, world: World, hands: Hands, tmp_path: Path
) -> None:
    """A doubled message is the price of an ambiguous silence; a lost one would be a higher price."""
    async with telegram(world, tmp_path) as (channel, api):
        api.script("sendMessage", replace(answer))
        owe(world, str(CHAT))
        channel.sender.wake()
        await until(lambda: api.sent_to(CHAT))
        owe(world, str(CHAT + 1), "chat.bot")
        await until(lambda: _waits(world))
        hands.forward(minutes=1)
        channel.sender.wake()
        await until(lambda: states(world) == ["sent", "sent"])
        assert api.sent_to(CHAT) == [texts.render("chat.help").text] * 2
        assert api.sent_to(CHAT + 1) == [texts.render("chat.bot").text]


def _waits(world: World) -> bool:
    with world.work() as work:
        return work.session.scalar(select(Outbox.id).where(Outbox.not_before > work.now)) is not None


@pytest.mark.parametrize("result", [{"message_id": 1, "date": 1_795_713_736_251, "chat": {"id": 1}}, {}, [7]])
async def test_what_was_taken_with_an_answer_the_library_cannot_read_counts_as_sent(
    result: object, world: World, tmp_path: Path
) -> None:
    """An emulator of others tells milliseconds and leaves fields out; Telegram itself may bring new ones any day."""
    async with telegram(world, tmp_path) as (channel, api):
        api.script("sendMessage", Script(body={"result": result}, taken=True))
        owe(world, str(CHAT))
        channel.sender.wake()
        await until(lambda: states(world) == ["sent"])
        assert api.sent_to(CHAT) == [texts.render("chat.help").text]


@pytest.mark.parametrize("bot", [{"id": 666, "first_name": "某机器人", "username": "other_bot"}, {"id": 666}, [7]])
async def test_a_getme_that_lacks_fields_does_not_end_the_channel(
    bot: object, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "TRY_AGAIN_SECONDS", 0.01)
    api = FakeTelegram()
    api.script("getMe", Script(body={"result": bot}))
    channel = hooked_up(world, tmp_path, api)
    await channel.start()
    try:
        await until(lambda: channel.ready() == "ok")
    finally:
        await channel.stop()
        api.close()


async def test_a_message_telegram_calls_malformed_is_given_up_and_the_chat_goes_on(
    world: World, tmp_path: Path
) -> None:
    async with telegram(world, tmp_path) as (channel, api):
        api.script("sendMessage", Script(400, {"error_code": 400, "description": "Bad Request: message is too long"}))
        owe(world, str(CHAT))
        owe(world, str(CHAT), "chat.bot")
        channel.sender.wake()
        await until(lambda: states(world) == ["failed", "sent"])
        assert api.sent_to(CHAT) == [texts.render("chat.bot").text]


async def test_a_chat_that_does_not_exist_is_marked_and_costs_one_call(world: World, tmp_path: Path) -> None:
    async with telegram(world, tmp_path) as (channel, api):
        api.script("sendMessage", Script(400, {"error_code": 400, "description": "Bad Request: chat not found"}))
        owe(world, str(CHAT))
        owe(world, str(CHAT), "chat.bot")
        channel.sender.wake()
        await until(lambda: states(world) == ["failed", "failed"])
        assert sum(method == "sendMessage" for _, method, _ in api.calls) == 1


async def test_telegram_away_for_a_day_loses_nothing_and_an_urgent_message_goes_within_half_a_minute(
    world: World, hands: Hands
) -> None:
    carrier = Scripted(*[Sent(Fate.LATER)] * 10_000)
    out = sender(world, carrier)
    owe(world, "1")
    owe(world, "2", "danger.fire", mailbox.URGENT)
    begun = hands.moment
    while hands.moment < begun + timedelta(days=1):
        await out.round(hands.forward(minutes=6))
    assert states(world) == ["due", "due"]
    carrier.fates.clear()
    await out.round(hands.forward(seconds=31))
    assert [address for address, _ in carrier.carried] == ["2"]
    await out.round(hands.forward(minutes=10))
    assert states(world) == ["sent", "sent"]


async def test_what_was_sent_while_the_database_went_away_is_marked_before_anything_else_and_not_sent_again(
    world: World, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    carrier = Scripted()
    out = sender(world, carrier)
    owe(world, "1")
    carry = carrier.carry

    async def carried(*args: object) -> Sent:
        monkeypatch.setattr(world.database, "begin", away)
        return await carry(*args)  # type: ignore[arg-type]

    def away() -> None:
        raise OperationalError("the disk is away", None, Exception())

    monkeypatch.setattr(carrier, "carry", carried)
    for _ in range(3):
        with pytest.raises(OperationalError):
            await out.round(hands.forward(minutes=2))
    monkeypatch.undo()
    owe(world, "2")
    await out.round(hands.forward(minutes=2))
    assert [address for address, _ in carrier.carried] == ["1", "2"]
    assert states(world) == ["sent", "sent"]


async def test_a_message_that_may_have_arrived_is_not_sent_without_end(world: World, hands: Hands) -> None:
    carrier = Scripted(*[Sent(Fate.UNSURE)] * 1000)
    out = sender(world, carrier)
    owe(world, "1")
    for _ in range(200):
        await out.round(hands.forward(minutes=10))
    assert states(world) == ["failed"]
    assert len(carrier.carried) <= 12


async def test_waiting_as_telegram_says_is_no_failed_try(world: World, hands: Hands) -> None:
    """A flood wait of hours must not use up the tries of a message that then meets one real failure."""
    out = sender(world, Scripted(*[Sent(Fate.WAIT, 60)] * 50, Sent(Fate.UNSURE)))
    owe(world, "1")
    for _ in range(60):
        await out.round(hands.forward(seconds=61))
    assert states(world) == ["sent"]


async def test_of_two_waits_told_at_once_the_longer_one_counts(world: World, hands: Hands) -> None:
    carrier = Scripted(Sent(Fate.WAIT, 30), Sent(Fate.WAIT, 5))
    out = sender(world, carrier)
    owe(world, "1")
    owe(world, "2")
    await out.round(hands.moment)
    await out.round(hands.forward(seconds=29))
    assert carrier.carried == []
    await out.round(hands.forward(seconds=2))
    assert len(carrier.carried) == 2


@pytest.mark.parametrize("defect", [ValueError("a button"), UnicodeEncodeError("utf-8", "", 0, 1, "x"), KeyError("x")])
async def test_a_message_the_carrier_stumbles_over_does_not_end_the_sending(defect: Exception, world: World) -> None:
    carrier = Scripted(defect)
    owe(world, "1")
    owe(world, "2")
    await sender(world, carrier).round(world.now())
    assert states(world) == ["failed", "sent"]


async def test_a_message_changed_in_the_database_is_given_up_and_the_others_go(world: World) -> None:
    owe(world, "1")
    owe(world, "2")
    with world.work() as work:
        work.session.get_one(Outbox, 1).args_sealed = b"changed by somebody"
    carrier = Scripted()
    await sender(world, carrier).round(world.now())
    assert states(world) == ["failed", "sent"]
