"""Weeks of contact in two villages: in one the mother names people of the staff in a report, in the other she does not.
Whoever is named sees the same as whoever holds that post in the other village, byte for byte (guarantee 27)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

import httpx
import pytest

from bot import jobs
from bot.services.casework import reports
from bot.services.contact import desk, sheet
from bot.services.contact import plans as contact_plans
from bot.services.contact import rungs as contact_rungs
from bot.services.contact import staff as contact_staff
from bot.services.entrusted import arrangements
from bot.services.entrusted.arrangements import By
from bot.storage.tables import Child, ContactPlan
from tests.builders import World
from tests.conftest import Hands
from tests.gateway.office import Office, site_of
from tests.services import family as homes
from tests.services.cases import person

DIRECTOR, SUPERVISOR, COUNTY = "child_director", "child_supervisor", "county_caseworker"
DIGITS = {DIRECTOR: 12, SUPERVISOR: 9, COUNTY: 6}
HERE, THERE = "220184104201", "220182101201"
CALLED = {"公主岭市": "榆树市", "响水镇": "弓棚镇", "姜家店村": "长山村"}
CALLED |= {HERE[:digits]: THERE[:digits] for digits in (12, 9, 6)}
PAGES = ("/staff", "/staff/contact", "/staff/contact?show=all", "/staff/tasks", "/staff/late", "/staff/entrusted")
LOOKED_AT = (8, 16, 25, 34)
KEY, UID = re.compile(r'name="form_key" value="[^"]*"'), re.compile(r"[a-z2-7]{26}")


class Village:
    """A family all of whom joined, and who answers for it."""

    def __init__(self, world: World, area: str) -> None:
        self.world, self.area, self.site = world, area, site_of(world)
        self.care = "/staff/entrusted"
        self.staff = {role: person(world, role, area[:many], f"王{role}") for role, many in DIGITS.items()}
        self.home = homes.make(world, "mother", "father", "carer", area=area)
        for kind in self.home.people:
            homes.join(world, self.home, kind)

    def decides(self, role: str, kind: str, ground: str) -> None:
        """Whoever holds a post decides whether somebody of the family may be asked."""
        with self.world.work() as work:
            plan = work.session.get_one(ContactPlan, homes.plan(self.world, self.home, kind).uid)
            assert contact_staff.decide(work, self.staff[role].member(work), plan, ground, "问过家里").allowed

    def tells_the_parents(self) -> None:
        """The director writes to the father of something that is wrong, and calls."""
        with self.world.work() as work:
            plan = work.session.get_one(ContactPlan, homes.plan(self.world, self.home, "father").uid)
            member = self.staff[DIRECTOR].member(work)
            assert contact_staff.notify_abnormal(work, member, plan, "三天没上学").allowed
            assert contact_staff.called(work, member, plan, reached=False).allowed

    def works_on_what_is_open(self) -> int:
        """The director takes down every rung that the desk shows; how many."""
        with self.world.work() as work:
            member = self.staff[DIRECTOR].member(work)
            lines = desk.open_rungs(work, member)
            for line in lines:
                done = contact_staff.take_down(work, member, line.rung, "asked_home")
                assert done.allowed or done.refusal == "decide_instead"
            return len(lines)

    def entrusts_the_child(self) -> None:
        """The director writes down for the parents who is to look after the child."""
        with self.world.work() as work:
            member = self.staff[DIRECTOR].member(work)
            parties, by = {"carer": "李桂兰", "parent": "王强"}, By(DIRECTOR, member.account, member.name)
            made = arrangements.begin(work, None, self.area, parties, child=self.home.child, by=by)
            self.care = f"/staff/entrusted/{made.uid}"

    def said_to_the_father(self) -> int:
        """How much was pushed to the father."""
        return len(self.world.pushes(self.home.talks["father"]))

    async def seen_by(self, role: str) -> list[str]:
        """Everything that is shown and was said to whoever holds a post, without what only names this village."""
        talk = self.staff[role].talk
        async with httpx.AsyncClient(transport=self.site, base_url="http://test") as browser:
            office = await Office(browser, self.world).sign_in(talk)
            pages = [f"/staff/contact/{self.home.child}", f"/staff/children/{self.home.child}", self.care, *PAGES]
            answers = [await office.get(page) for page in pages]
        texts = [f"{one.status_code} {page} {one.text}" for page, one in zip(pages, answers, strict=True)]
        texts += [repr(self.world.pushes(talk)), repr([said.text for said in self.world.said(talk)])]
        return [_unnamed(UID.sub("#", KEY.sub("", text)).replace(self.home.child[-8:], "#")) for text in texts]


def _unnamed(text: str) -> str:
    for here, there in CALLED.items():
        text = text.replace(here, "=").replace(there, "=")
    return text


def _ids() -> Iterator[str]:
    """Ids in the order in which they are made: lists sorted by them are alike in both villages."""
    for number in count():
        yield "".join(chr(ord("a") + number // 26**place % 26) for place in reversed(range(26)))


@pytest.fixture
def in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = _ids()
    for module in (homes, contact_plans, contact_rungs):
        monkeypatch.setattr(module, "opaque_id", lambda: next(ids))


def _a_day(world: World, hands: Hands, villages: list[Village]) -> None:
    """A day of contact; everybody's page takes what is said."""
    hands.forward(days=1)
    homes.tick(world)
    for village in villages:
        for talk in village.home.talks.values():
            world.deliver(talk)


def _names(world: World, village: Village, named: tuple[str, ...]) -> None:
    told = {"facts": {"signs": ["beaten"], "conflicted": list(named)}, "words": [], "area": village.area, "given": {}}
    with world.work() as work:
        reports.open_report(work, village.home.talks["mother"], told)


def _what_happens(day: int, here: Village, there: Village, decides: str | None) -> None:
    """The director does the same in both villages; who may know of the report decides about the father in one."""
    if day == 8 and decides is not None:
        here.decides(decides, "father", "suspected_harm")
    if day == 10:
        for village in (here, there):
            village.entrusts_the_child()
    if day == 15:
        for village in (here, there):
            village.tells_the_parents()
    if day == 25:
        assert here.works_on_what_is_open() == there.works_on_what_is_open() > 0


@pytest.mark.parametrize("named", [(DIRECTOR,), (DIRECTOR, SUPERVISOR, COUNTY)], ids="+".join)
async def test_weeks_of_contact_look_to_whoever_is_named_as_in_a_village_without_the_report(
    named: tuple[str, ...], world: World, hands: Hands, in_order: None
) -> None:
    here, there = villages = [Village(world, area) for area in (HERE, THERE)]
    decides = next((role for role in DIGITS if role not in named), None)

    async def alike(when: str) -> None:
        for job in jobs.JOBS:
            jobs.run(world.database, world.vault, job.name, world.now())
        for role in named:
            for mine, theirs in zip(await here.seen_by(role), await there.seen_by(role), strict=True):
                assert mine == theirs, f"{when}: {role}"

    await alike("before")
    hands.moment = hands.moment.replace(hour=20)
    for _ in range(6):
        _a_day(world, hands, villages)
    await alike("a first week")
    _names(world, here, named)
    asked = [village.said_to_the_father() for village in villages]
    for day in range(35):
        _what_happens(day, here, there, decides)
        _a_day(world, hands, villages)
        if day in LOOKED_AT:
            await alike(f"day {day}")
    assert here.said_to_the_father() == asked[0], "the father is asked nothing and told nothing"
    assert there.said_to_the_father() > asked[1]
    if decides is not None:
        _who_may_know_is_not_misled(world, here, decides)


def _who_may_know_is_not_misled(world: World, village: Village, role: str) -> None:
    """For whoever may know of the report nothing was sent and the ladder does not run."""
    with world.work() as work:
        member, child = village.staff[role].member(work), work.session.get_one(Child, village.home.child)
        father = next(one for one in sheet.sheet(work, member, child).parties if one.kind == "father")
    assert [rung.step for rung in (*father.rungs, *father.past)] == ["decide_prompts"]
    assert {event.state for event in father.events[:4]} == {"withheld"}
    assert (father.suspected, father.allowed, [week.sends for week in father.weeks[:4]]) == (False, False, [0] * 4)
