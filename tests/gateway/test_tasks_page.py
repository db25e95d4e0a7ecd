"""Tasks of the office on the staff page: listed, read, taken, ended; another place's task is not there."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import select

from bot.services.tasks import care_tasks
from bot.storage.tables import CareTask
from tests.builders import World
from tests.gateway.office import ABSENT, VILLAGE, Office, site_of
from tests.services.eligibility.test_care_tasks import handed, task_of
from tests.services.registered import filed


@pytest.fixture
async def director(world: World) -> AsyncIterator[Office]:
    async with httpx.AsyncClient(transport=site_of(world), base_url="http://test") as client:
        yield await Office(client, world).sign_in(world.staff("child_director", VILLAGE))


async def test_a_task_is_listed_read_taken_and_ended_with_a_note(director: Office, world: World) -> None:
    _, uid = handed(world, VILLAGE)
    listed = (await director.get("/staff/tasks")).text
    assert uid in listed
    assert "小明奶奶" not in listed
    assert "小明奶奶" in (await director.get(f"/staff/tasks/{uid}")).text
    assert (await director.post(f"/staff/tasks/{uid}/do/take")).status_code == 303
    assert (await director.post(f"/staff/tasks/{uid}/do/finish", outcome="other")).status_code == 409
    done = await director.post(f"/staff/tasks/{uid}/do/finish", outcome="verified", note="去过家里")
    assert done.status_code == 303
    assert task_of(world).outcome == "verified"
    assert uid not in (await director.get("/staff/tasks")).text
    assert uid in (await director.get("/staff/tasks?ended=true")).text
    assert "去过家里" in (await director.get(f"/staff/tasks/{uid}")).text


async def test_another_places_task_and_an_absent_one_are_the_same_page(director: Office, world: World) -> None:
    _, other = handed(world, "220182101201")
    seen = [await director.get(f"/staff/tasks/{uid}") for uid in (other, ABSENT)]
    done = [await director.post(f"/staff/tasks/{uid}/do/take") for uid in (other, ABSENT)]
    assert [answer.status_code for answer in (*seen, *done)] == [404] * 4


async def test_a_self_check_is_put_into_a_file_only_when_the_family_agreed(director: Office, world: World) -> None:
    child = filed(world)
    with world.work() as work:
        told = {"recap": "爸爸在外两年", "result": "初步符合", "on": work.today.isoformat()}
        held = {**told, "name": "小明奶奶", "contact": "", "facts": {"father_away_months": 24}}
        care_tasks.make(work, "eligibility", VILLAGE, held, None, "eligibility:one")
        uid = work.session.scalars(select(CareTask.uid)).one()
    assert "没同意放进档案" in (await director.get(f"/staff/tasks/{uid}")).text
    refused = await director.post(f"/staff/tasks/{uid}/do/file", child="王小明")
    assert (refused.status_code, "家里没同意放进档案的，不放" in refused.text) == (409, True)
    assert "家人自己问答" not in (await director.get(f"/staff/children/{child}")).text
    done = await director.post(f"/staff/tasks/{uid}/do/file", child="王小明", agreed="in_person")
    assert done.headers["location"] == f"/staff/tasks/{uid}?done=task_file"
    assert f"/staff/children/{child}" in (await director.get(f"/staff/tasks/{uid}")).text
    assert "家人自己问答" in (await director.get(f"/staff/children/{child}")).text
