"""Open needs on the staff page: a supervisor sees them with who looks after each, and closes one with words."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from bot.care import visit_record
from bot.services.visits import need_keeping, needs, recording
from bot.storage.tables import VisitNeed
from tests.builders import World
from tests.gateway.office import ABSENT, Office, site_of
from tests.services.registered import COUNTY, NEXT_VILLAGE, TOWNSHIP, VILLAGE, filed, person


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=site_of(world), base_url="http://test") as found:
        yield found


def _heard(world: World, what: str = "想申请临时救助") -> tuple[str, str]:
    director, child = person(world, "child_director", VILLAGE, "王主任"), filed(world)
    with world.work() as work:
        record = {**visit_record.empty(), "sections": dict.fromkeys(visit_record.SECTIONS, "normal"), "needs": [what]}
        record.update(voice="seen", emergency="none")
        assert recording.record(work, director.member(work), director.talk, [child], work.today, record).visits
        return child, work.session.scalars(select(VisitNeed.uid)).one()


async def test_a_supervisor_sees_what_is_open_and_closes_it_with_words(client: httpx.AsyncClient, world: World) -> None:
    child, need = _heard(world)
    office = await Office(client, world).sign_in(world.staff("child_supervisor", TOWNSHIP))
    assert "没办完的诉求 <b>1</b>" in (await office.get("/staff/children")).text
    page = (await office.get("/staff/needs")).text
    assert all(words in page for words in ("王小明", "想申请临时救助", "王主任跟进"))
    assert "想申请临时救助" in (await office.get(f"/staff/children/{child}")).text
    wrong = await office.post(f"/staff/needs/{need}", outcome="fly", words="乡里批了")
    assert (wrong.status_code, "乡里批了" in wrong.text) == (409, True)
    assert (await office.post(f"/staff/needs/{need}", outcome="met", words="乡里批了")).status_code == 303
    with world.work() as work:
        row = work.session.get_one(VisitNeed, need)
        assert (row.state, work.open(needs.HOW, need, row.how_sealed or b"")) == ("met", "乡里批了")
    assert "现在没有没办完的诉求" in (await office.get("/staff/needs")).text


async def test_a_supervisor_says_who_sees_to_one_and_until_when(client: httpx.AsyncClient, world: World) -> None:
    _, need = _heard(world)
    office = await Office(client, world).sign_in(world.staff("child_supervisor", TOWNSHIP))
    with world.work() as work:
        today, owner = work.today, work.session.get_one(VisitNeed, need).owner
    page = (await office.get("/staff/needs")).text
    mine = next(uid for uid in re.findall(r'<option value="([a-z0-9]+)"', page) if uid != owner)
    past, later = (today + timedelta(days=days) for days in (-1, 40))
    for wrong in (
        {"doer": "镇民政办", "due": past.isoformat()},
        {},
        {"due": (today + timedelta(days=400)).isoformat()},
    ):
        refused = await office.post(f"/staff/needs/{need}/give", **wrong)
        assert (refused.status_code, wrong.get("doer", "") in refused.text) == (409, True)
    given = {"who": mine, "doer": "镇民政办", "due": later.isoformat()}
    assert (await office.post(f"/staff/needs/{need}/give", **given)).status_code == 303
    with world.work() as work:
        row = work.session.get_one(VisitNeed, need)
        assert (row.owner, row.due, need_keeping.doer(work, row)) == (mine, later, "镇民政办")
    assert "镇民政办去办" in (await office.get("/staff/needs")).text
    other = await Office(client, world).sign_in(world.staff("child_director", NEXT_VILLAGE))
    answers = [await other.post(f"/staff/needs/{uid}/give", doer="我") for uid in (need, ABSENT)]
    assert {answer.status_code for answer in answers} == {404}


async def test_who_only_reads_closes_nothing_and_others_see_nothing(client: httpx.AsyncClient, world: World) -> None:
    _, need = _heard(world)
    county = await Office(client, world).sign_in(world.staff("county_caseworker", COUNTY))
    page = (await county.get("/staff/needs")).text
    assert ("想申请临时救助" in page, "记结果" in page) == (True, False)
    assert (await county.post(f"/staff/needs/{need}", outcome="met")).status_code == 404
    other = await Office(client, world).sign_in(world.staff("child_director", NEXT_VILLAGE))
    assert "想申请临时救助" not in (await other.get("/staff/needs")).text
    answers = [await other.post(f"/staff/needs/{uid}", outcome="met") for uid in (need, ABSENT)]
    assert {answer.status_code for answer in answers} == {404}
