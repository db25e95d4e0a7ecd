"""An emergency look is reviewed: reviewers hear when the time is over, the keeper of the service when nobody could."""

from __future__ import annotations

import pytest

from bot import jobs
from bot.services.casework import glass
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import COUNTY, HARM, Person, outcome, person, row, staff_of, tell

WHY = "孩子失联，要马上问到人"


def _tick(world: World) -> int:
    return jobs.run(world.database, world.vault, "cases", world.now())["looks_late"]


def _look(world: World, taker: Person) -> str:
    report = tell(world, HARM)
    assert outcome(taker.does(glass.break_it, report, glass.IDENTITY, WHY)) == (True, None)
    return report


def test_who_reviews_hears_once_more_when_the_working_days_are_over(world: World, hands: Hands) -> None:
    people, officer = staff_of(world), person(world, "privacy_officer", COUNTY, "孙")
    hands.forward(days=3)  # Thursday: two working days end on Monday
    _look(world, people.caseworker)
    assert world.pushes(officer.talk) == ["staff.glass"]
    hands.forward(days=4)
    assert _tick(world) == 0, "Monday still is in time"
    hands.forward(days=1)
    assert [_tick(world) for _ in range(2)] == [1, 0]
    assert world.pushes(officer.talk) == ["staff.glass", "staff.glass_late"]
    assert WHY not in "".join(said.text for said in world.said(officer.talk))


def test_what_was_reviewed_reminds_nobody(world: World, hands: Hands) -> None:
    people, officer = staff_of(world), person(world, "privacy_officer", COUNTY, "孙")
    _look(world, people.caseworker)
    with world.work() as work:
        look = glass.looks(work, officer.member(work))[0].glass.uid
    assert officer.does(glass.review, look, "justified").allowed
    hands.forward(days=9)
    assert _tick(world) == 0


def test_what_was_taken_more_than_a_month_ago_is_not_brought_up_any_more(world: World, hands: Hands) -> None:
    people, _ = staff_of(world), person(world, "privacy_officer", COUNTY, "孙")
    _look(world, people.caseworker)
    hands.forward(days=31)
    assert _tick(world) == 0


@pytest.mark.parametrize("who", ["nobody", "the taker alone"])
def test_where_nobody_could_review_who_looks_after_the_service_hears_it_at_once(who: str, world: World) -> None:
    people, keeper = staff_of(world), person(world, "sys_admin", "22", "周")
    report = tell(world, HARM)
    if who == "nobody":
        people.caseworker.does(glass.break_it, report, glass.IDENTITY, WHY)
    else:
        officer = person(world, "privacy_officer", COUNTY, "孙")
        assert officer.does(glass.break_by_number, row(world, report).number, WHY).allowed
        assert world.pushes(officer.talk) == []
    assert world.pushes(keeper.talk) == ["staff.flag.review"]


def test_who_took_a_look_never_reviews_it(world: World) -> None:
    staff_of(world)
    report = tell(world, HARM)
    officer = person(world, "privacy_officer", COUNTY, "孙")
    assert officer.does(glass.break_by_number, row(world, report).number, WHY).allowed
    with world.work() as work:
        look = glass.looks(work, officer.member(work))[0].glass.uid
    assert outcome(officer.does(glass.review, look, "justified")) == (False, "second_person")
    with world.work() as work:
        assert glass.looks(work, officer.member(work))[0].glass.reviewed_at is None
    other = person(world, "privacy_officer", COUNTY, "吴")
    assert outcome(other.does(glass.review, look, "justified")) == (True, None)
