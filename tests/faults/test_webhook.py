"""Guarantee 4 by webhook: kept before 200, nobody without the secrets, repeated and overtaking updates are safe."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path as Folder

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.gateway.telegram import Telegram, webhook
from bot.gateway.web.chat import Chat
from bot.gateway.web.hub import Hub
from bot.gateway.web.site import make_site
from bot.services.mail import mailbox
from bot.settings import SettingsError, load
from bot.storage.tables import Inbox, Outbox, Report
from tests.builders import World
from tests.faults.fake_bot_api import TOKEN, FakeTelegram
from tests.faults.talking import ON_SQLITE, path_of, until

CHAT = 555000333
WHERE, SECRET = webhook.path(TOKEN), {webhook.HEADER: webhook.secrets(TOKEN)[1]}


class Hooked:
    """A gateway in webhook mode in this process: its channel, its Bot API and a client of its web server."""

    def __init__(self, world: World, folder: Folder, mode: str = "webhook") -> None:
        self.world, self.api = world, FakeTelegram()
        words = {
            "HUTONG_TELEGRAM_TOKEN": TOKEN,
            "HUTONG_TELEGRAM_API": self.api.url,
            "HUTONG_TELEGRAM_MODE": mode,
            "HUTONG_PUBLIC_URL": "http://127.0.0.1:9",
            "HUTONG_VAR_DIR": str(folder),
        }
        way = path_of(world)
        self.channel = Telegram(load(words), world.database, world.vault, way, world.now)
        way.posted = self.channel.sender.wake

        async def ready() -> dict[str, str]:
            return {}

        chat = Chat(world.database, world.vault, way, Hub(world.database), world.now)
        site = make_site(chat, ready, channel=self.channel.door())
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url="http://test")
        self.number = 5000

    def told(self, method: str) -> list[dict[str, object]]:
        return [data for _, name, data in self.api.calls if name == method]

    def update(self, text: str, number: int | None = None, chat: int = CHAT) -> dict[str, object]:
        self.number += 1
        message = {"message_id": 1, "date": 1, "chat": {"id": chat, "type": "private"}, "text": text}
        return {"update_id": number or self.number, "message": message}

    async def bring(self, update: object, headers: dict[str, str] = SECRET) -> int:
        body = update if isinstance(update, bytes) else json.dumps(update).encode()
        status = (await self.client.post(WHERE, content=body, headers=headers)).status_code
        return status


@pytest.fixture
async def hooked(world: World, tmp_path: Folder) -> AsyncIterator[Hooked]:
    found = Hooked(world, tmp_path)
    await found.channel.start()
    yield found
    await found.channel.stop()
    await found.client.aclose()
    found.api.close()


def rows(world: World) -> list[Inbox]:
    with world.work() as work:
        return list(work.session.scalars(select(Inbox).order_by(Inbox.id)))


async def test_telegram_is_told_where_to_bring_what_and_with_which_secret(hooked: Hooked) -> None:
    await until(lambda: hooked.told("setWebhook"))
    told = hooked.told("setWebhook")[0]
    assert told["url"] == "http://127.0.0.1:9" + WHERE
    assert told["secret_token"] == SECRET[webhook.HEADER]
    assert json.loads(str(told["allowed_updates"])) == ["message", "edited_message", "callback_query"]
    assert TOKEN.partition(":")[2] not in str(told)


async def test_who_polls_takes_the_webhook_away_first(world: World, tmp_path: Folder) -> None:
    polling = Hooked(world, tmp_path, "polling")
    await polling.channel.start()
    await until(lambda: polling.told("getUpdates"))
    names = [name for _, name, _ in polling.api.calls]
    assert names.index("deleteWebhook") < names.index("getUpdates")
    await polling.channel.stop()
    polling.api.close()


def test_a_webhook_needs_an_address_telegram_can_reach() -> None:
    with pytest.raises(SettingsError, match="PUBLIC_URL"):
        load({"HUTONG_TELEGRAM_MODE": "webhook"})


async def test_a_message_is_kept_before_200_and_answered(hooked: Hooked, world: World) -> None:
    assert await hooked.bring(hooked.update("孩子掉河里了快救命")) == 200
    assert len(rows(world)) == 1
    await until(lambda: hooked.api.sent_to(CHAT))
    assert "119" in hooked.api.sent_to(CHAT)[0]


@ON_SQLITE
@pytest.mark.parametrize("headers", [{}, {webhook.HEADER: ""}, {webhook.HEADER: "x" * 32}])
async def test_without_the_secret_there_is_no_such_page(hooked: Hooked, world: World, headers: dict[str, str]) -> None:
    assert await hooked.bring(hooked.update("今天天气咋样"), headers) == 404
    assert (await hooked.client.post("/telegram/" + "0" * 32, headers=SECRET)).status_code == 404
    assert rows(world) == []


@pytest.mark.parametrize("times", [2, 10])
async def test_the_same_update_again_has_one_effect_and_one_reply(hooked: Hooked, world: World, times: int) -> None:
    update = hooked.update("孩子掉河里了快救命")
    assert set(await asyncio.gather(*(hooked.bring(update) for _ in range(times)))) == {200}
    await until(lambda: hooked.api.sent_to(CHAT) and [row.state for row in rows(world)] == ["done"])
    world.now.forward(hours=48)  # type: ignore[attr-defined]
    assert await hooked.bring(update) == 200
    assert [row.state for row in rows(world)] == ["done"]
    with world.work() as work:
        assert len(work.session.scalars(select(Report.uid)).all()) == 1


async def test_updates_of_a_chat_that_overtake_each_other_take_effect_in_their_order(
    hooked: Hooked, world: World
) -> None:
    """The clock stands still: nobody waited for the time to pass, the missing one's arrival let the others go."""
    await hooked.bring(hooked.update("孩子掉河里了快救命"))
    await until(lambda: [row.state for row in rows(world)] == ["done"])
    world.now.forward(seconds=3)  # type: ignore[attr-defined]  # whatever was written before the very first was waited for
    neighbour, first, second, third = (
        hooked.update(text, chat=CHAT + (text == "邻")) for text in ("邻", "一", "二", "三")
    )
    for update in (third, second, first):
        assert await hooked.bring(update) == 200
    assert [row.state for row in rows(world)][1:] == ["kept"] * 3
    assert await hooked.bring(neighbour) == 200
    await until(lambda: {row.state for row in rows(world)} == {"done"})
    with world.work() as work:
        spoken = work.session.scalars(
            select(Inbox.position).join(Outbox, Outbox.reply_to == Inbox.id).order_by(Outbox.id)
        ).all()
    of_chat = [one for one in spoken if one in (first["update_id"], second["update_id"], third["update_id"])]
    assert of_chat == sorted(of_chat, key=lambda one: one or 0)


async def test_one_that_never_comes_holds_nobody_up_for_long_and_danger_not_at_all(
    hooked: Hooked, world: World
) -> None:
    await hooked.bring(hooked.update("今天天气咋样", 7000))
    await hooked.bring(hooked.update("孩子掉河里了快救命", 7002, chat=CHAT + 1))
    await until(lambda: hooked.api.sent_to(CHAT + 1))
    assert [row.state for row in rows(world)] == ["kept", "done"]
    with world.work() as work:
        assert mailbox.waiting(work) == []
    world.now.forward(seconds=2.1)  # type: ignore[attr-defined]
    with world.work() as work:
        now_free = mailbox.waiting(work)
    # Its own timer may have gone off in this very moment.
    assert len(now_free) == 1 or rows(world)[0].state == "done"


@ON_SQLITE
@pytest.mark.parametrize("body", [b"", b"{", b'{"update_id": 77, "message": {"text": ', b"[1]", b"null", b'{"a":1}'])
async def test_rubbish_is_kept_aside_sealed_and_not_brought_for_ever(hooked: Hooked, world: World, body: bytes) -> None:
    assert await hooked.bring(body) == 200
    assert [row.state for row in rows(world)] == ["quarantined"]
    assert await hooked.bring(hooked.update("今天天气咋样")) == 200


async def test_what_cannot_be_kept_is_not_acknowledged_and_danger_hears_the_numbers(
    hooked: Hooked, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr(hooked.channel._bot._keeper, "keep", away)
    update = hooked.update("孩子掉河里了快救命")
    assert await hooked.bring(update) == 503
    await until(lambda: hooked.api.sent_to(CHAT))
    monkeypatch.undo()
    assert await hooked.bring(update) == 200
    assert len(rows(world)) == 1


async def test_a_long_message_that_answers_a_long_one_is_kept_and_not_brought_for_a_day(
    hooked: Hooked, world: World
) -> None:
    update = hooked.update("孩子" * 2000)
    update["message"]["reply_to_message"] = {
        **update["message"],
        "text": "话" * 4000,
        "entities": [{"type": "bold"}] * 2000,
    }  # type: ignore[index,dict-item]
    assert len(json.dumps(update)) > 64 * 1024, "more than the page may send"
    assert await hooked.bring(update) == 200
    assert len(rows(world)) == 1
