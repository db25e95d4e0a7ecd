"""Emergency looks at a child's file: what roles.yml marks so, for four hours, reviewed by somebody else."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import select

from bot.services import journal
from bot.services.casework import glass
from bot.services.register.children import BASIC, SENSITIVE
from bot.services.staff import accounts
from bot.storage.tables import Child, JournalEntry
from tests.builders import World
from tests.conftest import Hands
from tests.gateway.office import COUNTY, VILLAGE, Office, site_of
from tests.services.registered import filed

WHY = "孩子走失，要马上问到家里人"


@pytest.fixture
async def office(world: World) -> AsyncIterator[Office]:
    async with httpx.AsyncClient(transport=site_of(world), base_url="http://hutong.test") as client:
        yield Office(client, world)


def _number(world: World, child: str) -> str:
    with world.work() as work:
        return work.session.get_one(Child, child).number


async def test_a_duty_officer_opens_a_file_for_four_hours_and_somebody_else_reviews_it(
    office: Office, world: World, hands: Hands
) -> None:
    child = filed(world)
    number = _number(world, child)
    officer = world.staff("privacy_officer", COUNTY, "孙")
    duty = world.staff("duty_officer", COUNTY, "值班")
    await office.sign_in(duty)
    assert (await office.get(f"/staff/looks/file/{child}")).status_code == 404
    short = await office.post("/staff/looks/file", number=number, resource=BASIC, purpose="看看")
    assert (short.status_code, "至少6个字" in short.text) == (409, True)
    opened = await office.post("/staff/looks/file", number=number.lower(), resource=BASIC, purpose=WHY)
    assert opened.headers["location"] == f"/staff/looks/file/{child}"
    page = (await office.get(f"/staff/looks/file/{child}")).text
    assert "王小明" in page
    assert "13800000000" in page
    assert "敏感信息" not in page
    with world.work() as work:
        acts = work.session.scalars(select(JournalEntry.act).where(JournalEntry.subject == child)).all()
        assert acts[-2:] == ["glass broken", "child read"]
    assert "staff.glass_file" in world.pushes(officer)
    hands.forward(hours=4, minutes=1)
    await office.sign_in(duty)
    assert (await office.get(f"/staff/looks/file/{child}")).status_code == 404

    await office.sign_in(officer)
    looks = (await office.get("/staff/looks")).text
    assert WHY in looks
    look = re.search(r"/staff/looks/(\w{26})\"", looks)
    assert look is not None
    assert (await office.post(f"/staff/looks/{look[1]}", verdict="justified")).status_code == 303
    with world.work() as work:
        assert journal.verify(work).first_wrong is None


@pytest.mark.parametrize(
    ("role", "area", "opens"),
    [
        ("duty_officer", COUNTY, {BASIC, SENSITIVE}),
        ("prefecture_duty", COUNTY[:4], {BASIC}),
        ("province_duty", "22", {BASIC}),
        ("county_manager", COUNTY, {SENSITIVE}),
        ("partner_county", "220182", {SENSITIVE}),
        ("partner_county", COUNTY, set()),
        ("privacy_officer", COUNTY, {BASIC, SENSITIVE}),
        ("duty_officer", "220182", set()),
        ("county_caseworker", COUNTY, set()),
        ("child_director", VILLAGE, set()),
        ("social_worker", COUNTY, set()),
    ],
)
def test_which_posts_open_what_of_a_file(role: str, area: str, opens: set[str], world: World) -> None:
    child = filed(world, hukou_area="220182101201")
    number, talk = _number(world, child), world.staff(role, area)
    with world.work() as work:
        member = accounts.member(work, talk)
        assert member is not None
        done = {of: glass.break_file(work, member, number, of, WHY) for of in (BASIC, SENSITIVE, "child_hiv")}
        assert {of for of, outcome in done.items() if outcome.allowed} == opens
        assert {outcome.refusal for outcome in done.values() if not outcome.allowed} <= {"absent"}
        opened = glass.file_open(work, member, child)
        assert (opened[1] if opened else set()) == opens
