"""The register on the staff page: lists, one file, acts with their refusals, late by township, the quarterly update."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator

import httpx
import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from bot.services.register import moving, registering
from bot.storage.tables import Child, ChildChange, JournalEntry
from tests.builders import World
from tests.conftest import Hands
from tests.gateway.office import ABSENT, Office, site_of
from tests.services.registered import COUNTY, NEXT_VILLAGE, TOWNSHIP, VILLAGE, child_of, filed, person


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=site_of(world), base_url="http://test") as found:
        yield found


@pytest.fixture
async def director(client: httpx.AsyncClient, world: World) -> Office:
    return await Office(client, world).sign_in(world.staff("child_director", VILLAGE))


async def test_my_children_are_listed_filtered_and_searched(director: Office, world: World) -> None:
    filed(world, "欧阳小明", notes=("no_hukou",), facts={"child_illness": "none"})
    filed(world, "赵强", NEXT_VILLAGE)
    page = (await director.get("/staff/children")).text
    assert "欧阳小明" in page
    assert "无户籍" in page
    assert "赵强" not in page
    assert "欧阳小明" in (await director.get("/staff/children?by=key_focus")).text
    assert "欧阳小明" in (await director.get("/staff/children?q=小明")).text
    assert "0个" in (await director.get("/staff/children?q=赵强")).text


async def test_another_villages_file_and_an_absent_one_are_the_same_page(director: Office, world: World) -> None:
    other = filed(world, "赵强", NEXT_VILLAGE)
    seen = [await director.get(f"/staff/children/{uid}") for uid in (other, ABSENT)]
    done = [
        await director.post(f"/staff/children/{uid}/do/change", what="school", value="x") for uid in (other, ABSENT)
    ]
    assert [answer.status_code for answer in (*seen, *done)] == [404] * 4
    assert len({answer.text for answer in (*seen, *done)}) == 1


async def test_a_file_shows_what_is_known_asks_what_is_not_and_the_look_is_journalled(
    director: Office, world: World
) -> None:
    uid = filed(world, facts={"child_illness": "in_catalogue", "condition_difficulty": "yes"})
    page = (await director.get(f"/staff/children/{uid}")).text
    for told in ("王小明", "王长山", "13800000000", "重病", "监护等级还没定", "初步判断"):
        assert told in page
    assert "只由工作人员认定" not in page
    with world.work() as work:
        assert "child read" in work.session.scalars(select(JournalEntry.act)).all()


async def test_an_act_is_done_or_refused_with_why_and_what_was_written(director: Office, world: World) -> None:
    uid = filed(world)
    here = f"/staff/children/{uid}"
    done = await director.post(f"{here}/do/change", what="level", value="average")
    assert (done.status_code, done.headers["location"]) == (303, f"{here}?done=saved")
    refused = await director.post(f"{here}/do/move", place="月球村")
    assert (refused.status_code, "月球村" in refused.text) == (409, True)
    assert (await director.post(f"{here}/do/fly")).status_code == 404
    with world.work() as work:
        assert child_of(work, uid).level == "average"


async def test_a_form_from_elsewhere_changes_nothing(director: Office, world: World) -> None:
    uid = filed(world)
    answer = await director.client.post(
        f"/staff/children/{uid}/do/change", data={"what": "level", "value": "good"}, headers=director.origin
    )
    assert answer.status_code == 403
    with world.work() as work:
        assert child_of(work, uid).level is None


async def test_a_move_is_asked_here_and_agreed_there(director: Office, world: World) -> None:
    uid = filed(world)
    await director.post(f"/staff/children/{uid}/do/move", place=NEXT_VILLAGE)
    assert "还没有答复" in (await director.get(f"/staff/children/{uid}")).text
    async with httpx.AsyncClient(transport=site_of(world), base_url="http://test") as other:
        there = await Office(other, world).sign_in(world.staff("child_director", NEXT_VILLAGE, "乙"))
        assert "等您这边同意" in (await there.get("/staff/children")).text
        with world.work() as work:
            move = moving.open_of(work, child_of(work, uid))
            assert move is not None
        await there.post(f"/staff/children/{uid}/do/agree", move=move.uid)
        assert (await there.get(f"/staff/children/{uid}")).status_code == 200
    assert (await director.get(f"/staff/children/{uid}")).status_code == 404


async def test_a_supervisor_sets_a_staff_fact_with_a_reason_that_is_shown_with_the_name(
    client: httpx.AsyncClient, world: World
) -> None:
    uid = filed(world)
    office = await Office(client, world).sign_in(world.staff("child_supervisor", TOWNSHIP, "李督导"))
    here = f"/staff/children/{uid}"
    fact = {"fact": "rescued_from_trafficking", "value": "yes"}
    assert (await office.post(f"{here}/do/fact", **fact)).status_code == 409
    assert (await office.post(f"{here}/do/fact", **fact, reason="公安机关通报")).status_code == 303
    page = (await office.get(here)).text
    for told in ("打拐解救：是", "李督导", "公安机关通报", "重点关注（依据不公开）"):
        assert told in page
    assert "child_hiv" not in page


async def test_late_and_workload_are_by_place_and_the_longest_unseen_are_named(
    client: httpx.AsyncClient, world: World, hands: Hands, director: Office
) -> None:
    uid = filed(world)
    with world.work() as work:
        child_of(work, uid).next_due = hands().date()
    hands.forward(days=1)
    assert (await director.get("/staff/late")).status_code in (401, 404)
    async with httpx.AsyncClient(transport=site_of(world), base_url="http://test") as other:
        office = await Office(other, world).sign_in(world.staff("child_supervisor", TOWNSHIP, "李督导"))
        page = (await office.get("/staff/late")).text
    for told in ("走访逾期 1", "1个孩子", "儿童主任：王主任", "建档后没有走访记录"):
        assert told in page


async def test_the_quarters_changes_are_ticked_and_come_as_a_worksheet(client: httpx.AsyncClient, world: World) -> None:
    uid = filed(world, facts={"child_hiv": "yes"})
    office = await Office(client, world).sign_in(world.staff("county_caseworker", COUNTY, "县里"))
    assert "1个没录" in (await office.get("/staff/quarter")).text
    sheet = await office.post("/staff/quarter/sheet", county=COUNTY)
    lines = list(load_workbook(io.BytesIO(sheet.content)).worksheets[0].iter_rows(values_only=True))
    assert (lines[0][1], lines[1][1]) == ("姓名", "王小明")
    assert "SELF.3" not in str(lines)
    assert (await office.post("/staff/quarter/sheet", county="220182")).status_code == 404
    await office.post(f"/staff/quarter/{uid}", county=COUNTY)
    page = (await office.get("/staff/quarter")).text
    assert "0个没录" in page
    assert "县里" in page
    with world.work() as work:
        assert all(work.session.scalars(select(ChildChange.entered_by)))
        assert len(work.session.scalars(select(Child)).all()) == 1


async def test_who_has_no_register_finds_none(client: httpx.AsyncClient, world: World) -> None:
    office = await Office(client, world).sign_in(world.staff("duty_officer", COUNTY))
    for path in ("/staff/children", "/staff/late", "/staff/quarter"):
        assert (await office.get(path)).status_code == 404
    assert "/staff/children" not in (await office.get("/staff")).text


async def test_the_confidential_line_is_on_the_page_of_the_caseworker_the_case_was_given_to_alone(
    client: httpx.AsyncClient, world: World
) -> None:
    uid, hers = filed(world), world.staff("county_caseworker", COUNTY, "张科员")
    manager = await Office(client, world).sign_in(world.staff("county_manager", COUNTY, "赵科长"))
    page = (await manager.get(f"/staff/children/{uid}")).text
    assert "还没有指定个案人员" in page
    assert "保密登记" not in page
    (account,) = re.findall(r'name="account" value="([^"]+)"', page)
    await manager.post(f"/staff/children/{uid}/do/give", account=account)
    assert "现在由张科员办" in (await manager.get(f"/staff/children/{uid}")).text
    caseworker = await Office(client, world).sign_in(hers)
    done = await caseworker.post(f"/staff/children/{uid}/do/confidential", value="yes", reason="疾控来函")
    assert done.status_code == 303
    page = (await caseworker.get(f"/staff/children/{uid}")).text
    assert "保密登记" in page
    assert "疾控来函" in page
    director = await Office(client, world).sign_in(world.staff("child_director", VILLAGE))
    page = (await director.get(f"/staff/children/{uid}")).text
    assert "重点关注（依据不公开）" in page
    assert not {one for one in ("保密", "艾滋", "疾控", "hiv", "SELF.3") if one in page}


async def test_who_was_confirmed_by_nobody_and_what_contradicts_itself_is_asked_about_each_quarter(
    client: httpx.AsyncClient, world: World, hands: Hands
) -> None:
    filed(world, "赵强")
    filed(world, "李雪", facts={"father_life_status": "dead", "father_away_status": "away_for_work"})
    twins = [filed(world, "孙浩") for _ in range(2)]
    hands.forward(days=120)
    with world.work() as work:
        child_of(work, twins[0]).last_visit = work.today
    office = await Office(client, world).sign_in(world.staff("county_caseworker", COUNTY))
    page = (await office.get("/staff/quarter/unclear")).text
    assert "3个孩子本季度没人核实" in page
    assert page.count("对不上") == 1
    assert page.count("同名、同一天出生") == 2
    assert "互相矛盾的：3份档案" in page
    director = await Office(client, world).sign_in(world.staff("child_director", VILLAGE))
    assert (await director.get("/staff/quarter/unclear")).status_code == 404


async def test_a_supervisor_confirms_a_level_on_the_page_or_changes_it_with_a_reason(
    client: httpx.AsyncClient, world: World
) -> None:
    child, director = filed(world), person(world, "child_director", VILLAGE, "王主任")
    office = await Office(client, world).sign_in(world.staff("child_supervisor", TOWNSHIP))
    assert "等您确认的监护等级" not in (await office.get("/staff/children")).text
    for level in ("good", "average"):
        assert director.does(registering.change, child, "level", level).allowed
    page = (await office.get("/staff/children")).text
    assert all(words in page for words in ("等您确认的监护等级：1个", "王主任评为<b>一般</b>", "同意监护状况一般"))
    wrong = await office.post(f"/staff/children/{child}/do/level_other", value="good", reason=" ")
    assert (wrong.status_code, "要写明理由" in wrong.text) == (409, True)
    assert (await office.post(f"/staff/children/{child}/do/level_other", value="good", reason="奶奶好了")).is_redirect
    assert director.does(registering.change, child, "level", "average").allowed
    assert "等督导员确认" in (await office.get(f"/staff/children/{child}")).text
    assert (await office.post(f"/staff/children/{child}/do/level_yes")).is_redirect
    assert "等您确认的监护等级" not in (await office.get("/staff/children")).text
    with world.work() as work:
        row = work.session.get_one(Child, child)
        assert (row.level, row.level_waits_since) == ("average", None)
