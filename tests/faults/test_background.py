"""Batches shared by workers on a real PostgreSQL: each is done once, also when a worker is killed amid it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from sqlalchemy import func, select, text

from bot import jobs
from bot.background import handing
from bot.background.working import LONGEST_WAIT, MOST_TRIES, Again, Background, BatchFailed
from bot.cli import keys
from bot.clock import utc_now
from bot.services import load
from bot.services.privacy import rotating
from bot.services.register import reassessing
from bot.storage.crypto import Vault, add_key
from bot.storage.database import Database, open_vault
from bot.storage.tables import ChildAssessment, Lease, Outbox
from tests.builders import World
from tests.conftest import Hands
from tests.faults.gateway_process import HUNG_SECONDS, ROOT
from tests.faults.talking import until
from tests.services.on_file import child, days
from tests.services.registered import filed

AWAY = {"father_away_status": "away_for_work", "mother_away_status": "away_for_work"}


@pytest.fixture
def house(postgres: Database, key_file: Path, hands: Hands) -> World:
    return World(postgres, open_vault(postgres, key_file), hands)


@pytest.fixture
def five_birthdays(house: World, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> World:
    """Five children who turn 16, three batches of them handed out."""
    monkeypatch.setattr(reassessing, "BATCH", 2)
    for number in range(5):
        filed(house, f"王小{number}", birth_date=date(2010, 11, 25), facts=AWAY)
    hands.forward(days=3)
    assert tick(house, "register")["handed_out"] == 3
    return house


def tick(house: World, name: str) -> dict[str, int]:
    return jobs.run(house.database, house.vault, name, house.now(), shared=True)


def batches(house: World) -> Counter[str]:
    with house.database.read() as session:
        rows = session.execute(text("select status::text, count(*) from procrastinate_jobs group by status"))
        return Counter({status: count for status, count in rows})


def assessments(house: World) -> list[int]:
    """How many assessments each child has."""
    with house.database.read() as session:
        return sorted(session.scalars(select(func.count(ChildAssessment.uid)).group_by(ChildAssessment.child)))


def killed_worker(house: World, deadly: int, where: str) -> None:
    url = house.database.engine.url.render_as_string(hide_password=False)
    words = [url, str(house.vault.path), house.now().isoformat(), str(deadly), where]
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults.dying_worker", *words], cwd=ROOT, timeout=HUNG_SECONDS, check=False
    )
    assert ended.returncode == -9


def nobody_hears_of_it_any_more(house: World) -> None:
    """As if a minute had gone by since the kill: on the clocks of PostgreSQL and of our leases."""
    with house.database.begin() as session:
        session.execute(text("update procrastinate_workers set last_heartbeat = now() - interval '1 minute'"))
        for lease in session.scalars(select(Lease)):
            lease.until = house.now() - days(1)


@asynccontextmanager
async def workers(house: World, count: int = 1) -> AsyncIterator[None]:
    stopping = asyncio.Event()
    running = [
        asyncio.create_task(Background(house.database, house.vault, house.now).run(stopping)) for _ in range(count)
    ]
    yield
    stopping.set()
    await asyncio.wait_for(asyncio.gather(*running), HUNG_SECONDS)


def nothing_waits(house: World) -> Callable[[], bool]:
    return lambda: not batches(house)


async def test_two_workers_do_every_batch_once_and_a_second_tick_meanwhile_hands_out_nothing(
    five_birthdays: World,
) -> None:
    assert tick(five_birthdays, "register")["handed_out"] == 0
    async with workers(five_birthdays, 2):
        await until(nothing_waits(five_birthdays))
    assert assessments(five_birthdays) == [2] * 5
    assert tick(five_birthdays, "register")["handed_out"] == 0


@pytest.mark.parametrize("where", ["inside", "after"])
async def test_a_batch_whose_worker_was_killed_is_taken_up_by_the_sweep_and_done_once(
    five_birthdays: World, where: str
) -> None:
    killed_worker(five_birthdays, 2, where)
    assert batches(five_birthdays)["doing"] > 0, "nobody but our sweep gives it to another worker"
    nobody_hears_of_it_any_more(five_birthdays)
    async with workers(five_birthdays):
        await until(nothing_waits(five_birthdays))
    assert assessments(five_birthdays) == [2] * 5


def test_a_batch_is_handed_out_with_the_transaction_that_notes_it_or_not_at_all(house: World) -> None:
    with house.work() as work:
        handing.hand_out(work, handing.REASSESS, [{"uids": ["a"]}])
        work.session.rollback()
    assert not batches(house)


async def test_digests_are_written_county_by_county_and_each_once(house: World, hands: Hands) -> None:
    for area in ("220182104201", "220184104202"):
        house.staff("child_director", area)
        with house.work() as work:
            child(work, area=area, filed=date(2026, 9, 1))
    jobs.run(house.database, house.vault, "visit_plans", house.now())
    hands.forward(days=30)
    assert tick(house, "visits")["handed_out"] == 2
    assert tick(house, "visits")["handed_out"] == 0
    async with workers(house, 2):
        await until(nothing_waits(house))
    with house.database.read() as session:
        keys = session.scalars(select(Outbox.natural_key).where(Outbox.natural_key.like("digest:%"))).all()
    assert len(keys) == len(set(keys)) == 2


async def test_a_new_key_is_brought_to_every_value_by_the_workers(
    house: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotating, "BATCH", 3)
    for number in range(8):
        filed(house, f"王小{number}")
    assert house.vault.path is not None
    key = add_key(house.vault.path)
    newest = Vault.load(house.vault.path)
    async with workers(house, 2):
        sealed, left = await asyncio.to_thread(keys._until_nothing_is_left, house.database, newest, keys._shared)
    assert left == 0
    assert sealed["children.profile"] == 8
    assert house.vault.current == key


async def test_a_worker_whose_sign_of_life_failed_once_goes_on_giving_signs(
    house: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Procrastinate's own saying so ends for good then; the worker works on, and is held for dead."""
    signs: list[int] = []

    async def sign(_: JobManager, worker_id: int) -> None:
        signs.append(worker_id)
        if len(signs) == 1:
            raise ConnectorException

    monkeypatch.setattr(JobManager, "update_heartbeat", sign)
    background, stopping = Background(house.database, house.vault, house.now), asyncio.Event()
    background.silent_seconds = 0.3
    running = asyncio.create_task(background.run(stopping))
    await until(lambda: len(signs) >= 4)
    stopping.set()
    await asyncio.wait_for(running, HUNG_SECONDS)


def test_a_batch_that_failed_comes_again_after_minutes_at_most_whatever_was_killed_before() -> None:
    waits = []
    for attempts in range(MOST_TRIES):
        job = Job(id=1, queue="q", lock=None, queueing_lock=None, task_name="reassess", attempts=attempts)
        decided = Again().get_retry_decision(exception=BatchFailed(), job=job)
        assert decided is not None
        assert decided.retry_at is not None
        waits.append(round((decided.retry_at - utc_now()).total_seconds()))
    assert waits[:3] == [2, 4, 8]
    assert max(waits) == LONGEST_WAIT


async def test_what_one_batch_waits_for_holds_up_nobody_elses_children(five_birthdays: World, hands: Hands) -> None:
    with five_birthdays.database.begin() as session:
        session.execute(text("update procrastinate_jobs set attempts = 9, scheduled_at = now() + interval '1 hour'"))
    for number in range(3):
        filed(five_birthdays, f"李小{number}", birth_date=date(2010, 11, 29), facts=AWAY)
    hands.forward(days=10)
    assert tick(five_birthdays, "register")["handed_out"] == 2
    assert tick(five_birthdays, "register")["handed_out"] == 0, "who is in a batch comes into no second one"


async def test_a_batch_that_cannot_be_done_comes_again_later_and_tells_no_content(
    house: World, caplog: pytest.LogCaptureFixture
) -> None:
    with house.work() as work:
        handing.hand_out(work, handing.ROTATE, [{"place": "children.profile", "first": "a", "last": "b", "key": 99}])
    async with workers(house):
        await until(lambda: "KeyFileError" in caplog.text)
        await until(lambda: batches(house)["todo"])
    with house.work() as work:
        assert load.tell(work)["background_waiting"] == 1
