"""What time brings to 委托照护: reminded once, at a decent hour, then the supervisor; at 18 it ends."""

from __future__ import annotations

from datetime import date

import pytest

from bot.care import calendar, parameters
from bot.services.entrusted import arrangements
from bot.services.entrusted import clock as entrusted_clock
from bot.services.entrusted import records as entrusted_records
from bot.storage.tables import CareArrangement, Outbox
from tests.builders import World
from tests.conftest import Hands
from tests.services.cases import Person, person
from tests.services.entrusted.test_entrusted import (  # noqa: F401 - `director` is a fixture
    _active,
    _begun,
    _does,
    _state,
    _to_signed,
    director,
)
from tests.services.registered import TOWNSHIP, VILLAGE, filed

NOTHING = {"of_age": 0, "reminded": 0, "raised": 0}


def _tick(world: World) -> dict[str, int]:
    with world.work() as work:
        return entrusted_clock.tick(work)


def _signed(world: World, director: Person) -> tuple[str, str]:  # noqa: F811
    father, uid = _begun(world)
    _does(director, uid, "reason_confirmed", good_reason="yes")
    _does(director, uid, "candidate_named", candidate_named="yes")
    _to_signed(world, director, father, uid)
    return father, uid


def test_a_missing_notice_is_brought_to_mind_once_and_then_goes_up(
    world: World,
    director: Person,  # noqa: F811
    hands: Hands,
) -> None:
    supervisor = person(world, "child_supervisor", TOWNSHIP, "李督导")
    father, uid = _signed(world, director)
    hands.forward(days=6)
    assert _tick(world) == NOTHING
    hands.forward(days=1)
    assert [_tick(world)["reminded"], _tick(world)["reminded"]] == [1, 0]
    assert world.pushes(father).count("entrusted.notice_missing") == 1
    assert world.pushes(director.talk).count("entrusted.remind") == 1
    hands.forward(days=8)
    assert [_tick(world)["raised"], _tick(world)["raised"]] == [1, 0]
    assert "entrusted.overdue" in world.pushes(supervisor.talk)
    for recipient in ("school", "committee"):
        with world.work() as work:
            on = work.today
        director.does(entrusted_records.record_notice, uid, recipient, on)
    _does(director, uid, "written_notice_recorded")
    _does(director, uid, "care_started")
    assert _tick(world) == NOTHING


def test_care_in_force_is_looked_at_every_month(world: World, director: Person, hands: Hands) -> None:  # noqa: F811
    _, uid = _active(world, director)
    hands.forward(days=32)
    assert _tick(world)["reminded"] == 1
    assert _does(director, uid, "monitoring_ok")[0]
    assert _tick(world) == NOTHING
    hands.forward(days=32)
    assert _tick(world)["reminded"] == 1


def test_each_half_year_the_agreement_is_gone_through_however_the_monthly_looks_fell(
    world: World,
    director: Person,  # noqa: F811
    hands: Hands,
) -> None:
    _, uid = _active(world, director)
    with world.work() as work:
        began = work.today
    asked = []
    for days in (20, 45, 25, 31, 20, 12, 31, 31, 31, 31, 31, 31, 31):
        hands.forward(days=days)
        _tick(world)
        reviews = world.pushes(director.talk).count("entrusted.half_year")
        with world.work() as work:
            due = work.session.get_one(CareArrangement, uid).due_on
        if reviews > len(asked):
            asked.append(due)
        assert _does(director, uid, "monitoring_ok")[0]
    assert asked == [calendar.add_months(began, 6)[0], calendar.add_months(began, 12)[0]]


def test_nobody_is_woken_by_a_reminder(world: World, director: Person, hands: Hands) -> None:  # noqa: F811
    _active(world, director)
    hands.forward(days=32, hours=13)
    assert _tick(world)["reminded"] == 1
    with world.work() as work:
        row = work.session.query(Outbox).where(Outbox.key == "entrusted.remind").one()
        assert (row.not_before - work.now).total_seconds() > 3600 * 6


DANGERLESS = {"immediate_danger": "no"}
WORSE = (("concern_raised", {}), ("persuade", DANGERLESS))
NO_BETTER = (*WORSE, ("not_improved", {"review_improved": "no"}))
REFUSED = (*NO_BETTER, ("all_refuse", {"parents_refuse": "yes", "carer_refuses": "yes"}))


@pytest.mark.parametrize(
    ("moves", "state", "key", "days"),
    [
        (WORSE, "persuasion", "entrusted.improvement_period_after_persuasion", 14),
        (NO_BETTER, "replacement", "entrusted.replacement_negotiation_period", 7),
        (REFUSED, "refusal_reported", "entrusted.refusal_report_within", 1),
    ],
)
def test_persuasion_negotiation_and_the_report_of_a_refusal_have_their_days_and_then_go_up(
    world: World,
    director: Person,  # noqa: F811
    hands: Hands,
    moves: tuple[tuple[str, dict[str, str]], ...],
    state: str,
    key: str,
    days: int,
) -> None:
    supervisor = person(world, "child_supervisor", TOWNSHIP, "李督导")
    _, uid = _active(world, director)
    for event, told in moves:
        assert _does(director, uid, event, "都不愿意改" if event == "all_refuse" else "", **told)[0], event
    found = parameters.value(key)
    assert (_state(world, uid), found.basis) == (state, "PROPOSED")
    assert found.value == (24 * days if found.unit == "hours" else days)
    hands.forward(days=days - 1)
    assert _tick(world) == NOTHING
    hands.forward(days=1)
    assert [_tick(world)["reminded"], _tick(world)["reminded"]] == [1, 0]
    with world.work() as work:
        late = calendar.add_workdays(work.today, int(parameters.number(entrusted_clock.UP_AFTER))).day
        left = (late - work.today).days
    before = world.pushes(supervisor.talk).count("entrusted.overdue")
    hands.forward(days=left)
    assert _tick(world)["raised"] == 0
    hands.forward(days=1)
    assert [_tick(world)["raised"], _tick(world)["raised"]] == [1, 0]
    assert world.pushes(supervisor.talk).count("entrusted.overdue") == before + 1


@pytest.mark.parametrize(("born", "ends"), [(date(2008, 1, 10), True), (date(2016, 1, 10), False)])
def test_at_18_an_arrangement_ends_by_itself(
    world: World,
    hands: Hands,
    born: date,
    ends: bool,
) -> None:
    child, father = filed(world, birth_date=born), world.citizen()
    with world.work() as work:
        row = arrangements.begin(work, father, VILLAGE, {"carer": "李桂兰"}, child=child)
        uid, age = row.uid, row.of_age_on
        today = work.today
    assert age is not None
    hands.forward(days=max((age - today).days, 0) if ends else 1)
    assert _tick(world)["of_age"] == int(ends)
    assert _tick(world)["of_age"] == 0
    assert (_state(world, uid) == "ended") is ends
    with world.work() as work:
        assert work.session.get_one(CareArrangement, uid).of_age_on == age
