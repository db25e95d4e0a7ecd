"""Photos, recordings and files through both doors: kept before they are acknowledged, settled beside the talk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path as FilePath

import httpx
import pytest
from sqlalchemy import select

from bot.gateway.conversation import Path
from bot.gateway.media.settling import Settling
from bot.gateway.media.workshop import Workshop
from bot.gateway.web import limits
from bot.gateway.web.chat import Chat
from bot.gateway.web.hub import Hub
from bot.gateway.web.site import make_site
from bot.storage.database import Database
from bot.storage.tables import Attachment, Inbox
from tests import media_samples as samples
from tests.builders import World
from tests.faults.gateway_process import HUNG_SECONDS
from tests.faults.talking import until
from tests.gateway.test_web import Browser
from tests.scripted import rasa_that


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
