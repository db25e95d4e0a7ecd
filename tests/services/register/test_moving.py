"""A child moves when both sides agree; until then, and on every day, exactly one office answers for it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.care import responsibility
from bot.services.register import children, moving
from bot.storage.tables import Household
from tests.builders import World
from tests.conftest import Hands
from tests.services.registered import COUNTY, NEXT_VILLAGE, OTHER_COUNTY_VILLAGE, VILLAGE, child_of, filed, person

DUTY = responsibility.VISIT


def _answers(world: World, uid: str, on: date) -> str | None:
    with world.work() as work:
        return responsibility.answers(moving.spans(work, child_of(work, uid), DUTY), on)


def test_until_the_other_side_agrees_the_old_office_answers(world: World, hands: Hands) -> None:
    uid = filed(world)
    here, there = person(world, "child_director", VILLAGE), person(world, "child_director", NEXT_VILLAGE, "乙")
    with world.work() as work:
        done = moving.ask(work, here.member(work), uid, NEXT_VILLAGE)
        assert (done.allowed, done.waiting) == (True, True)
        assert moving.ask(work, here.member(work), uid, NEXT_VILLAGE).refusal == "asked_already"
        (move,) = moving.waiting_for(work, there.member(work))
        assert moving.settle(work, here.member(work), move.uid, agree=True).refusal == "absent"
    assert world.pushes(there.talk) == ["child.move.wanted"]
    assert "王小明" not in world.said(there.talk)[-1].text
    hands.forward(days=2)
    today = hands().date()
    assert _answers(world, uid, today) == VILLAGE
    with world.work() as work:
        assert moving.settle(work, there.member(work), move.uid, agree=True).allowed
        assert moving.settle(work, there.member(work), move.uid, agree=True).refusal == "already"
        assert children.reach(work, here.member(work), uid) is None
        assert children.reach(work, there.member(work), uid) is not None
    assert [_answers(world, uid, today - timedelta(days=1)), _answers(world, uid, today)] == [VILLAGE, NEXT_VILLAGE]
    assert world.pushes(here.talk) == ["child.move.agreed"]


def test_a_refused_move_changes_nothing_and_the_asker_hears_of_it(world: World) -> None:
    uid = filed(world)
    here, there = person(world, "child_director", VILLAGE), person(world, "child_director", NEXT_VILLAGE, "乙")
    with world.work() as work:
        moving.ask(work, here.member(work), uid, NEXT_VILLAGE)
        (move,) = moving.waiting_for(work, there.member(work))
        assert moving.settle(work, there.member(work), move.uid, agree=False).allowed
        assert child_of(work, uid).area == VILLAGE
    assert world.pushes(here.talk) == ["child.move.refused"]


def test_siblings_move_together_and_keep_their_household(world: World) -> None:
    first = filed(world)
    with world.work() as work:
        home = child_of(work, first).household
    second = filed(world, "王小红", household=home)
    here, there = person(world, "child_director", VILLAGE), person(world, "child_director", OTHER_COUNTY_VILLAGE, "乙")
    with world.work() as work:
        moving.ask(work, here.member(work), first, OTHER_COUNTY_VILLAGE, together=True)
        move = moving.waiting_for(work, there.member(work))[0]
        moving.settle(work, there.member(work), move.uid, agree=True)
        both = [child_of(work, uid) for uid in (first, second)]
        assert {(one.area, one.household) for one in both} == {(OTHER_COUNTY_VILLAGE, home)}
        assert work.session.get_one(Household, home).area == OTHER_COUNTY_VILLAGE


def test_one_of_two_siblings_moves_into_a_household_of_its_own(world: World) -> None:
    first = filed(world)
    with world.work() as work:
        home = child_of(work, first).household
    second = filed(world, "王小红", household=home)
    county = person(world, "county_caseworker", COUNTY)
    with world.work() as work:
        assert not moving.ask(work, county.member(work), first, NEXT_VILLAGE).waiting
        assert child_of(work, first).household != home
        assert (child_of(work, second).household, child_of(work, second).area) == (home, VILLAGE)


def test_where_no_director_is_bound_the_supervisor_of_the_new_place_is_asked(world: World) -> None:
    uid, here = filed(world), person(world, "child_director", VILLAGE)
    above = person(world, "child_supervisor", OTHER_COUNTY_VILLAGE[:9], "乙")
    with world.work() as work:
        moving.ask(work, here.member(work), uid, OTHER_COUNTY_VILLAGE)
    assert world.pushes(above.talk) == ["child.move.wanted"]


def test_a_move_that_nobody_answered_can_be_taken_back(world: World) -> None:
    uid, here = filed(world), person(world, "child_director", VILLAGE)
    with world.work() as work:
        assert moving.take_back(work, here.member(work), uid).refusal == "nothing_asked"
        moving.ask(work, here.member(work), uid, NEXT_VILLAGE)
        assert moving.take_back(work, here.member(work), uid).allowed
        assert moving.ask(work, here.member(work), uid, "220184104999").refusal == "no_such_place"


STEPS = st.lists(
    st.tuples(st.sampled_from(["ask", "agree", "refuse", "back", "wait"]), st.sampled_from([VILLAGE, NEXT_VILLAGE])),
    max_size=10,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_under_any_order_of_events_no_day_is_without_an_office_or_has_two(
    world: World, hands: Hands, steps: list[tuple[str, str]]
) -> None:
    uid = filed(world)
    people = {area: person(world, "child_director", area) for area in (VILLAGE, NEXT_VILLAGE)}
    first = hands().date()
    for step, area in steps:
        with world.work() as work:
            member = people[area].member(work)
            if step == "ask":
                moving.ask(work, member, uid, NEXT_VILLAGE if area == VILLAGE else VILLAGE)
            elif step == "back":
                moving.take_back(work, member, uid)
            elif step != "wait":
                for move in moving.waiting_for(work, member):
                    moving.settle(work, member, move.uid, agree=step == "agree")
        hands.forward(days=int(step == "wait"))
        with world.work() as work:
            child = child_of(work, uid)
            for duty in responsibility.DUTIES:
                spans = moving.spans(work, child, duty)
                assert responsibility.gaps(spans) == ()
                assert responsibility.answers(spans, first) is not None
                assert responsibility.answers(spans, hands().date()) == child.area
