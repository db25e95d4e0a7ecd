"""Whoever is named in a report lives in a world without it, in whatever post: byte for byte (guarantee 27)."""

from __future__ import annotations

import re

import httpx
import pytest

from bot import jobs
from bot.care import roles
from bot.services.casework import acts, asking, child_links, glass, reports, transferring
from bot.services.casework.transferring import To
from bot.services.entrusted import arrangements
from bot.storage.database import Database
from bot.storage.tables import Report
from tests.builders import World
from tests.conftest import Hands
from tests.gateway.office import ABSENT, VILLAGE, Office, report_to, site_of
from tests.services.cases import Person, person
from tests.services.registered import filed

POSTS = sorted(role for role in roles.ids() if roles.area_lengths(role))
WORKERS = ("child_supervisor", "county_caseworker", "duty_officer", "child_director")
# Several at once, each in a world without it; somebody is always left to work on it.
GROUPS = [tuple(POSTS[first::3]) for first in range(3)]
_KEY = re.compile(rb'name="form_key" value="[^"]*"')
PAGES = (
    "/staff",
    *(
        f"/staff?group={group}&whose={whose}"
        for group in ("open", "waiting", "handling", "over")
        for whose in ("mine", "area")
    ),
    *("/staff/children", "/staff/children?q=小明", "/staff/late", "/staff/quarter", "/staff/check", "/staff/trends"),
    *("/staff/entrusted", "/staff/entrusted?group=over", "/staff/contact", "/staff/contact?show=all"),
    *("/staff/tasks", "/staff/looks", "/staff/duty", "/staff/caller"),
)
TAPS = ("accept", "view", "page", "case:ask")


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Pages; both databases are read by the services' own tests."""
    return sqlite


def _area(role: str) -> str:
    return VILLAGE[: roles.area_digits(role)]


def _lives(world: World, workers: list[Person], report: str) -> None:
    """Everything that moves lists, counts and alerts, done by whoever may."""
    for worker in workers:
        worker.does(reports.accept, report)
        worker.does(child_links.link, report, "王小明")
        worker.does(asking.ask, report, "孩子现在在哪？")
        worker.does(acts.add_note, report, "去过")
        worker.does(glass.break_it, report, glass.IDENTITY, "孩子失联，要马上问到人")
        worker.does(transferring.offer, report, To(role="county_manager"), "要县里协调")
        worker.does(acts.raise_emergency, report, "S0", "又有危险")


def _ticks(world: World) -> None:
    for job in jobs.JOBS:
        jobs.run(world.database, world.vault, job.name, world.now())


@pytest.mark.parametrize("named", GROUPS, ids="+".join)
async def test_pages_lists_counts_and_messages_of_whoever_is_named_are_those_of_a_world_without_the_report(
    named: tuple[str, ...], world: World, hands: Hands
) -> None:
    workers = [person(world, role, _area(role), role) for role in WORKERS if role not in named]
    talks = {role: world.staff(role, _area(role), "被提到的") for role in named}
    child, father = filed(world), world.citizen()
    with world.work() as work:
        care = arrangements.begin(work, father, VILLAGE, {"carer": "李桂兰", "parent": "王强"}, child=child).uid
    pages = (*PAGES, f"/staff/children/{child}", f"/staff/entrusted/{care}", f"/staff/contact/{child}")
    site = site_of(world)
    _ticks(world)

    async def world_of(talk: str, report: str) -> list[object]:
        async with httpx.AsyncClient(transport=site, base_url="http://test") as browser:
            office = await Office(browser, world).sign_in(talk)
            seen = [await office.get(page) for page in (*pages, f"/staff/reports/{report}")]
        plain = [(one.status_code, _KEY.sub(b"", one.content)) for one in seen]
        return [plain, [world.tap(talk, f"{tap}:{report}") for tap in TAPS], world.pushes(talk), world.flow(talk)]

    everybody = {**talks, "control": workers[0].talk}
    without = {role: await world_of(talk, ABSENT) for role, talk in everybody.items()}
    report = report_to(world, list(named))
    _lives(world, workers, report)
    _ticks(world)
    now = {role: await world_of(talk, report) for role, talk in everybody.items()}
    assert [role for role in everybody if now[role] != without[role]] == ["control"]
    hands.forward(days=1)
    _ticks(world)
    with world.work() as work:
        number = work.session.get_one(Report, report).number
    assert [role for role, talk in talks.items() if any(number in said.text for said in world.said(talk))] == []
