"""Guarantees 1, 3: the gateway is killed while people write; nothing acknowledged is lost, nothing happens twice."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from bot.storage.database import Database
from tests.faults.gateway_process import HUNG_SECONDS, GatewayProcess, running_gateway
from tests.faults.sizes import FULL, size

KILLS, MESSAGES = size(10, 20), 40
SAID = (
    "今天天气咋样",
    "邻居家孩子天天挨打",
    "flow:status",
    "孩子掉河里了快救命",
    "榆树市五棵树镇",
    "不清楚",
    "say:chat.help",
)


class Talker:
    """Sends each message with its key until it is acknowledged, as the page does."""

    def __init__(self, gateway: GatewayProcess, seed: int) -> None:
        self.gateway, self.random = gateway, random.Random(seed)
        self.acknowledged: dict[str, object] = {}
        self._client = httpx.AsyncClient(base_url=gateway.url, timeout=HUNG_SECONDS)

    async def open(self) -> None:
        answer = (await self._until_done("POST", "/api/conversations")).json()
        self.where = f"/api/conversations/{answer['conversation']}/messages"
        self.headers = {"Authorization": f"Bearer {answer['token']}"}

    async def say(self, number: int) -> None:
        words = SAID[number % len(SAID)]
        body = {"choice": words} if ":" in words else {"text": words}
        key = f"message-{number}"
        answer = await self._until_done("POST", self.where, json=body, headers={**self.headers, "Idempotency-Key": key})
        self.acknowledged[key] = answer.json()

    async def repeat(self, key: str) -> object:
        answer = await self._until_done(
            "POST", self.where, json={"text": "再发一次"}, headers={**self.headers, "Idempotency-Key": key}
        )
        return answer.json()

    async def _until_done(self, method: str, address: str, **what: object) -> httpx.Response:
        while True:
            try:
                answer = await self._client.request(method, address, **what)  # type: ignore[arg-type]
                if answer.status_code < 500 and answer.status_code != 429:
                    return answer
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("kind", ["sqlite", *(["postgres"] if FULL else [])])
async def test_killed_again_and_again_while_forty_messages_flow_nothing_is_lost_or_doubled(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    address = request.getfixturevalue("postgres").url if kind == "postgres" else own_file(tmp_path)
    seed = random.randrange(10**6)
    print("seed", seed)  # noqa: T201 - shown when the test fails
    chance = random.Random(seed)
    with running_gateway(tmp_path, {"HUTONG_DATABASE_URL": address}) as (gateway, _):
        talkers = [Talker(gateway, seed + n) for n in range(4)]
        for talker in talkers:
            await talker.open()

        async def talk(talker: Talker) -> None:
            for number in range(MESSAGES // len(talkers)):
                await talker.say(number)

        async def kill() -> None:
            for _ in range(KILLS):
                await asyncio.sleep(chance.uniform(0.0, 0.25))
                await asyncio.to_thread(gateway.kill)
                await asyncio.to_thread(gateway.start)

        await asyncio.gather(kill(), *(talk(talker) for talker in talkers))
        for talker in talkers:
            for key, replies in talker.acknowledged.items():
                assert await talker.repeat(key) == replies
        gateway.terminate()
        _check(gateway, talkers, address)


def own_file(folder: Path) -> str:
    """The address of a gateway's own SQLite file."""
    return f"sqlite:///{folder / 'var' / 'hutong.db'}"


def _check(gateway: GatewayProcess, talkers: list[Talker], address: str) -> None:
    """Every acknowledged message stands in the inbox exactly once, done, raw text erased, with replies said once."""
    database = Database(address)
    with database.read() as session:
        rows = session.execute(text("select id, update_key, state, effect, raw_sealed from inbox")).all()
        said = session.execute(text("select reply_to, key from outbox where reply_to is not null")).all()
    database.close()
    expected = {f"web:{t.where.split('/')[3]}:{key}" for t in talkers for key in t.acknowledged}
    assert {row[1] for row in rows} == expected
    assert len(rows) == MESSAGES
    assert {row[2] for row in rows} == {"done"}
    assert all(row[4] is None for row in rows)
    replies: dict[int, list[str]] = {}
    for reply_to, key in said:
        replies.setdefault(reply_to, []).append(key)
    assert set(replies) == {row[0] for row in rows}
    for keys in replies.values():
        assert len(keys) == len(set(keys)), keys
    reports = json.loads(gateway.cli("reports", "list", "--json"))
    assert len(reports) == len(talkers), "one report a talk, however often it was killed"
    assert "完好" in gateway.cli("audit", "verify")
    assert "Traceback" not in gateway.log.read_text()


async def test_told_to_stop_under_load_it_drains_and_ends_with_status_zero(tmp_path: Path) -> None:
    with running_gateway(tmp_path, reads=True) as (gateway, _):
        talker = Talker(gateway, 1)
        await talker.open()
        stream = httpx.AsyncClient(base_url=gateway.url, timeout=HUNG_SECONDS)
        async with stream.stream("GET", talker.where.replace("messages", "events"), headers=talker.headers) as events:
            assert events.status_code == 200
            first = [asyncio.create_task(talker.say(number)) for number in range(3)]
            await asyncio.gather(*first)
            assert await asyncio.to_thread(gateway.terminate) == 0
        await stream.aclose()
        database = sqlite3.connect(gateway.folder / "var" / "hutong.db")
        assert {state for (state,) in database.execute("select state from inbox")} == {"done"}
