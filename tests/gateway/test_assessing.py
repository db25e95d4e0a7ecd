"""`POST /api/assess` as another system uses it: the same output as the engine, every error named, nothing stored."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy import MetaData, func, select

from bot.care import eligibility
from bot.gateway.conversation import Path
from bot.gateway.rasa import Rasa
from bot.gateway.web.chat import Chat
from bot.gateway.web.hub import Hub
from bot.gateway.web.site import make_site
from bot.storage.database import Database
from tests.builders import World
from tests.care.children import FACTS, ON

ADDRESS = "/api/assess"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Nothing is stored, on whichever database."""
    return sqlite


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    way = Path(world.database, world.vault, Rasa("http://rasa.test", "token"), world.now)

    async def ready() -> dict[str, str]:
        return {"database": "ok"}

    site = make_site(Chat(world.database, world.vault, way, Hub(world.database), world.now), ready)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url="http://test") as found:
        yield found


def _rows(world: World) -> dict[str, int]:
    """How many rows each table has."""
    with world.work() as work:
        known = MetaData()
        known.reflect(work.session.connection())
        counts = {name: select(func.count()).select_from(table) for name, table in known.tables.items()}
        return {name: work.session.scalar(count) or 0 for name, count in counts.items()}


@pytest.mark.parametrize("case", ["EC-001", "EC-030", "EC-059", "EC-113", "EC-134"])
async def test_it_answers_what_the_engine_answers_and_stores_nothing(
    client: httpx.AsyncClient, world: World, case: str
) -> None:
    before = _rows(world)
    answer = await client.post(ADDRESS, json={"facts": FACTS[case], "on": ON.isoformat()})
    assert answer.status_code == 200
    assert answer.json() == eligibility.assess(FACTS[case], ON).as_dict()
    assert _rows(world) == before


async def test_without_a_day_it_is_today_in_shanghai(client: httpx.AsyncClient, world: World) -> None:
    answer = await client.post(ADDRESS, json={"facts": FACTS["EC-113"], "explain": True})
    assert answer.json()["on"] == world.now().date().isoformat()


async def test_it_explains_when_asked_and_names_the_reading_of_the_rules(client: httpx.AsyncClient) -> None:
    asked = {"facts": FACTS["EC-001"], "on": ON.isoformat(), "explain": True, "model_version": "1.1.0"}
    found = (await client.post(ADDRESS, json=asked)).json()
    assert found["model_version"] == "1.1.0"
    assert found["explanation"]["left_behind"][0]["quotes"][0]["phrases"]
    assert found["left_behind"] == "eligible"


async def test_every_wrong_fact_is_named_in_one_answer(client: httpx.AsyncClient) -> None:
    answer = await client.post(ADDRESS, json={"facts": {"child_age_years": "nine", "father_away": "yes"}})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert set(answer.json()["errors"]) == {"child_age_years", "father_away"}
    assert "孩子的年龄" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "status", "title"),
    [
        (b"{", 400, "no_facts"),
        (b"[]", 400, "no_facts"),
        (b'{"facts": []}', 400, "no_facts"),
        (b'{"facts": {}, "day": "2026-11-23"}', 400, "no_facts"),
        (b'{"facts": {}, "on": "tomorrow"}', 422, "no_day"),
        (b'{"facts": {}, "on": 5}', 422, "no_day"),
        (b'{"facts": {}, "model_version": "0.1"}', 422, "no_version"),
        (b'{"facts": {}, "model_version": []}', 422, "no_version"),
        (b'{"facts": {"child_age_years": NaN}}', 422, "wrong_facts"),
        (b"[" * 60_000, 400, "no_facts"),
        (b" " * 70_000, 413, "too_big"),
    ],
)
async def test_what_cannot_be_read_is_refused_with_a_sentence(
    client: httpx.AsyncClient, body: bytes, status: int, title: str
) -> None:
    answer = await client.post(ADDRESS, content=body)
    assert (answer.status_code, answer.json()["title"]) == (status, title)
    assert answer.json()["detail"]


async def test_no_facts_at_all_is_a_child_of_whom_nothing_is_known(client: httpx.AsyncClient) -> None:
    found: dict[str, Any] = (await client.post(ADDRESS, json={"facts": {}})).json()
    assert found["left_behind"] == "needs_verification"
    assert "child_age_years" in found["unasked"]


async def test_the_openapi_description_shows_what_to_send_and_what_comes_back(client: httpx.AsyncClient) -> None:
    described = (await client.get("/openapi.json")).json()["paths"][ADDRESS]["post"]
    assert "facts" in described["requestBody"]["content"]["application/json"]["schema"]["properties"]
    assert {"200", "400", "413", "422", "429"} <= set(described["responses"])
