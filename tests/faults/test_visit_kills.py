"""kill -9 inside the morning's scan, many times: every message once, and what is due agrees everywhere."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot import jobs
from bot.care import calendar
from bot.storage.tables import Child, Outbox, VisitEscalation, VisitPlan, VisitTask
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.faults.sizes import size
from tests.services import on_file

KILLS, MONDAY = size(30, 100), date(2026, 11, 23)
VILLAGES = [
    f"22018{county}10{town}2{village:02}" for county in range(1, 6) for town in range(2) for village in range(2)
]
CHILDREN = 3
LONGEST_LIFE = 0.06


@pytest.fixture
def full(world: World, hands: Hands) -> World:
    """Villages in five counties, each with a director and some children whose visits are late."""
    hands.moment = datetime(2026, 11, 20, 8, 31, tzinfo=SHANGHAI)
    for village in VILLAGES:
        world.staff("child_director", village)
        with world.work() as work:
            for _ in range(CHILDREN):
                on_file.child(work, area=village, filed=MONDAY - timedelta(days=20), level="average")
    _morning(world)  # statements are composed, files are read: from here on it is all scan
    return world


def _morning(world: World) -> None:
    for name in ("visit_plans", "visits"):
        jobs.run(world.database, world.vault, name, world.now())


def killed(world: World, life: float, doing: Callable[[World], object] = _morning) -> bool:
    """A process of its own takes up the morning, or something else, and is killed after a while; whether it was still
    at it."""
    child = os.fork()
    if child == 0:
        world.database.engine.dispose(close=False)
        try:
            doing(world)
        except BaseException:  # noqa: BLE001 - whatever it is, this process is over
            os._exit(1)
        os._exit(0)
    time.sleep(life)  # the life of another process: nothing here to wait for
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _workdays() -> Iterator[date]:
    day = MONDAY
    while True:
        yield day
        day = calendar.add_workdays(day, 1).day


def test_after_all_the_kills_nobody_is_forgotten_and_nobody_is_told_twice(full: World, hands: Hands) -> None:
    seed = int(time.time())
    chance, kills, days = random.Random(seed), 0, [date(2026, 11, 20)]
    for day in _workdays():
        days.append(day)
        hands.moment = datetime(day.year, day.month, day.day, 8, 31, tzinfo=SHANGHAI)
        with full.work() as work:
            for child in work.session.scalars(select(Child)):  # everybody's file changed: all is planned anew
                child.changed_at = work.now
        for _ in range(min(40, KILLS)):
            kills += killed(full, chance.uniform(0.002, LONGEST_LIFE))
        _morning(full)
        _whole(full, days, f"seed {seed}")
        if kills >= KILLS:
            break
        assert len(days) < 40, f"seed {seed}: only {kills} kills hit the scan"


def _whole(world: World, days: list[date], seed: str) -> None:
    with world.work() as work:
        keys = work.session.scalars(select(Outbox.natural_key).where(Outbox.key == "visits.digest")).all()
        assert len(keys) == len(set(keys)) == len(VILLAGES) * len(days), seed
        assert work.session.scalar(select(func.count()).select_from(VisitEscalation)) == _raised_by(days[-1]), seed
        dues = work.session.execute(
            select(Child.next_due, VisitPlan.due, VisitTask.due)
            .join(VisitPlan, VisitPlan.child == Child.uid)
            .join(VisitTask, (VisitTask.child == Child.uid) & (VisitTask.state == "open"))
        ).all()
        assert len(dues) == CHILDREN * len(VILLAGES), seed
        assert all(next_due == due == owed for next_due, due, owed in dues), seed


def _raised_by(day: date) -> int:
    """Due on 10 November: the supervisor hears five days later, the county fourteen (visits.md §7)."""
    due = MONDAY - timedelta(days=20) + timedelta(days=7)
    return CHILDREN * len(VILLAGES) * sum(day >= due + timedelta(days=late) for late in (5, 14))
