"""Whoever asked to join without a code hears of it at an hour at which nobody sleeps where he is."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.care import calendar
from bot.services.contact import desk as contact_desk
from bot.services.contact import joining_desk
from bot.services.contact import plans as contact_plans
from bot.services.staff import accounts
from bot.storage.tables import Child, Outbox
from tests.builders import World
from tests.conftest import Hands
from tests.services import family as homes

PLACE = "榆树市弓棚镇长山村，我是小宇的爸爸"


def _asked(world: World, words: str) -> str:
    talk = world.citizen()
    world.tap(talk, "flow:join")
    world.tap(talk, "join.who=ask")
    assert world.say(talk, words) == ["join.asked"]
    return talk


def _settled(world: World, director: str, home: homes.Family, kind: str) -> Outbox:
    with world.work() as work:
        member = accounts.member(work, director)
        assert member is not None
        (asked,) = contact_desk.joinings(work, member)
        number = work.session.get_one(Child, home.child).number
        assert joining_desk.settle(work, member, asked.task.uid, number, kind, "").allowed
        return work.session.scalars(select(Outbox).where(Outbox.natural_key.startswith("joining:"))).one()


@pytest.mark.parametrize("kind", ["father", joining_desk.UNKNOWN])
@pytest.mark.parametrize(
    ("words", "zone", "hour"),
    [
        (f"我在纽约打工，{PLACE}", "America/New_York", 8),
        (f"{PLACE}，人在韩国安山", "Asia/Seoul", 13),
        (PLACE, "Asia/Shanghai", 12),
    ],
)
def test_the_answer_of_the_office_comes_by_day_where_he_says_that_he_works(
    world: World, hands: Hands, words: str, zone: str, hour: int, kind: str
) -> None:
    assert calendar.local(world.now()).hour == 12
    director, home = world.staff("child_director"), homes.make(world, "carer")
    _asked(world, words)
    row = _settled(world, director, home, kind)
    assert row.not_before.astimezone(ZoneInfo(zone)).hour == hour
    assert not calendar.is_quiet(row.not_before, ZoneInfo(zone))


def test_who_meanwhile_joined_abroad_with_the_code_of_another_child_is_not_woken(world: World, hands: Hands) -> None:
    director, home, other = world.staff("child_director"), homes.make(world, "father"), homes.make(world, "carer")
    talk = _asked(world, PLACE)
    chosen = {"weekday": 4, "clock": "19:00", "zone": "America/New_York", "simple": False}
    with world.work() as work:
        contact_plans.reach(work, home.people["father"], talk)
        contact_plans.lay(work, home.people["father"], chosen)
    row = _settled(world, director, other, "father")
    assert row.not_before.astimezone(ZoneInfo("America/New_York")).hour == 8
