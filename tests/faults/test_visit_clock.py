"""The morning under two schedulers at once, killed half-way, and from a restored backup: each message exactly once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bot import jobs
from bot.services.leases import Duty
from bot.services.mail import mailbox
from bot.services.staff import accounts
from bot.services.visits import ladder
from bot.services.visits import plans as visit_plans
from bot.storage.tables import Child, Lease, Outbox, VisitEscalation, VisitPlan, VisitTask
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.faults.dying import Killed, dying
from tests.faults.gateway_process import HUNG_SECONDS
from tests.faults.sizes import size
from tests.faults.talking import until
from tests.measuring.province import MORNING, fill
from tests.services import on_file

MONDAY = date(2026, 11, 23)
CHILDREN = size(220, 10_000)
COUNTIES = ("220182", "220184", "220281")
VILLAGES = [
    f"{county}10{township}2{village:02}" for county in COUNTIES for township in range(2) for village in range(3)
]


@pytest.fixture
def county_world(world: World, hands: Hands) -> World:
    """Some villages in three counties, each with a director and two children whose visits are late."""
    hands.moment = datetime(2026, 11, 23, 8, 31, tzinfo=SHANGHAI)
    for village in VILLAGES:
        world.staff("child_director", village)
        with world.work() as work:
            for _ in range(2):
                on_file.child(work, area=village, filed=MONDAY - timedelta(days=20))
    return world


def _morning(world: World) -> None:
    for name in ("visit_plans", "visits"):
        _run(world, name)


def _run(world: World, name: str) -> dict[str, int] | None:
    try:
        return jobs.run(world.database, world.vault, name, world.now())
    except SQLAlchemyError:
        return None  # the other one was faster: the clock tries again at its next tick


def _whole(world: World) -> None:
    """Everything is there exactly once, and what is due agrees everywhere."""
    with world.work() as work:
        keys = work.session.scalars(select(Outbox.natural_key).where(Outbox.key == "visits.digest")).all()
        assert len(keys) == len(set(keys)) == len(VILLAGES)
        assert work.session.scalar(select(func.count()).select_from(VisitEscalation)) == 2 * len(VILLAGES)
        dues = work.session.execute(
            select(Child.next_due, VisitPlan.due, VisitTask.due)
            .join(VisitPlan, VisitPlan.child == Child.uid)
            .join(VisitTask, VisitTask.child == Child.uid)
        ).all()
        assert len(dues) == 2 * len(VILLAGES)
        assert all(next_due == due == owed for next_due, due, owed in dues)


@pytest.mark.parametrize("name", ["visit_plans", "visits"])
def test_two_schedulers_at_once_do_everything_once(county_world: World, name: str) -> None:
    if name == "visits":
        _run(county_world, "visit_plans")
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda _: _run(county_world, name), range(2)))
    for later in ("visit_plans", "visits", "visits"):
        _run(county_world, later)
    _whole(county_world)
    assert _run(county_world, "visits") == {"raised": 0, "handovers": 0, "digests": 0}
    assert _run(county_world, "visit_plans") == {"planned": 0}


def test_two_schedulers_at_once_over_a_whole_province_plan_and_tell_each_once(world: World, hands: Hands) -> None:
    """Guarantee 11: `make test-faults` takes ten thousand children, a commit's tests fewer."""
    directors = fill(world.database, world.vault, CHILDREN)
    for moment, name in ((MORNING - timedelta(hours=10), "visit_plans"), (MORNING, "visits")):
        hands.moment = moment
        with ThreadPoolExecutor(2) as both:
            list(both.map(lambda _, name=name: _run(world, name), range(2)))  # type: ignore[misc]
        _run(world, name)
        assert set((_run(world, name) or {"failed": 1}).values()) == {0}, "nothing was left for a third"
    with world.work() as work:
        keys = work.session.scalars(select(Outbox.natural_key).where(Outbox.key == "visits.digest")).all()
        assert directors / 2 < len(keys) == len(set(keys)) <= directors
        dues = work.session.execute(
            select(Child.next_due, VisitPlan.due, VisitTask.due)
            .join(VisitPlan, VisitPlan.child == Child.uid)
            .join(VisitTask, VisitTask.child == Child.uid)
        ).all()
        assert len(dues) == CHILDREN
        assert all(next_due == due == owed for next_due, due, owed in dues)


@pytest.mark.parametrize(
    ("module", "step"),
    [(mailbox, "push_many"), (ladder, "_raise"), (visit_plans, "_owe")],
    ids=["telling", "raising", "planning"],
)
@pytest.mark.parametrize("at", [1, 2, 3])
def test_killed_half_way_nothing_is_lost_and_nothing_is_said_twice(
    county_world: World, module: object, step: str, at: int
) -> None:
    with dying(module, step, at), pytest.raises(Killed):
        _morning(county_world)
    _morning(county_world)
    _whole(county_world)


def test_a_supervisor_hears_of_all_late_villages_in_one_message(county_world: World) -> None:
    conversation = county_world.staff("child_supervisor", "220182100")
    with county_world.work() as work:
        member = accounts.member(work, conversation)
        assert member is not None
    _morning(county_world)
    with county_world.work() as work:
        rows = work.session.scalars(select(Outbox).where(Outbox.conversation == conversation)).all()
        assert [row.natural_key for row in rows] == [f"digest:{member.account}:{MONDAY}"]


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(days=30)])
@pytest.mark.parametrize("ahead", [True, False])
def test_a_clock_that_jumps_and_comes_back_forgets_no_change_and_says_nothing_twice(
    county_world: World, hands: Hands, jump: timedelta, ahead: bool
) -> None:
    _morning(county_world)
    start = hands.moment
    hands.moment = start + jump if ahead else start - jump
    _morning(county_world)
    hands.moment = start + timedelta(minutes=2)
    with county_world.work() as work:
        uid = work.session.scalars(select(Child.uid)).first()
        child = work.session.get_one(Child, str(uid))
        child.key_focus, child.changed_at = True, work.now
    _morning(county_world)
    with county_world.work() as work:
        assert work.session.get_one(VisitPlan, str(uid)).tier == "key_focus"
        keys = work.session.scalars(select(Outbox.natural_key).where(Outbox.key == "visits.digest")).all()
        assert len(keys) == len(set(keys))
        assert sum(str(MONDAY) in str(key) for key in keys) == len(VILLAGES)


def test_of_two_schedulers_one_holds_the_clock_and_the_other_takes_over_within_a_minute(
    county_world: World, hands: Hands
) -> None:
    duties = {who: Duty(county_world.database, jobs.LEASE, who, jobs.LEASE_FOR) for who in ("first", "second")}

    def holds(who: str) -> bool:
        return duties[who](hands())

    assert [holds("first"), holds("second"), holds("first")] == [True, False, True]
    hands.forward(seconds=10)
    assert not holds("second")
    hands.forward(seconds=10)
    assert [holds("second"), holds("first")] == [True, False]


async def test_a_tick_that_takes_long_is_not_taken_for_a_death(
    county_world: World, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = threading.Event()
    monkeypatch.setattr(jobs, "RENEWED_SECONDS", 0.01)
    monkeypatch.setattr(jobs, "JOBS", [job for job in jobs.JOBS if job.name == "visits"])
    monkeypatch.setattr(jobs, "run", lambda *_, **__: over.wait(HUNG_SECONDS))
    clock = jobs.Clock(county_world.database, county_world.vault, "first", county_world.now, lambda: None)
    clock.start()
    try:
        for _ in range(3):
            hands.forward(seconds=10)
            await until(lambda: lease_until(county_world) == hands() + jobs.LEASE_FOR)
        assert not jobs.hold(county_world.database, "second", hands())
        clock.give_back()
        assert jobs.hold(county_world.database, "second", hands()), "told to stop, it lets the other tick at once"
    finally:
        clock.stop()
        over.set()


def lease_until(county_world: World) -> datetime | None:
    with county_world.database.read() as session:
        return session.scalar(select(Lease.until).where(Lease.name == jobs.LEASE))


def test_a_duty_taken_before_the_clock_was_set_back_is_nobodys(county_world: World, hands: Hands) -> None:
    assert jobs.hold(county_world.database, "first", hands())
    hands.forward(days=-30)
    assert jobs.hold(county_world.database, "second", hands())
    assert not jobs.hold(county_world.database, "first", hands())
