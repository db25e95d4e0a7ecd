"""Webhook mode: kept before the 200, on any of several gateways; one of them killed, nothing is lost or doubled."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.gateway.telegram import Telegram
from bot.gateway.telegram.hook import SECRET_HEADER, WAY
from bot.gateway.web.site import make_closed_site
from bot.reading import danger
from bot.services import intake
from bot.settings import SettingsError, load
from bot.storage.tables import Inbox
from tests.builders import World
from tests.faults.fake_bot_api import TOKEN, FakeTelegram
from tests.faults.gateway_process import GatewayProcess, ScriptedRasa, wait_until
from tests.faults.talking import path_of, until

CHATS, MESSAGES, KILLS = 6, 48, 4
DANGER = "邻居正拿棍子打孩子呢 快来人"


@pytest.fixture
def api() -> Iterator[FakeTelegram]:
    found = FakeTelegram()
    yield found
    found.close()


def _rows(world: World) -> list[Inbox]:
    with world.work() as work:
        return list(work.session.scalars(select(Inbox).order_by(Inbox.id)))


class Door:
    """The webhook door of one gateway in this process; `brings` calls it as Telegram does."""

    def __init__(self, world: World, api: FakeTelegram, folder: Path) -> None:
        settings = load(
            {
                "HUTONG_TELEGRAM_TOKEN": TOKEN,
                "HUTONG_TELEGRAM_API": api.url,
                "HUTONG_TELEGRAM_MODE": "webhook",
                "HUTONG_PUBLIC_URL": "http://127.0.0.1:9",
                "HUTONG_VAR_DIR": str(folder),
            }
        )
        danger.prepare()  # as a real start does: the first message is not the one that compiles the words
        intake.reads_like_a_report("")
        way = path_of(world)
        self.channel = Telegram(settings, world.database, world.vault, way, world.now)
        way.woken = self.channel.sender.wake
        site = make_closed_site(self._ready)
        assert self.channel.hook is not None
        self.channel.hook.join(site)
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url="http://us")
        self.secret = self.channel.hook._secret

    async def _ready(self) -> dict[str, str]:
        return {}

    async def brings(self, body: str | bytes, secret: str | None = None) -> int:
        headers = {SECRET_HEADER: self.secret if secret is None else secret}
        return (await self._client.post(WAY, content=body, headers=headers)).status_code


def _update(number: int, text: str = DANGER, chat: int = 5) -> str:
    sender = f'"from":{{"id":{chat},"is_bot":false,"first_name":"x"}},"chat":{{"id":{chat},"type":"private"}}'
    return f'{{"update_id":{number},"message":{{"message_id":{number},"date":1,{sender},"text":"{text}"}}}}'


async def test_only_who_shows_the_secret_is_telegram(world: World, api: FakeTelegram, tmp_path: Path) -> None:
    door = Door(world, api, tmp_path)
    assert await door.brings(_update(1), secret="") == 404
    assert await door.brings(_update(1), secret="f" * 64) == 404
    assert _rows(world) == []


async def test_an_update_is_kept_before_the_200_and_brought_again_has_one_effect(
    world: World, api: FakeTelegram, tmp_path: Path
) -> None:
    door = Door(world, api, tmp_path)
    for _ in range(10):
        assert await door.brings(_update(1)) == 200
        assert len(_rows(world)) == 1
    await until(lambda: _rows(world)[0].state == "done")
    assert world.report().severity == "S0"


@pytest.mark.parametrize("body", ["", "{", "[]", '{"update_id":7}', '{"update_id":8,"message":3}', b"\xff\xfe", "7"])
async def test_what_cannot_be_read_is_set_aside_and_not_brought_for_ever(
    body: str | bytes, world: World, api: FakeTelegram, tmp_path: Path
) -> None:
    door = Door(world, api, tmp_path)
    assert await door.brings(body) == 200
    assert await door.brings(_update(9)) == 200
    await until(lambda: _rows(world)[-1].state == "done")


async def test_while_the_database_is_away_nothing_is_acknowledged_and_danger_hears_the_numbers(
    world: World, api: FakeTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = Door(world, api, tmp_path)

    def away(*_: object) -> object:
        raise OperationalError("away", None, Exception())

    with monkeypatch.context() as broken:
        broken.setattr("bot.gateway.telegram.keeping.Keeper.keep", away)
        assert await door.brings(_update(1)) == 503
    assert any("110" in text for text in api.sent_to(5))
    assert await door.brings(_update(1)) == 200
    assert len(_rows(world)) == 1


def test_webhook_mode_needs_an_address_that_telegram_can_call() -> None:
    with pytest.raises(SettingsError, match="HUTONG_PUBLIC_URL"):
        load({"HUTONG_TELEGRAM_MODE": "webhook"})


@pytest.fixture
def gateways(world: World, api: FakeTelegram, tmp_path: Path) -> Iterator[list[GatewayProcess]]:
    """Two gateways on one database behind one webhook, and the Rasa they share."""
    rasa = ScriptedRasa()
    made = []
    for number in range(2):
        folder = tmp_path / str(number)
        folder.mkdir()
        gateway = GatewayProcess(folder, rasa.port)
        gateway.set(
            HUTONG_DATABASE_URL=world.database.url,
            HUTONG_KEY_FILE=str(tmp_path / "keys.json"),
            HUTONG_TELEGRAM_TOKEN=TOKEN,
            HUTONG_TELEGRAM_API=api.url,
            HUTONG_TELEGRAM_MODE="webhook",
            HUTONG_PUBLIC_URL=gateway.url,
            PYTHONPYCACHEPREFIX=str(tmp_path / "compiled"),
        )
        made.append(gateway)
    api.hooks = [gateway.url + WAY for gateway in made]
    yield made
    for gateway in made:
        gateway.stop()
    rasa.close()


def test_one_of_two_gateways_killed_again_and_again_loses_and_doubles_nothing(
    world: World, api: FakeTelegram, gateways: list[GatewayProcess]
) -> None:
    seed = random.randrange(10**6)
    print("seed", seed)  # noqa: T201 - shown when the test fails
    chance = random.Random(seed)
    for gateway in gateways:
        gateway.start()
    wait_until(lambda: api.deliverer is not None, "no webhook was set")
    updates: list[int] = []
    for round_number in range(KILLS):
        for number in range(MESSAGES // KILLS):
            updates.append(api.user_says(9000 + number % CHATS, f"在吗 {round_number}"))
        victim = chance.choice(gateways)
        wait_until(_after(chance.uniform(0.05, 0.4)), "time stands still")
        victim.kill()
        victim.start()
    wait_until(lambda: not api.pending(), "updates are left", 60)
    wait_until(lambda: all(row.state == "done" for row in _rows(world)), "messages are left", 60)
    assert Counter(row.update_key for row in _rows(world)) == Counter(f"tg:{one}" for one in updates)
    assert sorted(api.acknowledged) == sorted(updates)


def _after(seconds: float) -> Callable[[], bool]:
    looks = iter(range(int(seconds / 0.05) + 1))
    return lambda: next(looks, None) is None
