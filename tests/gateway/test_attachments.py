"""Photos, recordings and files through both doors: kept before they are acknowledged, settled beside the talk."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path as FilePath

import httpx
import pytest
from sqlalchemy import select

from bot.gateway.conversation import Path
from bot.gateway.media.settling import Settling
from bot.gateway.media.workshop import Workshop
from bot.gateway.telegram import Telegram
from bot.gateway.web import limits
from bot.gateway.web.chat import Chat
from bot.gateway.web.hub import Hub
from bot.gateway.web.site import make_site
from bot.services.mail import mailbox
from bot.services.reporting import attachments
from bot.settings import load
from bot.storage.database import Database
from bot.storage.tables import Attachment, Inbox, Outbox
from tests import media_samples as samples
from tests.builders import World
from tests.faults.fake_bot_api import TOKEN, FakeTelegram, Script
from tests.faults.gateway_process import HUNG_SECONDS
from tests.faults.talking import until
from tests.gateway.test_web import Browser
from tests.scripted import rasa_that

CHAT = 555000222


def _silent(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("away", request=request)


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Doors and a workshop; what is kept is tested on both databases: services/test_attachments.py."""
    return sqlite


@pytest.fixture
def way(world: World) -> Path:
    return Path(world.database, world.vault, rasa_that(_silent), world.now)


@asynccontextmanager
async def pages(world: World, way: Path, settling: Settling | None = None) -> AsyncIterator[Browser]:
    async def ready() -> dict[str, str]:
        return {"database": "ok"}

    site = make_site(Chat(world.database, world.vault, way, Hub(world.database), world.now, settling), ready)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url="http://test") as client:
        yield await Browser(client).open()


@pytest.fixture
async def browser(world: World, way: Path) -> AsyncIterator[Browser]:
    async with pages(world, way) as found:
        yield found


async def send(browser: Browser, name: str, data: bytes, key: str = "k", text: str | None = None) -> httpx.Response:
    return await browser.client.post(
        f"{browser.where}/messages",
        files={name: ("IMG_20261123_老李家.jpg", data, "image/jpeg")},
        data={"text": text} if text else None,
        headers={**browser.headers, "Idempotency-Key": key},
    )


def rows(world: World) -> list[Attachment]:
    with world.work() as work:
        return list(work.session.scalars(select(Attachment).order_by(Attachment.at)))


def original(world: World, row: Attachment) -> bytes:
    assert row.original_sealed is not None
    return world.vault.open_bytes("attachments.original", row.uid, row.original_sealed)


async def test_a_photo_over_the_web_is_kept_checked_and_acknowledged(browser: Browser, world: World) -> None:
    photo = samples.photo_with_place()
    replies = (await send(browser, "photo", photo)).json()["replies"]
    assert "照片收到了，会跟这件事放在一起" in replies[0]["text"]
    assert "孩子现在有危险吗" in replies[-1]["text"]
    (row,) = rows(world)
    assert (row.state, row.kind, row.media_type, row.bytes_original) == ("ready", "photo", "image/jpeg", len(photo))
    assert original(world, row) == photo
    with world.work() as work:
        (kept,) = work.session.scalars(select(Inbox))
        assert (kept.state, kept.raw_sealed) == ("done", None)


async def test_the_same_key_again_keeps_it_once_and_gives_the_same_replies(browser: Browser, world: World) -> None:
    first = (await send(browser, "photo", samples.picture())).json()
    assert (await send(browser, "photo", samples.picture())).json() == first
    assert len(rows(world)) == 1


async def test_danger_in_the_words_beside_a_photo_is_answered_first(browser: Browser, world: World) -> None:
    replies = (await send(browser, "photo", samples.picture(), text="快来人 隔壁正拿棍子打孩子呢")).json()["replies"]
    assert replies[0]["kind"] == "emergency"
    assert world.report().severity == "S0"
    await until(lambda: rows(world)[0].state == "ready")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("photo", samples.huge_png(), "太大了"),
        ("photo", samples.picture("PNG")[:1500], "再发一次"),
        ("photo", samples.SVG, "收不了"),
        ("photo", samples.zip_archive("a.txt"), "收不了"),
        ("photo", b"\0\0\0\x18ftypheic" + b"\0" * 100, "截个图"),
        ("voice", samples.sound(605, "wav", "pcm_s16le", 8_000), "最多十分钟"),
        ("voice", samples.video(), "视频"),
        ("file", b"MZ\x90\0" * 100, "收不了"),
    ],
    ids=["bomb", "cut", "svg", "zip named jpg", "heic", "too long", "film", "program"],
)
async def test_what_cannot_be_taken_is_declined_in_the_same_answer_and_not_kept(
    name: str, data: bytes, words: str, browser: Browser, world: World
) -> None:
    answer = await send(browser, name, data)
    assert answer.status_code == 200
    assert words in answer.json()["replies"][0]["text"]
    assert rows(world) == []
    assert (await browser.post({"choice": "say:chat.help"})).status_code == 200


async def test_a_recording_and_a_document_are_taken_and_a_photo_sent_as_a_file_is_a_photo(
    browser: Browser, world: World
) -> None:
    for number, (name, data) in enumerate(
        [("voice", samples.sound(2, "webm")), ("file", samples.PDF), ("file", samples.picture())]
    ):
        await send(browser, name, data, key=str(number))
    assert [(row.kind, row.state, row.working_type) for row in rows(world)] == [
        ("voice", "ready", "audio/mp4"),
        ("file", "ready", "application/pdf"),
        ("photo", "ready", "image/jpeg"),
    ]


@pytest.mark.parametrize(
    ("files", "status"),
    [
        ({"other": b"x"}, 400),
        ({"photo": b""}, 400),
        ({"photo": samples.picture(), "voice": b"OggS"}, 400),
        ({"photo": b"\xff\xd8\xff" + b"\0" * (limits.MEDIA_BYTES + limits.FORM_BYTES)}, 413),
    ],
    ids=["unknown field", "nothing", "two", "too big"],
)
async def test_a_wrong_upload_gets_a_sentence(files: dict[str, bytes], status: int, browser: Browser) -> None:
    answer = await browser.client.post(
        f"{browser.where}/messages", files={n: ("a", d) for n, d in files.items()}, headers=browser.headers
    )
    assert answer.status_code == status
    assert any("一" <= character <= "鿿" for character in answer.json()["detail"])


@pytest.mark.parametrize("body", [b"--b\r\nrubbish", b"", b"--b\r\n" * 50, b"\0" * 1000])
async def test_broken_forms_never_break_us(body: bytes, browser: Browser) -> None:
    headers = {**browser.headers, "Content-Type": "multipart/form-data; boundary=b"}
    answer = await browser.client.post(f"{browser.where}/messages", content=body, headers=headers)
    assert answer.status_code == 400
    headers["Content-Type"] = "multipart/form-data"
    assert (await browser.client.post(f"{browser.where}/messages", content=body, headers=headers)).status_code == 400


SLOW = """
import os, sys, time; picture = sys.stdin.buffer.read()
while not os.path.exists({gate!r}): time.sleep(0.01)
sys.stdout.buffer.write(picture)
"""


async def test_neighbours_are_served_while_bombs_are_taken_apart(world: World, way: Path, tmp_path: FilePath) -> None:
    gate, program = tmp_path / "gate", tmp_path / "slow.py"
    program.write_text(SLOW.format(gate=str(gate)))
    settling = Settling(world.database, world.vault, world.now, Workshop(program, patience=HUNG_SECONDS))
    async with pages(world, way, settling) as browser:
        others = [await Browser(browser.client).open() for _ in range(4)]
        bombs = [
            asyncio.create_task(send(other, "photo", samples.picture(), key=str(n))) for n, other in enumerate(others)
        ]
        await until(lambda: [row.state for row in rows(world)] == ["waiting"] * 4)
        for _ in range(10):
            assert (await browser.post({"choice": "say:chat.help"})).status_code == 200
        assert not any(bomb.done() for bomb in bombs), "the neighbour waited until a bomb was taken apart"
        gate.touch()
        assert {answer.status_code for answer in await asyncio.gather(*bombs)} == {200}
        assert [row.state for row in rows(world)] == ["ready"] * 4


async def test_the_openapi_description_names_all_three_and_the_page_may_use_the_microphone(browser: Browser) -> None:
    described = (await browser.client.get("/openapi.json")).json()
    body = described["paths"]["/api/conversations/{conversation}/messages"]["post"]["requestBody"]["content"]
    assert set(body["multipart/form-data"]["schema"]["properties"]) == {"photo", "voice", "file", "text"}
    page = await browser.client.get("/")
    assert "microphone=(self)" in page.headers["permissions-policy"]


# ---- Telegram


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
        self.settling.said = way.woken = self.telegram.sender.wake
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
