"""A reporter who calls: staff enter code and PIN, read out how it stands, add what is told; others learn nothing."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import func, select

from bot.services.reporting import receipts
from bot.storage.tables import JournalEntry, Report
from tests.builders import World
from tests.conftest import Hands
from tests.gateway.office import COUNTY, VILLAGE, Office, report_to, site_of


@pytest.fixture
async def office(world: World) -> AsyncIterator[Office]:
    async with httpx.AsyncClient(transport=site_of(world), base_url="http://test") as client:
        yield Office(client, world)


def _receipt(world: World) -> tuple[str, dict[str, str]]:
    uid = report_to(world)
    with world.work() as work:
        made = receipts.issue(work, work.session.get_one(Report, uid))
    return uid, {"code": made.code, "pin": made.pin}


async def test_who_calls_hears_how_it_stands_and_what_they_add_is_in_the_report(
    office: Office, world: World, hands: Hands
) -> None:
    director = world.staff("child_director", VILLAGE)
    uid, told = _receipt(world)
    await office.sign_in(director)
    assert 'name="pin"' in (await office.get("/staff/caller")).text
    page = await office.post("/staff/caller", **told)
    assert page.status_code == 200
    standing = re.search(r'id="standing">(.*?)</section>', page.text, re.DOTALL)
    assert standing is not None
    assert "更新时间" in standing[1]
    assert "天天挨打" not in standing[1], "what was reported is not read out"
    assert not any(secret in page.text for secret in told.values()), "code and PIN are not written into the page"
    slip = re.search(r'name="slip" value="(.*?)"', page.text)
    assert slip is not None
    added = await office.post("/staff/caller/add", slip=slip[1], told="昨天晚上孩子又被打了，胳膊肿了")
    assert (added.status_code, added.headers["location"]) == (303, f"/staff/reports/{uid}?done=saved")
    assert "胳膊肿了" in (await office.get(f"/staff/reports/{uid}")).text
    with world.work() as work:
        done = select(func.count()).where(JournalEntry.act == "code read for a caller")
        assert work.session.scalar(done) == 1
    hands.forward(hours=2)
    await office.sign_in(director)
    late = await office.post("/staff/caller/add", slip=slip[1], told="还有一句")
    assert (late.status_code, "再核对一次" in late.text) == (409, True)


async def test_a_wrong_code_and_a_report_that_may_not_be_seen_look_alike_and_guessing_is_limited(
    office: Office, world: World
) -> None:
    world.staff("child_director", VILLAGE)
    _, told = _receipt(world)
    elsewhere = world.staff("county_caseworker", "220182" if COUNTY != "220182" else "220183")
    await office.sign_in(elsewhere)
    hidden = await office.post("/staff/caller", **told)
    wrong = await office.post("/staff/caller", **{**told, "pin": "0000" if told["pin"] != "0000" else "1111"})
    assert (hidden.status_code, wrong.status_code) == (409, 409)
    assert told["pin"] not in hidden.text
    assert "对不上" in hidden.text
    assert "对不上" in wrong.text
    for _ in range(12):
        last = await office.post("/staff/caller", code=told["code"], pin="9999" if told["pin"] != "9999" else "8888")
    assert "一小时以后再试" in last.text
