"""On which days the morning message comes: workdays with 调休, none at night, and a year nobody announced yet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.services.mail import mailbox
from bot.storage.tables import Outbox
from tests.builders import World
from tests.conftest import Hands
from tests.services import on_file
from tests.services.cases import VILLAGE, Person, Staff, person, staff_of

MONDAY = date(2026, 11, 23)


@pytest.fixture
def people(world: World, hands: Hands) -> Staff:
    on_file.clock(hands, MONDAY, 8, 0)
    return staff_of(world)


def _morning(world: World, hands: Hands, day: date) -> dict[str, int]:
    on_file.clock(hands, day)
    return on_file.tick(world)


def _digests(world: World, one: Person) -> list[dict[str, object]]:
    with world.work() as work:
        rows = work.session.scalars(
            select(Outbox).where(Outbox.conversation == one.talk, Outbox.natural_key.startswith("digest:"))
        )
        return [mailbox.args_of(work, row) for row in rows]


def test_nobody_is_woken_and_a_free_day_is_free_but_what_falls_on_it_is_said_before(
    world: World, hands: Hands, people: Staff
) -> None:
    with world.work() as work:
        on_file.child(work, filed=MONDAY - timedelta(days=2))  # due on Saturday 28 November
    on_file.tick(world, "visit_plans")
    for hour in (5, 7, 22):
        on_file.clock(hands, MONDAY + timedelta(days=4), hour)
        assert on_file.tick(world)["digests"] == 0
    assert _morning(world, hands, MONDAY + timedelta(days=4))["digests"] == 1  # Friday speaks for the weekend
    assert _morning(world, hands, MONDAY + timedelta(days=5))["digests"] == 0


def test_a_shifted_saturday_is_a_workday_and_a_holiday_monday_is_none(world: World, hands: Hands) -> None:
    on_file.clock(hands, date(2026, 9, 28), 8, 0)
    director = person(world, "child_director", VILLAGE)
    with world.work() as work:
        on_file.child(work, filed=date(2026, 9, 20))
    on_file.tick(world, "visit_plans")
    assert _morning(world, hands, date(2026, 10, 5))["digests"] == 0
    assert _morning(world, hands, date(2026, 10, 10))["digests"] == 1
    assert len(_digests(world, director)) == 1


def test_a_year_whose_workdays_are_not_announced_is_counted_monday_to_friday_and_the_message_says_so(
    world: World, hands: Hands
) -> None:
    on_file.clock(hands, date(2098, 12, 30), 8, 0)
    director = person(world, "child_director", VILLAGE)
    with world.work() as work:
        on_file.child(work, filed=date(2098, 12, 28))  # due on Sunday the fourth
    on_file.tick(world, "visit_plans")
    assert _morning(world, hands, date(2099, 1, 1))["digests"] == 1, "nobody told us yet that New Year is free"
    assert _morning(world, hands, date(2099, 1, 3))["digests"] == 0, "a Saturday"
    for told in _digests(world, director):
        assert "2099年的放假安排还没录入，先按周一到周五算" in str(told["late"])
