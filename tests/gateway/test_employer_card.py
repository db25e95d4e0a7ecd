"""The page for places of work: whoever asks gets it, it tells the duties, the code on it leads to the chat."""

from __future__ import annotations

import httpx
import pytest

from bot.reading.families import checking
from bot.services.contact import employer_card
from bot.services.work import Work
from bot.storage.database import Database
from tests.builders import VILLAGE, World
from tests.gateway.office import Office, site_of


@pytest.fixture
def database(sqlite: Database) -> Database:
    """One database is enough for pages."""
    return sqlite


async def test_the_page_tells_the_duties_with_their_clauses_and_how_to_come_here(world: World) -> None:
    address = "https://hutong.example"
    async with httpx.AsyncClient(transport=site_of(world, address), base_url="http://test") as client:
        page = await client.get(employer_card.DOOR)
    assert page.status_code == 200
    for told in ("每周至少联系一次，孩子和照顾孩子的人都要", "第22条", "第23条", "吉民发〔2024〕2号", address, "110"):
        assert told in page.text
    assert page.text.count("<svg") == 1


async def test_the_staff_page_leads_to_it(world: World) -> None:
    async with httpx.AsyncClient(transport=site_of(world), base_url="http://test") as client:
        director = await Office(client, world).sign_in(world.staff("child_director", VILLAGE))
        assert f'href="{employer_card.DOOR}"' in (await director.get("/staff/contact")).text
        assert "<svg" not in (await client.get(employer_card.DOOR)).text, "no address, no code"


@pytest.mark.parametrize("staff", [True, False])
def test_whoever_asks_in_words_gets_the_address(world: World, staff: bool) -> None:
    talk = world.staff("child_director", VILLAGE) if staff else world.citizen()
    assert world.say(talk, "有没有给厂里的宣传单") == ["contact.employers.not_here"]
    inbox_id = world.hear(talk, {"text": "用人单位告知书"})
    with world.database.begin() as session:
        work = Work(session, world.vault, world.now(), None, "https://hutong.example")
        assert employer_card.asked(work, talk, inbox_id, "用人单位告知书")
    assert "https://hutong.example/employers" in world.said(talk)[-1].text


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("给工厂贴的监护责任宣传页", True),
        ("监护责任卡", True),
        ("老板不给我发工资", False),
        ("我在厂里上班没时间", False),
        ("告知书送到学校了", False),
        ("村里贴了告示", False),
    ],
)
def test_what_asks_for_the_page(text: str, asks: bool) -> None:
    assert checking.asks_for_employer_card(text) is asks
