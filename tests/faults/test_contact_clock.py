"""Guarantees 11 to 14 of the ticks of contact and of 委托照护: two schedulers at once, killed in the middle, days of
silence, clocks that jump, quiet hours. Everybody is asked once, and every arrangement that is due is told once."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from bot import jobs
from bot.care import calendar
from bot.services import conversations
from bot.services.contact import plans as contact_plans
from bot.services.contact import sending as contact_sending
from bot.services.entrusted import arrangements
from bot.services.entrusted import telling as entrusted_telling
from bot.services.mail import mailbox
from bot.storage.tables import ContactRecord, ContactRung, Outbox
from tests.builders import VILLAGE, World
from tests.conftest import SHANGHAI, Hands
from tests.faults.dying import Killed, dying
from tests.faults.sizes import size
from tests.faults.test_visit_kills import killed
from tests.services import family as homes

FAMILIES, KILLS = 8, size(12, 100)
EVENING = datetime(2026, 11, 26, 19, 1, tzinfo=SHANGHAI)
ASKED = {"weekday": 4, "clock": "19:00", "zone": calendar.ZONE.key, "simple": False}
TICKS = ("contact", "entrusted")
LONGEST_LIFE = 0.2
MOST_TRIES = 400


@pytest.fixture
def far_apart(world: World, hands: Hands) -> World:
    """Fathers who joined before this week and are asked on Thursdays at seven; signed arrangements whose notices are
    due today; the director of the village."""
    world.staff("child_director", VILLAGE)
    hands.moment = EVENING - timedelta(days=5)
    for _ in range(FAMILIES):
        home = homes.make(world, "father")
        with world.work() as work:
            talk = conversations.open_web(work).conversation
            contact_plans.reach(work, home.people["father"], talk)
            contact_plans.lay(work, home.people["father"], ASKED)
            row = arrangements.begin(work, talk, VILLAGE, {"carer": "李桂兰"}, child=home.child)
            row.state, row.due_on = "agreement_signed", EVENING.date()
    hands.moment = EVENING
    return world


def _tick(world: World, name: str = "") -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in (name,) if name else TICKS:
        try:
            counts |= jobs.run(world.database, world.vault, one, world.now())
        except SQLAlchemyError:
            continue  # the other one was faster: the clock tries again at its next tick
    return counts


def _pushed(world: World, key: str) -> list[str]:
    with world.work() as work:
        return [str(row) for row in work.session.scalars(select(Outbox.natural_key).where(Outbox.key == key))]


def _once(world: World, key: str, times: int = FAMILIES) -> None:
    keys = _pushed(world, key)
    assert len(keys) == len(set(keys)) == times, (key, len(keys))


def _whole(world: World) -> None:
    """Everybody was asked once, and what is due of each arrangement was told once to each."""
    _once(world, "contact.push.prompt")
    _once(world, "entrusted.notice_missing")
    _once(world, "entrusted.remind")
    with world.work() as work:
        assert {row.sends for row in work.session.scalars(select(ContactRecord))} == {1}


def test_two_schedulers_at_once_ask_and_remind_everybody_once(far_apart: World) -> None:
    for name in TICKS:
        with ThreadPoolExecutor(2) as both:
            list(both.map(lambda _, name=name: _tick(far_apart, name), range(2)))
    _tick(far_apart)
    _whole(far_apart)
    assert [_tick(far_apart)[name] for name in ("sent", "reminded", "raised")] == [0, 0, 0]


@pytest.mark.parametrize(
    ("module", "step"), [(contact_sending, "send"), (entrusted_telling, "office"), (mailbox, "say")]
)
@pytest.mark.parametrize("at", [1, 5])
def test_killed_half_way_nobody_is_forgotten_and_nobody_asked_twice(
    far_apart: World, module: object, step: str, at: int
) -> None:
    with dying(module, step, at), pytest.raises(Killed):
        _tick(far_apart)
    _tick(far_apart)
    _whole(far_apart)


def test_processes_killed_at_any_moment_of_the_evening_leave_it_whole(far_apart: World, hands: Hands) -> None:
    seed = random.randrange(10**6)
    chance, kills, weeks = random.Random(seed), 0, 0
    while kills < KILLS:
        for _ in range(min(KILLS, 12)):
            kills += killed(far_apart, chance.uniform(0.002, LONGEST_LIFE), _tick)
        _tick(far_apart)
        weeks += 1
        assert weeks < MOST_TRIES, f"seed {seed}: only {kills} kills hit the tick"
        first, softer = (len(_pushed(far_apart, f"contact.push.{kind}")) for kind in ("prompt", "softer_prompt"))
        assert first + softer == FAMILIES * weeks, f"seed {seed}"
        assert len(_pushed(far_apart, "entrusted.remind")) == FAMILIES, f"seed {seed}"
        hands.forward(days=7)


def test_after_three_days_of_silence_one_question_comes_and_not_three(far_apart: World, hands: Hands) -> None:
    hands.forward(days=3)
    for _ in range(3):
        _tick(far_apart)
        hands.forward(minutes=11)
    _whole(far_apart)
    assert _pushed(far_apart, "contact.push.repeat") == []


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(days=30), timedelta(days=-30)])
def test_a_clock_that_jumps_and_comes_back_asks_nobody_twice_in_a_week(
    far_apart: World, hands: Hands, jump: timedelta
) -> None:
    _tick(far_apart)
    hands.moment = EVENING + jump
    _tick(far_apart)
    hands.moment = EVENING + timedelta(minutes=20)
    _tick(far_apart)
    _once(far_apart, "entrusted.notice_missing")
    with far_apart.work() as work:
        for model in (Outbox, ContactRung):
            keys = [row for row in work.session.scalars(select(model.natural_key)) if row is not None]
            assert len(keys) == len(set(keys))
        weeks = work.session.execute(select(ContactRecord.person, ContactRecord.week)).all()
        assert len(weeks) == len(set(weeks))
    of_this_week = [key for key in _pushed(far_apart, "contact.push.prompt") if "W48" in key]
    assert len(of_this_week) == FAMILIES


def test_three_weeks_of_silence_push_nothing_in_the_quiet_hours(far_apart: World, hands: Hands) -> None:
    hours = size(11, 2)  # eleven do not divide a day: every hour comes up in three weeks
    for _ in range(3 * 7 * 24 // hours):
        hands.forward(hours=hours)
        _tick(far_apart)
    with far_apart.work() as work:
        rows = work.session.scalars(select(Outbox).where(Outbox.push.is_(True))).all()
        due = sorted(calendar.local(row.not_before).time() for row in rows if not row.key.startswith("staff.alert"))
    assert len(due) > FAMILIES * 6
    assert due[0] >= time(8)
    assert due[-1] < time(21)
