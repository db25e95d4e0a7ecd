"""Photos, recordings and files that come over Telegram: acknowledged at once, fetched beside the talk."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path as FilePath

import pytest
from sqlalchemy import select

from bot.gateway.conversation import Path
from bot.gateway.media.settling import Settling
from bot.gateway.telegram import Telegram
from bot.services.mail import mailbox
from bot.services.reporting import attachments
from bot.settings import load
from bot.storage.tables import Inbox, Outbox
from tests import media_samples as samples
from tests.builders import World
from tests.faults.fake_bot_api import TOKEN, FakeTelegram, Script
from tests.faults.talking import until
from tests.gateway.test_attachments import database, original, rows, way

__all__ = ["database", "way"]

CHAT = 555000222


@pytest.fixture
def api() -> FakeTelegram:
    return FakeTelegram()


class Running:
    """A running bot with its settling, as `App` puts them together."""

    def __init__(self, world: World, api: FakeTelegram, way: Path, folder: FilePath, **settings: str) -> None:
        found = load(
            {
                "HUTONG_TELEGRAM_TOKEN": TOKEN,
                "HUTONG_TELEGRAM_API": api.url,
                "HUTONG_VAR_DIR": str(folder),
                **settings,
            }
        )
        self.telegram = Telegram(found, world.database, world.vault, way, world.now)
        self.settling = Settling(world.database, world.vault, world.now)
        self.settling.fetch = self.telegram.fetching
        self.settling.said = way.posted = self.telegram.sender.wake
        way.brought = self.settling.wake
        self._stopping = asyncio.Event()

    async def start(self) -> Running:
        self._run = asyncio.create_task(self.settling.run(self._stopping))
        await self.telegram.start()
        return self

    async def stop(self) -> None:
        self._stopping.set()
        self.settling.wake()
        await self._run
        await self.settling.close()
        await self.telegram.stop()


@pytest.fixture
async def running(world: World, api: FakeTelegram, way: Path, tmp_path: FilePath) -> AsyncIterator[Running]:
    found = await Running(world, api, way, tmp_path).start()
    yield found
    await found.stop()
    api.close()


async def test_a_photo_on_telegram_opens_the_talk_at_once_and_is_said_to_be_here_when_it_is(
    running: Running, api: FakeTelegram, world: World
) -> None:
    photo = samples.photo_with_place()
    api.user_sends_file(CHAT, "photo", photo)
    await until(lambda: "report.danger_now=yes" in api.buttons(CHAT))
    await until(lambda: any("照片收到了" in text for text in api.sent_to(CHAT)), passing=world)
    (row,) = rows(world)
    assert (row.state, original(world, row)) == ("ready", photo)
    with world.work() as work:
        assert [(kept.state, kept.raw_sealed) for kept in work.session.scalars(select(Inbox))] == [("done", None)]


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("voice", samples.sound(2), "语音收到了"),
        ("audio", samples.sound(2, "mp3", "libmp3lame", 44_100), "语音收到了"),
        ("document", samples.PDF, "文件收到了"),
        ("document", samples.picture("PNG"), "照片收到了"),
        ("document", samples.SVG, "收不了"),
        ("photo", samples.picture()[:1500], "再发一次"),
        ("photo", samples.huge_png(), "太大了"),
    ],
    ids=["voice", "audio", "pdf", "picture as file", "svg", "cut", "bomb"],
)
async def test_what_comes_over_telegram_is_taken_or_declined_in_words(
    kind: str, data: bytes, words: str, running: Running, api: FakeTelegram, world: World
) -> None:
    api.user_sends_file(CHAT, kind, data)
    await until(lambda: any(words in text for text in api.sent_to(CHAT)), str(api.sent_to(CHAT)), passing=world)


async def test_danger_in_a_caption_is_answered_before_anything_is_fetched(
    running: Running, api: FakeTelegram, world: World
) -> None:
    api.script("getFile", *[Script(500) for _ in range(50)])
    api.user_sends_file(CHAT, "photo", samples.picture(), caption="快来人 隔壁正拿棍子打孩子呢")
    await until(lambda: any("110" in text for text in api.sent_to(CHAT)))
    assert world.report().severity == "S0"


async def test_an_album_is_acknowledged_with_one_sentence(running: Running, api: FakeTelegram, world: World) -> None:
    for _ in range(4):
        api.user_sends_file(CHAT, "photo", samples.picture(), media_group_id="album-1")
    await until(lambda: [row.state for row in rows(world)] == ["ready"] * 4, passing=world)
    await until(lambda: any("照片收到了" in text for text in api.sent_to(CHAT)), passing=world)
    with world.work() as work:
        keys = list(work.session.scalars(select(Outbox.key).where(Outbox.key == "media.taken.photo")))
    assert len(keys) == 1


@pytest.mark.parametrize("method", ["getFile", "download"])
async def test_a_failing_download_is_tried_again_and_nothing_is_lost(
    method: str, running: Running, api: FakeTelegram, world: World
) -> None:
    api.script(method, Script(500), Script(cut=True))
    api.user_sends_file(CHAT, "photo", samples.picture())
    await until(lambda: rows(world) and rows(world)[0].state == "waiting")
    for _ in range(3):
        world.now.forward(seconds=6)  # type: ignore[attr-defined]
        await running.settling.round()
    await until(lambda: any("照片收到了" in text for text in api.sent_to(CHAT)), passing=world)


async def test_a_download_that_never_succeeds_is_told_honestly(
    running: Running, api: FakeTelegram, world: World
) -> None:
    api.script("download", *[Script(500) for _ in range(50)])
    api.user_sends_file(CHAT, "photo", samples.picture())
    await until(lambda: rows(world))
    for _ in range(8):
        world.now.forward(seconds=30)  # type: ignore[attr-defined]
        await running.settling.round()
    await until(lambda: any("没收到，请再发一次" in text for text in api.sent_to(CHAT)), passing=world)
    assert rows(world) == []
    assert not any("照片收到了" in text for text in api.sent_to(CHAT))


async def test_a_file_telegram_does_not_give_any_more_is_told_at_once(
    running: Running, api: FakeTelegram, world: World
) -> None:
    api.user_sends(CHAT, photo=[{"file_id": "gone", "file_size": 10}])
    await until(lambda: any("没收到，请再发一次" in text for text in api.sent_to(CHAT)), passing=world)


async def test_what_was_not_fetched_when_everything_stopped_is_fetched_by_the_next_one(
    world: World, api: FakeTelegram, way: Path, tmp_path: FilePath
) -> None:
    api.script("getFile", *[Script(500) for _ in range(2)])
    first = await Running(world, api, way, tmp_path).start()
    api.user_sends_file(CHAT, "photo", samples.picture())
    await until(lambda: api.pending() == 0 and rows(world))
    await first.stop()
    world.now.forward(minutes=20)  # type: ignore[attr-defined]
    api.scripts.clear()
    second = await Running(world, api, way, tmp_path).start()
    await until(lambda: rows(world)[0].state == "ready", passing=world)
    await second.stop()
    api.close()


async def test_in_redirect_mode_it_is_declined_with_the_address_of_the_page(
    world: World, api: FakeTelegram, way: Path, tmp_path: FilePath
) -> None:
    found = await Running(world, api, way, tmp_path, HUTONG_TELEGRAM_PERSONAL_DATA="redirect").start()
    api.user_sends_file(CHAT, "photo", samples.picture(), caption="老李家孩子")
    await until(lambda: any("网页" in text for text in api.sent_to(CHAT)))
    assert rows(world) == []
    assert not any(method == "getFile" for _, method, _ in api.calls)
    await found.stop()
    api.close()


async def test_an_edited_caption_is_read_anew_and_the_photo_is_not_taken_twice(
    running: Running, api: FakeTelegram, world: World
) -> None:
    api.user_sends_file(CHAT, "photo", samples.picture())
    await until(lambda: rows(world) and rows(world)[0].state == "ready", passing=world)
    api._put({"edited_message": api._message(CHAT, photo=[{"file_id": "x"}], caption="他现在拿刀追孩子 救命")})
    await until(lambda: any("110" in text for text in api.sent_to(CHAT)), passing=world)
    assert len(rows(world)) == 1


async def test_no_token_address_or_name_of_a_file_stands_in_a_log(
    running: Running, api: FakeTelegram, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    api.script("download", Script(500))
    api.user_sends_file(CHAT, "document", samples.PDF)
    await until(lambda: rows(world))
    world.now.forward(seconds=6)  # type: ignore[attr-defined]
    await until(lambda: rows(world)[0].state == "ready", passing=world)
    assert TOKEN not in caplog.text
    assert "file-" not in caplog.text


def test_a_waiting_source_is_sealed(world: World) -> None:
    somebody = world.chat("1")
    with world.work() as work:
        inbox_id = mailbox.keep(work, "telegram", "tg:1", {}, somebody).id
        row = attachments.expect(work, somebody, inbox_id, "photo", {"id": "SECRET-FILE-ID"})
        assert row.original_sealed is not None
        assert b"SECRET-FILE-ID" not in row.original_sealed
        todo = attachments.task(work, row.uid)
        assert todo is not None
        assert (todo.original, todo.source) == (None, {"id": "SECRET-FILE-ID"})
