"""The yearly check on the staff page from the draw to the last correction; visits month by month, made and late."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta

import httpx
import pytest
from sqlalchemy import select

from bot import jobs
from bot.services.visits import trends
from bot.storage.tables import SpotCheckFile
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.gateway.office import Office, site_of
from tests.services import on_file
from tests.services.cases import staff_of
from tests.services.registered import COUNTY, VILLAGE, filed
from tests.services.visited import visited


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=site_of(world), base_url="http://test") as found:
        yield found


async def test_the_check_goes_from_the_draw_over_a_correction_to_done(client: httpx.AsyncClient, world: World) -> None:
    for number in range(3):
        filed(world, f"王小{number}")
    county = await Office(client, world).sign_in(world.staff("county_caseworker", COUNTY))
    assert "今年还没有抽" in (await county.get("/staff/check")).text
    assert (await county.post("/staff/check/draw", county=COUNTY)).status_code == 303
    page = (await county.get("/staff/check")).text
    assert "3份里抽了3份：3份没看" in page
    with world.work() as work:
        first, second, _ = work.session.scalars(select(SpotCheckFile.uid)).all()
    refused = await county.post(f"/staff/check/{first}", state="correct", words="补出生日期", due="2020-01-01")
    assert (refused.status_code, "补出生日期" in refused.text) == (409, True)
    due = (world.now().date() + timedelta(days=14)).isoformat()
    assert (await county.post(f"/staff/check/{first}", state="correct", words="补出生日期", due=due)).status_code == 303
    assert (await county.post(f"/staff/check/{second}", state="fine")).status_code == 303
    page = (await county.get("/staff/check")).text
    assert "1份没看，1份要改，1份看过" in page
    assert f"{due}前改好" in page
    assert (await county.post(f"/staff/check/{first}", state="fine")).status_code == 303
    assert "0份要改，2份看过" in (await county.get("/staff/check")).text
    sheet = await county.post("/staff/check/sheet", county=COUNTY)
    assert sheet.content[:2] == b"PK"


async def test_nobody_else_draws_looks_or_settles(client: httpx.AsyncClient, world: World) -> None:
    filed(world)
    director = await Office(client, world).sign_in(world.staff("child_director", VILLAGE))
    answers = [
        await director.get("/staff/check"),
        await director.get("/staff/trends"),
        await director.post("/staff/check/draw", county=COUNTY),
        await director.post("/staff/check/sheet", county=COUNTY),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    elsewhere = await Office(client, world).sign_in(world.staff("county_caseworker", "220182", "乙"))
    assert (await elsewhere.post("/staff/check/draw", county=COUNTY)).status_code == 404


async def test_the_picture_shows_what_was_made_and_what_was_late_at_the_end_of_each_month(
    client: httpx.AsyncClient, world: World, hands: Hands
) -> None:
    hands.moment = datetime(2026, 9, 1, 9, tzinfo=SHANGHAI)
    people = staff_of(world)
    with world.work() as work:
        uids = [on_file.child(work, filed=date(2026, 9, 1), level="average") for _ in range(3)]
    jobs.run(world.database, world.vault, "visit_plans", world.now())
    hands.moment = datetime(2026, 9, 8, 9, tzinfo=SHANGHAI)
    visited(world, people.director, uids[:2])
    hands.moment = datetime(2026, 11, 5, 9, tzinfo=SHANGHAI)
    visited(world, people.director, uids[:1])
    with world.work() as work:
        found = trends.months(work, people.supervisor.member(work))
    assert [(month.first.month, month.made, month.late) for month in found][-3:] == [(9, 2, 1), (10, 0, 3), (11, 1, 2)]
    office = await Office(client, world).sign_in(people.supervisor.talk)
    page = (await office.get("/staff/trends")).text
    assert page.count('<rect class="made"') == 12
    assert "<td>2026年9月</td><td>2</td><td>1</td>" in page
    assert 'href="/staff/trends"' in (await office.get("/staff/late")).text
