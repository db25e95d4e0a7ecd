"""The record that the police were told: asked of whoever holds the report until it is there."""

from __future__ import annotations

import pytest

from bot import jobs
from bot.services.casework import police, reports, transferring
from bot.services.casework.transferring import To
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import HARM, Person, Staff, staff_of, tell

DUE = "staff.police_due"


@pytest.fixture
def people(world: World) -> Staff:
    return staff_of(world)


def _tick(world: World) -> int:
    return jobs.run(world.database, world.vault, "cases", world.now())["reminded"]


def _asked(world: World, who: Person) -> int:
    return world.pushes(who.talk).count(DUE)


def test_the_holder_is_asked_every_half_hour_even_at_night_until_it_is_recorded(
    world: World, hands: Hands, people: Staff
) -> None:
    hands.forward(hours=10)  # ten at night
    report = tell(world, HARM)
    hands.forward(minutes=40)
    assert _tick(world) == 0, "nobody has taken it on: the alerts ask"
    people.director.does(reports.accept, report)
    assert _tick(world) == 0
    hands.forward(minutes=30)
    assert [_tick(world), _tick(world)] == [1, 0], "each moment once"
    hands.forward(minutes=30)
    assert _tick(world) == 1
    assert (_asked(world, people.director), _asked(world, people.supervisor)) == (2, 0)
    said = world.said(people.director.talk)[-1]
    assert "第一时间报案" in said.text, "due at once, quiet hours or not"
    world.tap(people.director.talk, said.choices[0].value)
    world.say(people.director.talk, "响水派出所 23:20 张警官 回执12号")
    hands.forward(hours=3)
    assert _tick(world) == 0
    assert _asked(world, people.director) == 2


def test_a_clock_that_stood_still_for_hours_asks_once(world: World, hands: Hands, people: Staff) -> None:
    report = tell(world, HARM)
    people.director.does(reports.accept, report)
    hands.forward(hours=9, minutes=7)
    assert [_tick(world), _tick(world)] == [1, 0]


def test_who_takes_the_report_over_is_asked_and_who_handed_it_on_is_not(
    world: World, hands: Hands, people: Staff
) -> None:
    report = tell(world, HARM)
    people.director.does(reports.accept, report)
    people.director.does(transferring.offer, report, To(role="county_caseworker"), "要县里出面")
    hands.forward(minutes=31)
    assert _tick(world) == 1, "until it is accepted the holder answers for it"
    people.caseworker.does(transferring.accept, report)
    hands.forward(minutes=31)
    assert _tick(world) == 1
    assert (_asked(world, people.director), _asked(world, people.caseworker)) == (1, 1)


def test_no_one_is_asked_where_the_police_need_not_hear_of_it_or_when_it_is_over(
    world: World, hands: Hands, people: Staff
) -> None:
    quiet, over = tell(world, ["sheltering"]), tell(world, HARM)
    for report in (quiet, over):
        people.director.does(reports.accept, report)
    people.director.does(police.record, over, "响水派出所", world.now())
    hands.forward(minutes=31)
    assert _tick(world) == 0
