"""A child whose objection was overridden is asked again within the month, wherever the arrangement is by then."""

from __future__ import annotations

from datetime import date

import pytest

from bot.care import calendar
from bot.services.entrusted import acts as entrusted_acts
from bot.services.entrusted import again as entrusted_again
from bot.services.entrusted import clock as entrusted_clock
from bot.services.entrusted import staff as entrusted_staff
from bot.storage.tables import CareArrangement
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import Person, outcome, person
from tests.services.entrusted.test_entrusted import _does, _noticed, _state, director  # noqa: F401 - `director` is a fixture
from tests.services.entrusted.test_entrusted_doubts import OVERRIDDEN, _family, _objected
from tests.services.registered import TOWNSHIP

ASKED = {"opinion": "agrees", "listener": "赵老师", "child_words": "奶奶对我好"}


def _overridden(world: World, director: Person) -> tuple[str, str, Person]:  # noqa: F811 - the fixture's value
    father, uid = _objected(world, director)
    supervisor = person(world, "child_supervisor", TOWNSHIP, "李督导")
    assert _does(supervisor, uid, "objection_overridden", OVERRIDDEN)[0]
    return father, uid, supervisor


def _in_force(world: World, director: Person) -> tuple[str, Person]:  # noqa: F811
    father, uid, supervisor = _overridden(world, director)
    assert _family(world, father, uid, "agreement_concluded", both_signed="yes")
    _noticed(world, director, uid)
    assert _does(director, uid, "care_started")[0]
    return uid, supervisor


def _records(one: Person, uid: str, **form: str) -> tuple[bool, str | None]:
    return outcome(one.does(lambda work, member: entrusted_acts.do(work, member, uid, entrusted_again.ACT, form)[0]))


def _by(world: World, uid: str) -> date | None:
    with world.work() as work:
        return work.session.get_one(CareArrangement, uid).ask_again_on


def _live(world: World, hands: Hands, days: int) -> None:
    for _ in range(days):
        hands.forward(days=1)
        for _ in range(2):
            with world.work() as work:
                entrusted_clock.tick(work)


def test_the_office_is_told_in_time_and_the_supervisor_after_the_month_each_once(
    world: World,
    director: Person,  # noqa: F811
    hands: Hands,
) -> None:
    with world.work() as work:
        month = calendar.add_months(work.today, 1)[0]
    uid, supervisor = _in_force(world, director)
    assert _by(world, uid) == month
    told: list[date] = []
    while not told:
        _live(world, hands, 1)
        with world.work() as work:
            told = [work.today] if "entrusted.ask_again" in world.pushes(director.talk) else []
    assert told[0] < month
    assert calendar.add_workdays(told[0], 2).day >= month
    _live(world, hands, (month - told[0]).days)
    before = world.pushes(supervisor.talk).count("entrusted.overdue")
    _live(world, hands, 1)
    assert world.pushes(supervisor.talk).count("entrusted.overdue") == before + 1
    assert world.pushes(director.talk).count("entrusted.ask_again") == 1


def test_a_child_that_was_asked_again_is_not_brought_to_mind_any_more(
    world: World,
    director: Person,  # noqa: F811
    hands: Hands,
) -> None:
    uid, _ = _in_force(world, director)
    assert _records(director, uid, **ASKED) == (True, None)
    assert _by(world, uid) is None
    assert _records(director, uid, **ASKED) == (False, "absent")
    _live(world, hands, 35)
    assert "entrusted.ask_again" not in world.pushes(director.talk)
    assert _state(world, uid) == "active"


def test_a_child_that_still_objects_in_care_is_a_concern(world: World, director: Person) -> None:  # noqa: F811
    uid, _ = _in_force(world, director)
    assert _records(director, uid, **{**ASKED, "opinion": "objects"})[0]
    assert _state(world, uid) == "concern"


def test_a_child_that_still_objects_after_signing_is_heard_anew_before_anything_goes_on(
    world: World,
    director: Person,  # noqa: F811
) -> None:
    father, uid, _ = _overridden(world, director)
    assert _family(world, father, uid, "agreement_concluded", both_signed="yes")
    assert _records(director, uid, **{**ASKED, "opinion": "objects"})[0]
    assert _state(world, uid) == "child_heard"
    assert not _family(world, father, uid, "agreement_concluded", both_signed="yes")


@pytest.mark.parametrize(("opinion", "signs"), [("agrees", True), ("objects", False)])
def test_asked_again_before_signing_the_new_words_count(
    world: World,
    director: Person,  # noqa: F811
    opinion: str,
    signs: bool,
) -> None:
    father, uid, supervisor = _overridden(world, director)
    assert _records(director, uid, **{**ASKED, "opinion": opinion})[0]
    assert _family(world, father, uid, "agreement_concluded", both_signed="yes") is signs
    if not signs:
        assert _does(supervisor, uid, "objection_overridden", OVERRIDDEN)[0]
        assert _by(world, uid) is not None


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({**ASKED, "listener": "李桂兰"}, "listener"),
        ({**ASKED, "listener": ""}, "listener"),
        ({**ASKED, "opinion": "maybe"}, "value"),
        ({"opinion": "not_able"}, "value"),
    ],
)
def test_what_is_no_hearing_is_not_kept(
    world: World,
    director: Person,  # noqa: F811
    form: dict[str, str],
    why: str,
) -> None:
    uid, _ = _in_force(world, director)
    assert _records(director, uid, **form) == (False, why)
    assert _by(world, uid) is not None


def test_another_carer_is_another_question(world: World, director: Person) -> None:  # noqa: F811
    father, uid, _ = _overridden(world, director)
    assert _family(world, father, uid, "candidate_withdraws")
    assert _family(world, father, uid, "new_candidate", candidate_named="yes")
    assert _by(world, uid) is None


def test_the_card_of_the_office_says_by_when_and_nothing_of_it_is_told_to_the_family(
    world: World,
    director: Person,  # noqa: F811
) -> None:
    uid, _ = _in_force(world, director)
    with world.work() as work:
        row = work.session.get_one(CareArrangement, uid)
        father = str(row.conversation)
        assert "孩子当时不愿意" in entrusted_staff.words(work, row)
    assert not any("不愿意" in said.text for said in world.said(father))
