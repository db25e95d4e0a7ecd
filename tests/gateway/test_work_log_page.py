"""The work log on the staff page: lines put right in fields, confirmed, earlier versions shown; nobody else's."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from bot.services.visits import recording, work_logs
from tests.builders import World
from tests.gateway.office import Office, site_of
from tests.services.registered import COUNTY, NEXT_VILLAGE, VILLAGE, filed, person


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=site_of(world), base_url="http://test") as found:
        yield found


async def test_a_worker_puts_a_line_right_adds_one_and_confirms_and_the_first_version_is_kept(
    client: httpx.AsyncClient, world: World
) -> None:
    director, child = person(world, "child_director", VILLAGE, "王主任"), filed(world)
    with world.work() as work:
        recording.attempted(work, director.member(work), [child], work.today, "nobody_home")
        (line,) = work_logs.of(work, director.member(work), work.today).lines
        day = work.today.isoformat()
    office = await Office(client, world).sign_in(director.talk)
    assert '<a href="/staff/log">工作日志</a>' in (await office.get("/staff/children")).text
    assert "上门未见到人：王小明（家里没人）" in (await office.get("/staff/log")).text
    fields = {"key_1": line.key, "words_1": line.words}
    assert (await office.post(f"/staff/log/{day}", **fields, then="confirm")).status_code == 303
    fields["words_1"] = "去了王小明家，锁着门<b>"
    saved = await office.post(f"/staff/log/{day}", **fields, more="到学校问了老师", then="confirm")
    assert saved.headers["location"] == f"/staff/log/{day}?done=log_confirmed"
    page = (await office.get(f"/staff/log/{day}")).text
    assert "确认过的版本：2个" in page
    assert all(words in page for words in ("去了王小明家，锁着门&lt;b&gt;", "到学校问了老师", "上门未见到人：王小明"))


async def test_other_posts_keep_none_and_others_logs_and_days_to_come_are_not_there(
    client: httpx.AsyncClient, world: World
) -> None:
    director, child = person(world, "child_director", VILLAGE, "王主任"), filed(world)
    with world.work() as work:
        recording.attempted(work, director.member(work), [child], work.today, "nobody_home")
        day = work.today.isoformat()
    other = await Office(client, world).sign_in(world.staff("child_director", NEXT_VILLAGE))
    assert "王小明" not in (await other.get(f"/staff/log/{day}")).text
    assert {(await other.get(f"/staff/log/{one}")).status_code for one in ("2999-01-01", "never")} == {404}
    county = await Office(client, world).sign_in(world.staff("county_caseworker", COUNTY))
    assert (await county.get("/staff/log")).status_code == 404
    assert (await county.post(f"/staff/log/{day}", more="x", then="save")).status_code == 404
