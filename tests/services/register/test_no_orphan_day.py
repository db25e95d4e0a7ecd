"""No orphan day, in three townships of two counties: whatever moves, leaves, stands in and takes over, in any order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.care import responsibility
from bot.services.register import moving
from bot.services.staff import standing_in
from bot.services.visits import visitors
from bot.services.work import Work
from bot.storage.database import Database
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import Person
from tests.services.registered import NEXT_VILLAGE, OTHER_COUNTY_VILLAGE, VILLAGE, child_of, filed, person

NEXT_TOWNSHIP_VILLAGE = "220184105200"
Spans = tuple[responsibility.Span, ...]
hand_over = responsibility.hand_over
PLACES = (VILLAGE, NEXT_VILLAGE, NEXT_TOWNSHIP_VILLAGE, OTHER_COUNTY_VILLAGE)
HAVE_A_DIRECTOR = PLACES[:3]
"""In the last of them the post is vacant: its supervisor stands in from the first day."""


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Rows and days alone; what differs between databases is looked at where two act at once."""
    return sqlite


class Offices:
    """Who works in these places, and what happens to them and to two children."""

    def __init__(self, world: World, hands: Hands) -> None:
        self.world, self.hands = world, hands
        self.directors = {area: person(world, "child_director", area, area[-3:]) for area in HAVE_A_DIRECTOR}
        self.above = {area: person(world, "child_supervisor", area[:9], "督导") for area in PLACES[:1] + PLACES[2:]}
        self.spare = person(world, "child_director", "220184106200", "接手的")
        for county in {area[:6] for area in PLACES}:
            person(world, "county_caseworker", county, "县里")
        self.children = [filed(world, "王小明", VILLAGE), filed(world, "李雪", OTHER_COUNTY_VILLAGE)]
        self.first = hands().date()

    def responsible(self, area: str) -> Person:
        """Who speaks for a village: its director, else the supervisor of its township."""
        return self.directors.get(area) or next(one for place, one in self.above.items() if place[:9] == area[:9])

    def happen(self, step: str, place: str, which: int) -> None:
        """One event; one that cannot be (nobody asked, nobody left) changes nothing."""
        uid, one = self.children[which], self.responsible(place)
        with self.world.work() as work:
            member = one.member(work)
            if step == "ask":
                child = child_of(work, uid)
                moving.ask(work, self.responsible(child.area).member(work), uid, place)
            elif step == "back":
                moving.take_back(work, self.responsible(child_of(work, uid).area).member(work), uid)
            elif step in ("agree", "refuse"):
                for move in moving.waiting_for(work, member):
                    moving.settle(work, member, move.uid, agree=step == "agree")
            elif step in ("away", "away with a deputy"):
                deputy = self.spare.member(work).account if step != "away" else None
                standing_in.away(work, member.account, deputy, work.today, work.today + timedelta(days=which + 1))
            elif step == "leaves" and one is not self.spare:
                standing_in.hand_over(work, member.account, self.spare.member(work).account)
        if step == "leaves":
            for held in (self.directors, self.above):
                held.update({area: self.spare for area, who in held.items() if who is one})
        self.hands.forward(days=int(step == "wait"))

    def check(self) -> None:
        """Every duty of every child has one office on each day so far, and today somebody who answers there."""
        with self.world.work() as work:
            for uid in self.children:
                child = child_of(work, uid)
                for duty in responsibility.DUTIES:
                    spans = moving.spans(work, child, duty)
                    assert responsibility.gaps(spans) == ()
                    for after in range((work.today - self.first).days + 1):
                        day = self.first + timedelta(days=after)
                        held = [
                            span for span in spans if span.since <= day and (span.until is None or day < span.until)
                        ]
                        assert len(held) == 1, (duty, day)
                    assert responsibility.answers(spans, work.today) == child.area
                assert _somebody(work, child.area), child.area


def _somebody(work: Work, area: str) -> list[str]:
    people = visitors.people_of(work, area[: visitors.COUNTY_DIGITS], work.today)
    return [one for one in people.up_from(visitors.DIRECTOR, area)[1] if one in people.conversations]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ask", "agree", "refuse", "back", "away", "away with a deputy", "leaves", "wait"]),
        st.sampled_from(PLACES),
        st.integers(0, 1),
    ),
    max_size=14,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_happens_every_duty_of_every_day_has_one_office_and_somebody_in_it(
    world: World, hands: Hands, steps: list[tuple[str, str, int]]
) -> None:
    offices = Offices(world, hands)
    offices.check()
    for step in steps:
        offices.happen(*step)
        offices.check()


def _goes_round(offices: Offices) -> None:
    """A child goes through all places while people leave and are away; looked at after each step."""
    for place in (NEXT_VILLAGE, NEXT_TOWNSHIP_VILLAGE, OTHER_COUNTY_VILLAGE, VILLAGE):
        for step in ("away", "ask", "agree", "leaves", "wait"):
            offices.happen(step, place, 0)
            offices.check()
        with offices.world.work() as work:
            assert child_of(work, offices.children[0]).area == place


def test_a_child_goes_through_all_places_while_people_leave_and_are_away(world: World, hands: Hands) -> None:
    _goes_round(Offices(world, hands))


def _from_tomorrow(spans: Spans, area: str, on: date, why: str) -> Spans:
    """The new office begins a day late: nobody has the day between."""
    right = hand_over(spans, area, on, why)
    return (*right[:-1], replace(right[-1], since=right[-1].since + timedelta(days=1)))


def _both(spans: Spans, area: str, on: date, why: str) -> Spans:
    """The old office goes on beside the new one."""
    right = hand_over(spans, area, on, why)
    return (*(replace(span, until=None) for span in right[-2:-1]), right[-1])


def _never(spans: Spans, area: str, on: date, why: str) -> Spans:
    """The child has moved, and its duty has not."""
    return spans


@pytest.mark.parametrize("wrong", [_from_tomorrow, _both, _never])
def test_a_day_with_no_office_or_two_planted_in_a_move_is_found(wrong: Any, world: World, hands: Hands) -> None:
    offices = Offices(world, hands)
    with (
        patch.object(responsibility, "hand_over", wrong),
        patch.object(responsibility, "gaps", lambda spans: ()),  # the product refuses to write such a history
        pytest.raises(AssertionError),
    ):
        _goes_round(offices)


def test_such_a_history_is_refused_before_it_is_written(world: World, hands: Hands) -> None:
    offices = Offices(world, hands)
    for step in ("wait", "ask"):
        offices.happen(step, NEXT_TOWNSHIP_VILLAGE, 0)
    for wrong in (_from_tomorrow, _both):
        with patch.object(responsibility, "hand_over", wrong), pytest.raises(RuntimeError, match="are wrong"):
            offices.happen("agree", NEXT_TOWNSHIP_VILLAGE, 0)
    offices.check()


def test_a_vacant_post_planted_to_be_nobodys_is_found(world: World, hands: Hands) -> None:
    offices = Offices(world, hands)
    with patch.object(visitors, "UPWARD", visitors.UPWARD[:1]), pytest.raises(AssertionError):
        offices.check()
