"""Guarantees 16, 25 and 26: who lost a post, whoever floods us, and what a hostile browser or line can do."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import uvicorn
from sqlalchemy import func, select, update

from bot.gateway.conversation import Path as Way
from bot.gateway.rasa import Rasa
from bot.gateway.web import patience
from bot.gateway.web.chat import Chat
from bot.gateway.web.hub import Hub
from bot.gateway.web.site import make_site
from bot.services.casework import reports, timeline
from bot.services.staff import accounts as staff
from bot.storage.database import Database, open_vault
from bot.storage.tables import Outbox, Post
from tests.builders import World
from tests.conftest import Hands
from tests.faults.gateway_process import HUNG_SECONDS, running_gateway
from tests.faults.sizes import size
from tests.services.cases import staff_of, tell

SEED = 20261126
WRITERS = size(40, 200)
"""Of those who come in, so many write."""
LATER = 7200.0
"""Seconds behind every window of the limits."""
JUNK = ("哈哈哈哈", "asdfghjkl", "1", "😀" * 50, "在吗在吗", "http://x.y/z", "买房吗", "。。。", "/start", "{}[]")


@pytest.fixture
def sqlite_world(sqlite: Database, key_file: Path, hands: Hands) -> World:
    """On SQLite alone: what is asked here is the same query on both."""
    return World(sqlite, open_vault(sqlite, key_file), hands)


# 16


@pytest.mark.parametrize("how", ["suspended", "moved", "bound anew"])
def test_who_loses_a_post_in_the_middle_of_a_talk_has_lost_it_at_the_next_word(how: str, sqlite_world: World) -> None:
    world = sqlite_world
    people = staff_of(world)
    report = tell(world, ["beaten"])
    people.director.does(reports.accept, report)
    assert world.tap(people.director.talk, f"case:note:{report}")
    account, phone = people.director.account, world.citizen()
    with world.work() as work:
        if how == "suspended":
            staff.suspend(work, account)
        elif how == "bound anew":
            code = staff.invite(work, account).replace("-", "")
            assert staff.bind(work, phone, code).outcome == "bound"
        else:
            work.session.execute(update(Post).where(Post.account == account).values(until=work.now))
    world.say(people.director.talk, "孩子身上的新伤我看见了")
    people.caseworker.does(reports.accept, report)
    notes = [e for e in people.caseworker.does(timeline.of, report).entries if e.kind == "note"]
    assert notes == []


# 25


@pytest.fixture
async def site(sqlite_world: World) -> AsyncIterator[httpx.AsyncClient]:
    world = sqlite_world
    rasa = Rasa("http://rasa.test", "token", httpx.MockTransport(lambda _: httpx.Response(500)))
    way = Way(world.database, world.vault, rasa, world.now)

    async def ready() -> dict[str, str]:
        return {}

    made = make_site(Chat(world.database, world.vault, way, Hub(world.database), world.now), ready)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(made), base_url="http://test") as found:
        yield found


@pytest.fixture
def all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits' clock stands still: who comes in a row comes in one moment, however long this machine takes."""
    monkeypatch.setattr("bot.gateway.web.chat.time", SimpleNamespace(monotonic=lambda: 0.0))


async def _open(site: httpx.AsyncClient) -> tuple[str, dict[str, str]] | None:
    opened = await site.post("/api/conversations")
    if opened.status_code != 201:
        return None
    talk = opened.json()
    return f"/api/conversations/{talk['conversation']}/messages", {"Authorization": f"Bearer {talk['token']}"}


@pytest.mark.usefixtures("all_at_once")
async def test_a_hundred_messages_at_once_from_one_chat_are_limited_and_its_emergency_is_kept(
    site: httpx.AsyncClient, sqlite_world: World
) -> None:
    world = sqlite_world
    people = staff_of(world)
    opened = await _open(site)
    assert opened is not None
    where, headers = opened
    answers = await asyncio.gather(*(site.post(where, json={"text": "哈哈"}, headers=headers) for _ in range(100)))
    statuses = [answer.status_code for answer in answers]
    assert statuses.count(429) == 70
    assert world.pushes(people.director.talk) == []
    words = {"text": "救命 我爸拿刀追我 公主岭市响水镇姜家店村"}
    for _ in range(10):
        assert (await site.post(where, json=words, headers=headers)).status_code == 200
    assert [row.severity for row in world.reports()] == ["S0"], "one matter, one report"
    assert len(world.pushes(people.director.talk)) <= 3, "told again, not flooded"


@pytest.mark.usefixtures("all_at_once")
async def test_a_thousand_fresh_accounts_with_junk_make_no_report_and_tell_nobody(
    site: httpx.AsyncClient, sqlite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, dice = sqlite_world, random.Random(SEED)
    people = staff_of(world)
    opened = [one for one in [await _open(site) for _ in range(1000)] if one is not None]
    assert len(opened) == 200, "how many may come in at once is limited"
    writers = dice.sample(opened, WRITERS)
    answers = [await site.post(to, json={"text": dice.choice(JUNK)}, headers=held) for to, held in writers]
    assert {answer.status_code for answer in answers} == {200}, "each of them wrote once"
    monkeypatch.setattr("bot.gateway.web.chat.time", SimpleNamespace(monotonic=lambda: LATER))
    second = [one for one in [await _open(site) for _ in range(300)] if one is not None]
    assert len(second) == 200, "a second wave is limited as the first was"
    for where, headers in second[-WRITERS:]:
        await site.post(where, json={"text": dice.choice(JUNK)}, headers=headers)
    assert world.reports() == []
    for who in (people.director, people.supervisor, people.caseworker, people.duty):
        assert world.pushes(who.talk) == []
    where, headers = second[-1]
    assert (await site.post(where, json={"text": "孩子掉河里了"}, headers=headers)).status_code == 200
    assert len(world.reports()) == 1, "whoever means it is heard in the middle of it"


def test_what_is_pushed_for_a_hundred_cries_of_one_person_stays_few(sqlite_world: World) -> None:
    world = sqlite_world
    people, talk = staff_of(world), world.chat("4711")
    for number in range(100):
        world.say(talk, f"救命 我爸拿刀追我 {number}")
    assert len(world.reports()) == 1
    with world.work() as work:
        rows = select(func.count()).select_from(Outbox).where(Outbox.push, Outbox.conversation == people.director.talk)
        assert int(work.session.scalar(rows) or 0) <= 3


# 26


async def test_who_sends_headers_or_a_body_a_byte_at_a_time_is_let_go_and_neighbours_are_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patience, "HEADERS_WITHIN", 0.3)
    monkeypatch.setattr(patience, "BODY_WITHIN", 0.5)

    async with _serving() as port:
        half, body = (
            b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\na",
        )
        slow = [await _dribble(port, start) for start in (b"", half, body) for _ in range(20)]
        async with httpx.AsyncClient() as client:
            assert (await client.get(f"http://127.0.0.1:{port}/")).text == "ok"
        ends = await asyncio.wait_for(asyncio.gather(*(reader.read() for reader, _ in slow)), HUNG_SECONDS)
        assert len(ends) == 60, "every one of them was closed"
        for _, writer in slow:
            writer.close()


async def test_a_connection_is_kept_while_somebody_thinks_about_the_next_words() -> None:
    async with _serving(timeout_keep_alive=0) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(2):
            writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert (await reader.readuntil(b"ok")).startswith(b"HTTP/1.1 200")
            await asyncio.sleep(0.2)
        writer.close()


@asynccontextmanager
async def _serving(**options: Any) -> AsyncIterator[int]:
    """A server with our protocol that says ok to everything; its port."""

    async def app(scope: object, receive: object, send: object) -> None:
        await receive()  # type: ignore[operator]
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})  # type: ignore[operator]
        await send({"type": "http.response.body", "body": b"ok"})  # type: ignore[operator]

    config = uvicorn.Config(app, port=0, http=patience.PatientProtocol, log_level="critical", lifespan="off", **options)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server._serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await running


async def _dribble(port: int, start: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(start)
    return reader, writer


async def test_no_other_site_may_read_frame_or_post(site: httpx.AsyncClient) -> None:
    foreign = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for address in ("/", "/api/conversations", "/staff", "/openapi.json"):
        for method in ("GET", "OPTIONS"):
            answer = await site.request(method, address, headers=foreign)
            assert not [name for name in answer.headers if name.startswith("access-control-")], address
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
            assert "set-cookie" not in answer.headers
    plain = await site.post("/api/conversations/x/messages", content=b"text=1", headers={"Content-Type": "text/plain"})
    assert plain.status_code in (400, 404, 415), "a form of another site is no message"


def test_no_address_of_a_visitor_stands_in_any_log_or_file(tmp_path: Path) -> None:
    far = "203.0.113.77"
    with running_gateway(tmp_path) as (gateway, _), httpx.Client(base_url=gateway.url, timeout=HUNG_SECONDS) as browser:
        browser.headers.update({"X-Forwarded-For": far, "X-Real-IP": far, "Forwarded": f"for={far}"})
        opened = browser.post("/api/conversations").json()
        where = f"/api/conversations/{opened['conversation']}/messages"
        held = {"Authorization": f"Bearer {opened['token']}"}
        for body in (
            b'{"text": "\xe5\xad\xa9\xe5\xad\x90\xe6\x8c\xa8\xe6\x89\x93"}',
            b"\xff\xfe",
            b"{}",
            b"x" * 100_000,
        ):
            browser.post(where, content=body, headers={**held, "Content-Type": "application/json"})
        browser.get("/nowhere")
        browser.get("/staff/in/guess")
        gateway.terminate()
        kept = [path for path in tmp_path.rglob("*") if path.is_file() and "compiled" not in path.parts]
        assert [path.name for path in kept if far.encode() in path.read_bytes()] == []
        log = gateway.log.read_text(encoding="utf-8").replace(gateway.url, "")
        assert "127.0.0.1" not in log
