"""Eighteen weeks of families through our rows and words (a year of hundreds is in tests/care).

The checker knows nothing of how the ladder is built: only rows, moments and words.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot import texts
from bot.care import calendar, weeks
from bot.services import contact_ladder, contact_plans, mailbox, silence
from bot.services.work import Work
from bot.storage.database import Database, open_vault
from bot.storage.tables import ContactPlan, ContactRecord, ContactRung, Outbox
from tests.builders import World
from tests.conftest import Hands
from tests.services import family as homes

WEEKS, FAMILIES = 18, 8
FIRST = datetime(2026, 1, 5, 9, 0, tzinfo=calendar.ZONE)
ABROAD = ("Asia/Shanghai", "Asia/Seoul", "Europe/Rome", "America/New_York")
CHARACTERS = ("faithful", "silent", "busy", "fading", "stops", "forbidden", "abroad", "differs")


@dataclass
class Story:
    """One father and one grandmother, what they do, and what the checker is to find."""

    home: homes.Family
    character: str
    father: str
    carer: str
    planted: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)


def _stories(world: World, hands: Hands, draw: random.Random) -> list[Story]:
    stories = []
    for number in range(FAMILIES):
        hands.forward(minutes=7)
        home = homes.make(world, "father", "carer")
        day, hour = draw.choice(["usual", "1", "2", "5", "7"]), draw.choice(["07:30", "12:30", "19:00", "20:30"])
        father, carer = _joined(world, home, "father", day, hour), _joined(world, home, "carer", "usual", "19:00")
        story = Story(home, CHARACTERS[number % len(CHARACTERS)], father, carer)
        with world.work() as work:
            plan = work.session.get_one(ContactPlan, homes.plan(world, home, "father").uid)
            plan.zone = ABROAD[number % len(ABROAD)] if story.character == "abroad" else "Asia/Shanghai"
            plan.allowed = story.character != "forbidden"
        stories.append(story)
    return stories


def _joined(world: World, home: homes.Family, kind: str, day: str, hour: str) -> str:
    """Somebody who came in with a code (test_joining tells how), with the day and hour they chose."""
    talk = world.citizen()
    chosen = {"weekday": 4 if day == "usual" else int(day), "clock": hour, "zone": "Asia/Shanghai", "simple": False}
    with world.work() as work:
        contact_plans.reach(work, home.people[kind], talk)
        contact_plans.lay(work, home.people[kind], chosen)
    return talk


def _answer(world: World, story: Story, now: datetime, draw: random.Random) -> None:
    """What this father does in a week in which he was asked."""
    week = weeks.named(now)
    weeks_in = (now - FIRST).days // 7
    faithful = story.character in ("faithful", "abroad", "differs") or (story.character == "fading" and weeks_in < 10)
    if faithful or (story.character == "silent" and weeks_in == 15):
        words = draw.choice(["contact.contact=video", "昨晚视频了，娃挺好", "打过电话了，都挺好"])
        _do(world, story.father, words)
        story.answered.add(week)
    elif story.character == "busy":
        _do(world, story.father, "contact.contact=no")
        _do(world, story.father, f"contact.remind={draw.choice(['tonight', 'tomorrow', 'none'])}")
    elif story.character == "stops" and weeks_in >= 6:
        world.say(story.father, "停止")


def _do(world: World, talk: str, words: str) -> None:
    world.tap(talk, words) if words.startswith("contact.") else world.say(talk, words)


def _at_home(world: World, story: Story, now: datetime) -> None:
    """The grandmother answers when she was asked; in some weeks of some families she says the opposite."""
    week = weeks.named(now)
    if story.character == "differs" and week in story.answered and (now - FIRST).days // 7 % 6 == 4:
        world.tap(story.carer, "contact.calls=long")
        story.planted.add(week)
    elif week in story.answered:
        world.tap(story.carer, "contact.calls=yes")


def _asked(world: World) -> set[str]:
    """Conversations in which this week's question has arrived."""
    with world.work() as work:
        return set(
            work.session.scalars(
                select(Outbox.conversation).where(
                    Outbox.push.is_(True),
                    Outbox.key.startswith("contact.push"),
                    Outbox.not_before <= work.now,
                    Outbox.created_at >= weeks.begin(work.now),
                )
            )
        )


def test_eighteen_weeks_of_families(sqlite: Database, key_file: Path, hands: Hands) -> None:
    """Hours are jumped over, ticks come twice, the service is away for days, the process starts anew."""
    draw = random.Random(20260105)
    hands.moment = FIRST
    vault = open_vault(sqlite, key_file)
    world = World(sqlite, vault, hands)
    director, supervisor = world.staff("child_director"), world.staff("child_supervisor", "220182101")
    stories = _stories(world, hands, draw)
    done: set[tuple[str, str]] = set()
    while hands.moment < FIRST + timedelta(weeks=WEEKS):
        hands.moment = _next_moment(world, hands.moment, draw)
        if draw.random() < 0.05:
            sqlite.engine.dispose()  # the process starts anew
        with world.work() as work:
            silence.settle(work)
        homes.tick(world)
        if draw.random() < 0.1:
            _tick_again(world, hands.moment)
        week, asked = weeks.named(hands.moment), _asked(world)
        for story in stories:
            if story.father in asked and (story.father, week) not in done:
                done.add((story.father, week))
                _answer(world, story, hands.moment, draw)
            if story.carer in asked and (story.carer, week) not in done and (story.father, week) in done:
                done.add((story.carer, week))
                _at_home(world, story, hands.moment)
    _check_pushes(world, stories)
    _check_rungs(world, stories)
    assert world.pushes(director)
    assert world.pushes(supervisor)


def _next_moment(world: World, now: datetime, draw: random.Random) -> datetime:
    """A few minutes after something is due, half a day later at most; now and then the service is away for days."""
    if draw.random() < 0.01:
        return now + timedelta(hours=60)
    with world.work() as work:
        due = work.session.scalar(select(func.min(ContactPlan.next_due)))
    soon = max(now, due.astimezone(calendar.ZONE)) + timedelta(minutes=draw.randint(2, 25))
    return min(soon, now + timedelta(hours=12))


def _tick_again(world: World, now: datetime) -> None:
    """The same tick once more, and one of a machine whose clock is an hour behind: neither does anything."""
    for moment in (now, now - timedelta(hours=1)):
        with world.database.begin() as session:
            again = contact_ladder.tick(Work(session, world.vault, moment))
        assert again["sent"] == again["rungs"] == 0


def _check_pushes(world: World, stories: list[Story]) -> None:
    with world.work() as work:
        for story in stories:
            plan = work.session.scalars(
                select(ContactPlan).where(ContactPlan.person == story.home.people["father"])
            ).one()
            rows = work.session.scalars(
                select(Outbox).where(Outbox.conversation == story.father, Outbox.push.is_(True)).order_by(Outbox.id)
            ).all()
            by_week: dict[str, list[str]] = defaultdict(list)
            for row in rows:
                assert not calendar.is_quiet(row.not_before, ZoneInfo(plan.zone)), (story.character, row.key)
                assert "测试娃" not in texts.render(row.key, mailbox.args_of(work, row)).text
                if row.key.startswith("contact.push"):
                    by_week[weeks.named(row.not_before)].append(row.key)
            for week, keys in by_week.items():
                first = [key for key in keys if key.endswith("prompt") and not key.endswith("reprompt")]
                assert len(first) <= 1, (story.character, week, keys)
                assert keys.count("contact.push.repeat") <= 2
                assert len(keys) <= 3
            if story.character == "forbidden":
                assert rows == []
            if story.character == "stops":
                assert plan.stopped_at is not None
                assert all(row.created_at <= plan.stopped_at for row in rows)
            if story.character == "faithful":
                assert len(by_week) >= WEEKS - 4  # the days away may swallow a week


def _check_rungs(world: World, stories: list[Story]) -> None:
    with world.work() as work:
        keys = work.session.scalar(select(func.count(ContactRung.natural_key.distinct())))
        assert keys == work.session.scalar(select(func.count(ContactRung.uid)))
        for story in stories:
            rungs = work.session.scalars(
                select(ContactRung).where(ContactRung.child == story.home.child).order_by(ContactRung.opened_at)
            ).all()
            reasons = {rung.reason for rung in rungs}
            found = {rung.natural_key[-8:] for rung in rungs if rung.reason == "voices_differ"}
            assert found == story.planted, story.character
            if story.character in ("silent", "busy", "fading", "stops"):
                assert {"missed_weeks_2", "missed_weeks_4"} <= reasons, (story.character, reasons)
            if story.character == "forbidden":
                assert not reasons & {"missed_weeks_2", "missed_weeks_4"}
            if story.character == "faithful":
                assert not any(rung.closed_at is None for rung in rungs)
            _check_streaks(work.session.scalars(_records(story)).all(), rungs, story)


def _records(story: Story):  # type: ignore[no-untyped-def]
    return select(ContactRecord).where(
        ContactRecord.person == story.home.people["father"], ContactRecord.confirmed_by.is_not(None)
    )


def _check_streaks(confirmed: list[ContactRecord], rungs: list[ContactRung], story: Story) -> None:
    """A task of two missed weeks stands only after two weeks without any confirmation, and falls with the next one."""
    known = {row.week for row in confirmed}
    for rung in rungs:
        if rung.reason != "missed_weeks_2":
            continue
        before = [weeks.named(rung.opened_at - timedelta(weeks=back)) for back in (1, 2)]
        assert not known & set(before), (story.character, before)
        later = sorted(week for week in known if week > weeks.named(rung.opened_at))
        if later:
            assert rung.closed_at is not None, story.character
