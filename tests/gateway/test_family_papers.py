"""The papers of 委托照护 in the hands of the family: each gets his own, by a link for him alone, for an hour."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import NamedTuple

import httpx
import pytest
from sqlalchemy import select

from bot.gateway.web import family_papers
from bot.reading.entrusted import entrusting
from bot.services.entrusted import arrangements, paper_links
from bot.services.work import Work
from bot.storage.database import Database
from bot.storage.tables import CareArrangement, ContactPlan, JournalEntry
from tests.builders import VILLAGE, World
from tests.conftest import Hands
from tests.gateway.office import site_of
from tests.services import family as homes

FATHERS, AWAY = "13900000002", "去青岛，到过年"
INSIDE = ("想跟奶奶", "道德品质", "赌博")


class Home(NamedTuple):
    """An arrangement with everybody who has a part in it."""

    uid: str
    father: str
    mother: str
    carer: str


@pytest.fixture
def database(sqlite: Database) -> Database:
    """One database is enough for pages: what they call is tested on both."""
    return sqlite


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=site_of(world, "http://test"), base_url="http://test") as found:
        yield found


@pytest.fixture
def home(world: World) -> Home:
    """A father handed it over; the mother joined as well; the carer came in. It is signed."""
    family = homes.make(world, "father", "mother")
    father, mother = homes.join(world, family, "father"), homes.join(world, family, "mother")
    told: dict[str, object] = {"carer": "李桂兰", "carer_relation": "奶奶", "carer_phone": "13900000001"}
    told |= {"away": AWAY, "phones": FATHERS, "facts": {"candidate_named": "yes", "enrolled": "yes"}}
    told |= {"hearing": {"child_words": "想跟奶奶"}, "factors": {"morals": "好"}}
    carer = world.citizen()
    with world.work() as work:
        row = arrangements.begin(work, father, VILLAGE, told, child=family.child)
        row.state, row.carer_conversation = "agreement_signed", carer
        return Home(row.uid, father, mother, carer)


def _state(world: World, home: Home, state: str) -> None:
    with world.work() as work:
        work.session.get_one(CareArrangement, home.uid).state = state


def _links(world: World, talk: str, text: str = "我们的协议在哪") -> dict[str, str]:
    """What somebody gets who asks: addresses by the last word of the paper's name."""
    inbox_id = world.hear(talk, {"text": text})
    with world.database.begin() as session:
        work = Work(session, world.vault, world.now(), None, "http://test")
        assert paper_links.asked(work, talk, inbox_id, text)
    said = world.said(talk)[-1].text.splitlines()
    return {said[at - 1]: line for at, line in enumerate(said) if line.startswith("http://test/paper/")}


AGREEMENT, SCHOOL, COMMITTEE = "委托照护协议", "给学校（幼儿园）的书面告知", "给村（居）委会的书面告知"


async def test_a_parent_opens_agreement_and_notices_by_a_button_and_a_preview_reads_nothing(
    client: httpx.AsyncClient, world: World, home: Home
) -> None:
    links = _links(world, home.father)
    assert set(links) == {AGREEMENT, SCHOOL, COMMITTEE}
    for link in links.values():
        door = await client.get(link)
        assert (door.status_code, "李桂兰" in door.text) == (200, False)
        paper = (await client.post(link)).text
        for told in ("测试娃", "李桂兰", FATHERS, AWAY):
            assert told in paper
        assert not any(secret in paper for secret in INSIDE)
        file = await client.post(f"{link}?file=true")
        assert (file.headers["content-type"], file.content[:5]) == (family_papers.PDF, b"%PDF-")
    with world.work() as work:
        taken = work.session.scalars(select(JournalEntry).where(JournalEntry.act == "arrangement paper")).all()
    assert len(taken) == 2 * len(links)


async def test_the_carer_has_the_agreement_alone_and_the_mother_learns_neither_where_he_is_nor_his_number(
    client: httpx.AsyncClient, world: World, home: Home
) -> None:
    carers = _links(world, home.carer, "协议给我看看")
    assert set(carers) == {AGREEMENT}
    assert FATHERS in (await client.post(carers[AGREEMENT])).text
    for link in _links(world, home.mother, "告知书再给我一份").values():
        paper = (await client.post(link)).text
        assert "李桂兰" in paper
        assert (FATHERS in paper, AWAY in paper) == (False, False)


async def test_a_link_is_over_after_an_hour_and_with_the_right_to_it(
    client: httpx.AsyncClient, world: World, hands: Hands, home: Home
) -> None:
    link = _links(world, home.father)[AGREEMENT]
    with world.work() as work:
        plan = work.session.scalars(select(ContactPlan).where(ContactPlan.child.is_not(None))).all()
        for one in plan:
            one.allowed = False
    assert (await client.get(link)).status_code == family_papers.LATE
    with world.work() as work:
        for one in work.session.scalars(select(ContactPlan)):
            one.allowed = True
    hands.forward(minutes=60)
    assert (await client.post(link)).status_code == 200
    hands.forward(minutes=1)
    late = await client.post(link)
    assert (late.status_code, "李桂兰" in late.text) == (family_papers.LATE, False)


@pytest.mark.parametrize("state", ["refusal_reported", "temporary_care", "admonition_requested"])
def test_a_family_never_gets_the_papers_about_a_refusal(world: World, home: Home, state: str) -> None:
    _state(world, home, state)
    assert set(_links(world, home.father)) == {AGREEMENT, SCHOOL, COMMITTEE}


def test_before_the_child_was_heard_there_is_nothing_to_sign(world: World, home: Home) -> None:
    _state(world, home, "assessed")
    assert _links(world, home.father) == {}
    assert "听过孩子的意见以后" in world.said(home.father)[-1].text


async def test_a_forged_or_a_foreign_link_opens_nothing(client: httpx.AsyncClient, world: World, home: Home) -> None:
    link = _links(world, home.father)[AGREEMENT]
    for wrong in (link[:-6] + "AAAAAA", "http://test/paper/x", f"http://test/paper/{'a' * 3000}"):
        assert (await client.get(wrong)).status_code == family_papers.LATE
        assert (await client.post(wrong)).status_code == family_papers.LATE
    with world.database.begin() as session:
        work = Work(session, world.vault, world.now(), None, "http://test")
        row = work.session.get_one(CareArrangement, home.uid)
        for talk, kind in ((home.carer, "notice_school"), ("a" * 26, "agreement"), (home.father, "refusal")):
            token = re.sub("^.*/", "", paper_links.link(work, row, kind, talk))
            assert paper_links.opened(work, token) is None


def test_a_stranger_who_asks_is_answered_as_before_and_a_parent_hears_it_in_the_chat(world: World, home: Home) -> None:
    assert not any(key.startswith("entrusted.papers") for key in world.say(world.citizen(), "我们的协议在哪"))
    assert world.say(home.father, "我们的协议在哪") == ["entrusted.papers.not_here"]
    assert world.tap(home.father, f"paper:{home.uid}") == ["entrusted.papers.not_here"]
    assert world.tap(world.citizen(), f"paper:{home.uid}") == ["chat.expired_button"]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("我们的协议在哪", True),
        ("委托书在哪儿", True),
        ("告知书再给我一份", True),
        ("协议找不到了", True),
        ("把委托照护协议发给我", True),
        ("协议", True),
        ("协议怎么写", False),
        ("委托书有法律效力吗", False),
        ("离婚协议在哪打印", False),
        ("奶奶带不动了", False),
        ("孩子在哪", False),
    ],
)
def test_what_asks_for_papers(text: str, asks: bool) -> None:
    assert entrusting.asks_for_papers(text) is asks
