"""Children on file for tests of visits: who lives where, how they are looked after, when they were filed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from bot import jobs
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Child, Household, Responsibility
from tests.builders import World
from tests.conftest import SHANGHAI, Hands
from tests.services.cases import VILLAGE

_numbers = count(1)


def home(work: Work, area: str = VILLAGE) -> str:
    """A household in a village."""
    uid = opaque_id()
    work.session.add(Household(uid=uid, area=area, created_at=work.now))
    work.session.flush()
    return uid


def child(
    work: Work,
    name: str = "李小明",
    *,
    household: str | None = None,
    area: str = VILLAGE,
    filed: date,
    office: bool = True,
    birth: str = "2016-05-01",
    **columns: Any,
) -> str:
    """A child on file, left behind, with the office of its village; further columns as given."""
    uid = opaque_id()
    row = Child(
        uid=uid,
        number=f"T{next(_numbers):07d}",
        household=household or home(work, area),
        area=area,
        profile_sealed=work.seal("children.profile", uid, {"name": name, "birth_date": birth}),
        filed_on=filed,
        created_at=work.now,
        changed_at=work.now,
        **{"state": "active", "left_behind": "eligible", "hardship": "not_eligible", "key_focus": False, **columns},
    )
    work.session.add(row)
    work.session.flush()
    if office:
        work.session.add(
            Responsibility(uid=opaque_id(), child=uid, duty="visit", area=area, since=filed, why="registered")
        )
        work.session.flush()
    return uid


def homes(world: World, *names: str, filed: date, **more: Any) -> list[str]:
    """One child in a home of its own for each name, with their plans; returns the homes."""
    with world.work() as work:
        found = [home(work) for _ in names]
        for uid, name in zip(found, names, strict=True):
            child(work, name, household=uid, filed=filed, **more)
    jobs.run(world.database, world.vault, "visit_plans", world.now())
    return found


def days(count: int) -> timedelta:
    return timedelta(days=count)


def clock(hands: Hands, day: date, hour: int = 8, minute: int = 31) -> None:
    """Set the clock of a test: by default to the minute after the morning message."""
    hands.moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


def tick(world: World, name: str = "visits") -> dict[str, int]:
    """Let one of the clock's jobs run now."""
    return jobs.run(world.database, world.vault, name, world.now())
