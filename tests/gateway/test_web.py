"""The chat API as a client sees it (contracts.md §3)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from types import SimpleNamespace

import httpx
import pytest

from bot.gateway.conversation import Path
from bot.gateway.web import limits
from bot.gateway.web.chat import Chat
from bot.gateway.web.hub import Hub
from bot.gateway.web.site import make_site
from bot.services.mail import mailbox
from bot.storage.database import Database
from tests.builders import World
from tests.scripted import rasa_that


def _silent(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("away", request=request)


class Browser:
    """A client of the chat API with one conversation."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.where, self.headers = "", {"Authorization": "Bearer none"}

    async def open(self) -> Browser:
        answer = (await self.client.post("/api/conversations")).json()
        self.where = f"/api/conversations/{answer['conversation']}"
        self.headers = {"Authorization": f"Bearer {answer['token']}"}
        return self

    async def post(self, body: object, key: str | None = None) -> httpx.Response:
        headers = {**self.headers, **({"Idempotency-Key": key} if key else {})}
        return await self.client.post(f"{self.where}/messages", json=body, headers=headers)

    async def since(self, after: int = 0) -> list[dict[str, object]]:
        answer = await self.client.get(f"{self.where}/messages", params={"after": after}, headers=self.headers)
        messages: list[dict[str, object]] = answer.json()["messages"]
        return messages


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    rasa = rasa_that(_silent)
    way = Path(world.database, world.vault, rasa, world.now)

    async def ready() -> dict[str, str]:
        return {"database": "ok", "rasa": "starting"}

    site = make_site(Chat(world.database, world.vault, way, Hub(world.database), world.now), ready)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url="http://test") as found:
        yield found


async def test_a_new_talk_is_welcomed_and_sets_no_cookie(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/conversations")
    assert answer.status_code == 201
    assert set(answer.json()) == {"conversation", "token"}
    assert "set-cookie" not in answer.headers
    browser = await Browser(client).open()
    assert "护童" in str((await browser.since())[0]["text"])


async def test_the_same_key_again_gives_the_same_replies_and_no_second_effect(
    client: httpx.AsyncClient, world: World
) -> None:
    browser = await Browser(client).open()
    first = (await browser.post({"text": "隔壁正打孩子呢 孩子惨叫"}, "key-1")).json()
    again = (await browser.post({"text": "隔壁正打孩子呢 孩子惨叫"}, "key-1")).json()
    assert first == again
    assert len(world.reports()) == 1


async def test_replies_carry_text_buttons_kind_and_id(client: httpx.AsyncClient) -> None:
    browser = await Browser(client).open()
    reply = (await browser.post({"choice": "flow:status"})).json()["replies"][0]
    assert {"id", "text", "choices", "kind", "at"} <= set(reply)
    urgent = (await browser.post({"text": "孩子掉河里了"})).json()["replies"][0]
    assert urgent["kind"] == "emergency"
    assert "119" in urgent["text"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"text": ""}, 400),
        ({"text": "   "}, 400),
        ({"text": 5}, 400),
        ([], 400),
        ({"choice": "x" * 121}, 400),
        ({"location": {"lat": 200, "lon": 1}}, 400),
        ({"location": {"lat": "a"}}, 400),
        ({"text": "啊" * 4097}, 413),
    ],
)
async def test_bad_input_gets_a_sentence_to_act_on(body: object, status: int, client: httpx.AsyncClient) -> None:
    browser = await Browser(client).open()
    answer = await browser.post(body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert any("一" <= character <= "鿿" for character in answer.json()["detail"])


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b'{"text": "\\ud800"}', b"[" * 5000])
async def test_broken_bytes_never_break_us(content: bytes, client: httpx.AsyncClient) -> None:
    browser = await Browser(client).open()
    answer = await client.post(f"{browser.where}/messages", content=content, headers=browser.headers)
    assert answer.status_code in (200, 400)


async def test_ten_megabytes_are_refused_with_a_sentence(client: httpx.AsyncClient) -> None:
    browser = await Browser(client).open()
    answer = await client.post(
        f"{browser.where}/messages", content=json.dumps({"text": "啊" * 10_000_000}), headers=browser.headers
    )
    assert answer.status_code == 413


async def test_a_wrong_token_and_an_absent_talk_look_alike(client: httpx.AsyncClient) -> None:
    browser = await Browser(client).open()
    wrong = await client.get(f"{browser.where}/messages", headers={"Authorization": "Bearer wrong"})
    absent = await client.get("/api/conversations/nothere/messages", headers=browser.headers)
    assert wrong.status_code == absent.status_code == 404
    assert wrong.json() == absent.json()


async def test_a_token_is_heard_however_its_scheme_is_spelt_and_under_no_other(client: httpx.AsyncClient) -> None:
    browser = await Browser(client).open()
    token = browser.headers["Authorization"].removeprefix("Bearer ")
    for given, status in (("bearer", 200), ("BEARER ", 200), ("Basic", 404)):
        headers = {"Authorization": f"{given} {token}"}
        assert (await client.get(f"{browser.where}/messages", headers=headers)).status_code == status
    bare = await client.get(f"{browser.where}/messages", headers={"Authorization": token})
    assert bare.status_code == 404


async def test_who_writes_too_fast_is_slowed_but_danger_is_still_heard(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.gateway.web.chat.time", SimpleNamespace(monotonic=lambda: 0.0))  # all in one moment
    browser = await Browser(client).open()
    statuses = [(await browser.post({"choice": "say:chat.help"})).status_code for _ in range(40)]
    assert statuses == [200] * 30 + [429] * 10
    assert (await browser.post({"text": "我爸拿刀追我"})).status_code == 200


async def test_every_answer_carries_the_strict_headers(client: httpx.AsyncClient) -> None:
    for address in ("/", "/health", "/api/conversations/x/messages", "/page/nothing.js"):
        headers = (await client.get(address)).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "access-control-allow-origin" not in headers


async def test_the_api_describes_itself(client: httpx.AsyncClient) -> None:
    spec = (await client.get("/openapi.json")).json()
    assert {
        "/api/conversations",
        "/api/conversations/{conversation}/messages",
        "/api/conversations/{conversation}/events",
        "/health",
        "/ready",
    } <= set(spec["paths"])


async def test_a_client_made_from_the_description_knows_where_the_token_belongs(
    client: httpx.AsyncClient,
) -> None:
    spec = (await client.get("/openapi.json")).json()
    assert spec["components"]["securitySchemes"]["talk"].items() >= {"type": "http", "scheme": "bearer"}.items()
    for path, operations in spec["paths"].items():
        for operation in operations.values():
            # OpenAPI 3: a header parameter of this name "shall be ignored".
            assert "authorization" not in {one["name"].lower() for one in operation.get("parameters", [])}, path
            of_a_talk = path.startswith("/api/conversations/")
            assert operation.get("security", []) == ([{"talk": []}] if of_a_talk else []), path


async def test_ready_tells_each_part_and_is_not_ready_while_one_starts(client: httpx.AsyncClient) -> None:
    answer = await client.get("/ready")
    assert (answer.status_code, answer.json()["rasa"]) == (503, "starting")


async def test_what_had_to_wait_for_the_morning_is_shown_in_the_morning(
    client: httpx.AsyncClient, world: World
) -> None:
    browser = await Browser(client).open()
    conversation = browser.where.rpartition("/")[2]
    later = world.now().replace(hour=20)
    with world.work() as work:
        mailbox.say(work, conversation, "reporter.accepted", push=True, not_before=later)
        mailbox.say(work, conversation, "chat.help")
    seen = await browser.since()
    assert "受理" not in "".join(str(message["text"]) for message in seen)
    world.now.forward(hours=10)  # type: ignore[attr-defined]
    assert "受理" in str((await browser.since(int(str(seen[-1]["id"]))))[0]["text"])


async def test_messages_sent_at_once_are_answered_each_and_in_order(client: httpx.AsyncClient) -> None:
    browser = await Browser(client).open()
    answers = await asyncio.gather(*(browser.post({"choice": "say:chat.bot"}, f"k{n}") for n in range(8)))
    assert [answer.status_code for answer in answers] == [200] * 8


async def test_when_nothing_can_be_kept_the_numbers_are_said_and_nothing_is_acknowledged(
    client: httpx.AsyncClient, database: Database, world: World
) -> None:
    browser = await Browser(client).open()
    database.engine.dispose()
    world.database.begin = _broken  # type: ignore[method-assign, assignment]
    urgent = await browser.post({"text": "救命 他要打死孩子了"})
    calm = await browser.post({"text": "你好"})
    assert urgent.status_code == calm.status_code == 503
    assert "120" in urgent.json()["detail"]


async def test_while_the_database_is_busy_what_was_said_is_asked_for_again_later(
    client: httpx.AsyncClient, world: World
) -> None:
    browser = await Browser(client).open()
    world.database.begin = _broken  # type: ignore[method-assign, assignment]
    answer = await client.get(f"{browser.where}/messages", headers=browser.headers)
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert answer.headers["retry-after"]


def _broken() -> None:
    from sqlalchemy.exc import OperationalError

    raise OperationalError("the disk is away", None, Exception())


def test_the_buckets_fill_again_with_time() -> None:
    bucket = limits.Buckets(per_second=1, burst=2)
    assert [bucket.take("a", 0), bucket.take("a", 0), bucket.take("a", 0)] == [True, True, False]
    assert bucket.take("a", 1.5)
    assert bucket.take("b", 0)


async def test_a_self_check_is_one_page_to_print_only_for_its_own_family_and_while_it_lasts(
    client: httpx.AsyncClient, world: World
) -> None:
    browser, stranger = await Browser(client).open(), await Browser(client).open()
    assert (await client.get(f"{browser.where}/sheet", headers=browser.headers)).status_code == 404
    await browser.post({"text": "算不算留守儿童，孩子9岁跟奶奶过，我俩在大连打工两年"})
    answer = await client.get(f"{browser.where}/sheet", headers=browser.headers)
    assert answer.headers["cache-control"] == "no-store"
    assert "9岁" in "".join(answer.json()["told"])
    assert "不是认定" in answer.json()["note"]
    assert (await client.get(f"{browser.where}/sheet", headers=stranger.headers)).status_code == 404
    await browser.post({"choice": "eligibility.stop=yes"})
    await browser.post({"choice": "eligibility.keep=no"})
    assert (await client.get(f"{browser.where}/sheet", headers=browser.headers)).status_code == 404


async def test_the_address_of_the_page_to_print_holds_nothing_of_the_family(client: httpx.AsyncClient) -> None:
    page = await client.get("/sheet")
    assert page.status_code == 200
    assert "@media print" in (await client.get("/page/sheet.css")).text
