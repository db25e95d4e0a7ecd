"""A reporter who calls: staff enter code and PIN, read out how it stands, add what is told; others learn nothing."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import func, select

from bot.services.casework import asking, reports
from bot.services.reporting import receipts
from bot.storage.database import Database
from bot.storage.tables import JournalEntry, Report
from tests.builders import World
from tests.conftest import Hands
from tests.gateway.office import COUNTY, VILLAGE, Office, report_to, site_of
from tests.services.cases import Person


@pytest.fixture
def database(sqlite: Database) -> Database:
    """A page over services that are tested on both databases."""
    return sqlite


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
    words = re.findall(r"[0-9A-Za-z_-]+", page.text)  # four figures may stand in a random token by chance
    assert not any(secret in words for secret in told.values()), "code and PIN are not written into the page"
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


async def test_a_question_that_waits_is_read_out_and_answered_on_the_telephone(office: Office, world: World) -> None:
    director = Person(world, world.staff("child_director", VILLAGE))
    uid, told = _receipt(world)
    assert director.does(reports.accept, uid).allowed
    assert director.does(asking.ask, uid, "孩子今晚在谁家？").allowed
    await office.sign_in(director.talk)
    page = (await office.post("/staff/caller", **told)).text
    assert "孩子今晚在谁家？" in page
    slip, question = (re.search(rf'name="{name}" value="(.*?)"', page) for name in ("slip", "question"))
    assert slip is not None
    assert question is not None
    fields = {"slip": slip[1], "question": question[1]}
    answered = await office.post("/staff/caller/add", **fields, told="在他奶奶家")
    assert answered.headers["location"] == f"/staff/reports/{uid}?done=saved"
    page = (await office.get(f"/staff/reports/{uid}")).text
    assert "还没有回答" not in page
    assert "在他奶奶家" in page
    assert "staff.answered" in world.pushes(director.talk)
    again = await office.post("/staff/caller/add", **fields, told="不对")
    assert (again.status_code, "已经有回答" in again.text) == (409, True)
    assert "孩子今晚在谁家？" not in (await office.post("/staff/caller", **told)).text
    forged = await office.post("/staff/caller/add", slip=slip[1][:-1], question=question[1], told="不对")
    assert forged.status_code == 409


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
