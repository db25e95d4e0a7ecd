"""16 and 18: a real task sixty days before, visits until the hand-over is recorded, and never a silent end."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot import jobs
from bot.storage.tables import CareTask, Child, VisitPlan
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services import on_file
from tests.services.cases import VILLAGE, Staff, staff_of

BIRTH = "2011-01-22"
BEGINS, OVER = date(2026, 11, 24), date(2027, 1, 23)


@pytest.fixture
def people(world: World, hands: Hands) -> Staff:
    hands.moment = datetime(2026, 11, 23, 8, 40, tzinfo=SHANGHAI)
    return staff_of(world)


def _child(world: World, **more: str) -> str:
    with world.work() as work:
        return on_file.child(work, "李小明", area=VILLAGE, filed=date(2026, 11, 20), birth=BIRTH, **more)


def _day(world: World) -> None:
    for name in ("visit_plans", "visits"):
        jobs.run(world.database, world.vault, name, world.now())


def _plan(world: World, uid: str) -> tuple[str, date | None]:
    with world.work() as work:
        plan = work.session.get_one(VisitPlan, uid)
        return plan.state, plan.due


def test_sixty_days_before_the_director_gets_a_task_once_and_a_tap_records_who_goes_on(
    world: World, hands: Hands, people: Staff
) -> None:
    uid, talk = _child(world), people.director.talk
    _day(world)
    assert "staff.care_task.handover" not in world.pushes(talk)
    for _ in range(3):
        hands.forward(days=1)
        _day(world)
    assert world.pushes(talk).count("staff.care_task.handover") == 1
    push = next(said for said in world.said(talk) if "超过服务年龄" in said.text)
    assert "1月23日" in push.text
    assert "李小明" not in push.text
    assert world.tap(talk, push.choices[0].value) == ["staff.care_task.handover.shown"]
    shown = world.said(talk)[-1]
    assert "李小明" in shown.text
    assert world.tap(talk, shown.choices[0].value) == ["staff.care_task.handover.done"]
    assert world.tap(talk, shown.choices[0].value) == ["child.already"]
    assert _plan(world, uid)[1] is not None, "before the birthday visits go on"
    hands.moment = datetime(2027, 1, 25, 8, 40, tzinfo=SHANGHAI)
    with world.work() as work:
        work.session.get_one(Child, uid).changed_at = work.now
    _day(world)
    assert _plan(world, uid) == ("stopped", None)


def test_without_a_record_visits_go_on_after_the_birthday(world: World, hands: Hands, people: Staff) -> None:
    uid = _child(world)
    _day(world)
    hands.moment = datetime(2027, 2, 1, 8, 40, tzinfo=SHANGHAI)
    with world.work() as work:
        work.session.get_one(Child, uid).changed_at = work.now
    _day(world)
    state, due = _plan(world, uid)
    assert state == "handover_open"
    assert due is not None
    with world.work() as work:
        task = work.session.scalars(select(CareTask)).one()
        assert (task.state, task.due_on) == ("open", OVER)
        assert task.natural_key == f"handover:{uid}:{BEGINS}"


def test_a_birthday_that_ends_the_group_ends_no_visits_until_somebody_took_over(
    world: World, hands: Hands, people: Staff
) -> None:
    uid, talk = _child(world), people.director.talk
    for moment in (BEGINS, OVER, OVER + timedelta(days=3)):
        hands.moment = datetime(moment.year, moment.month, moment.day, 8, 40, tzinfo=SHANGHAI)
        with world.work() as work:
            child = work.session.get_one(Child, uid)
            child.left_behind, child.changed_at = "eligible" if moment < OVER else "not_eligible", work.now
        _day(world)
    with world.work() as work:
        task = work.session.scalars(select(CareTask)).one().uid
    state, due = _plan(world, uid)
    assert (state, due is not None) == ("handover_open", True)
    assert world.tap(talk, f"handover:guardian:{task}") == ["staff.care_task.handover.done"]
    assert _plan(world, uid)[1] is None


def test_a_hand_over_at_16_does_not_end_a_child_that_is_in_difficulty_till_18(
    world: World, hands: Hands, people: Staff
) -> None:
    uid, talk = _child(world), people.director.talk
    hands.forward(days=1)
    _day(world)
    with world.work() as work:
        task = work.session.scalars(select(CareTask)).one().uid
    assert world.tap(talk, f"handover:school:{task}") == ["staff.care_task.handover.done"]
    hands.moment = datetime(2027, 2, 1, 8, 40, tzinfo=SHANGHAI)
    with world.work() as work:
        child = work.session.get_one(Child, uid)
        child.hardship, child.changed_at = "eligible", work.now
    _day(world)
    assert _plan(world, uid)[1] is not None
    with world.work() as work:
        on = work.session.get_one(VisitPlan, uid).handover_on
        assert on == date(2029, 1, 23) - timedelta(days=60)


def test_nobody_else_sees_or_settles_the_task(world: World, hands: Hands, people: Staff) -> None:
    _child(world)
    hands.forward(days=1)
    _day(world)
    with world.work() as work:
        task = work.session.scalars(select(CareTask)).one().uid
    for stranger in (world.citizen(), world.staff("child_director", "220182101201", "乙")):
        assert world.tap(stranger, f"handover:see:{task}") == ["child.gone"]
        assert world.tap(stranger, f"handover:school:{task}") == ["child.gone"]
    assert world.tap(people.director.talk, "handover:see:nothing") == ["child.gone"]
