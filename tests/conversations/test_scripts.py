"""Whole talks written from what a person needs, played against gateway, action server and real Rasa."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.reading.where import places
from bot.services.work import Work
from bot.storage.database import Database, open_vault
from bot.storage.tables import Child, Report, ReportLink
from tests.conftest import SHANGHAI
from tests.conversations.conftest import Running
from tests.conversations.player import NewChild, Player, scripts
from tests.services import family as homes

SCRIPTS = scripts()
LOST_CODE = "25_lost_code"
BEGINS = datetime(2026, 11, 30, 10, 0, tzinfo=SHANGHAI)
"""A Monday morning: nothing waits for the end of the night."""


class Clock:
    """The time of the running processes, which only goes on."""

    def __init__(self, file: Path) -> None:
        self.file, self._added = file, BEGINS - datetime.now(UTC)
        self.forward(timedelta())

    def forward(self, by: timedelta) -> None:
        """Let time pass."""
        self._added += by
        self.file.write_text(str(self._added.total_seconds() / 3600))

    def now(self) -> datetime:
        """The moment it shows."""
        return datetime.now(UTC) + self._added

    def next_morning(self) -> None:
        """Let it be ten o'clock of the next day."""
        today = self.now().astimezone(SHANGHAI)
        self.forward((today + timedelta(days=1)).replace(hour=10, minute=0, second=0) - today)


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Clock:
    return Clock(tmp_path_factory.mktemp("clock") / "hours")


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("scripts")
    found = Running(folder, {}, clock.file)
    try:
        found.start()
        yield found
    finally:
        found.stop()


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_talk_goes_as_the_person_needs_it(name: str, system: Running, clock: Clock) -> None:
    clock.next_morning()
    Player(system, clock.forward, _new_child(system, clock)).play(SCRIPTS[name])
    if name == LOST_CODE:
        _both_are_open_and_linked(system)


def _both_are_open_and_linked(system: Running) -> None:
    """The last two of that township: the second telling stands beside the first, neither swallows the other.

    Of that township, because what another talk left half told may be reported by the clock meanwhile.
    """
    told_of = places.find("公主岭市响水镇").best
    assert told_of is not None
    database = Database(f"sqlite:///{system.folder / 'var' / 'hutong.db'}")
    with database.begin() as session:
        there = select(Report).where(Report.area.startswith(told_of.code, autoescape=True))
        second, first = session.scalars(there.order_by(Report.received_at.desc()).limit(2)).all()
        links = session.scalars(select(ReportLink).where(ReportLink.report.in_((first.uid, second.uid)))).all()
        (link,) = [one for one in links if {one.report, one.other} == {first.uid, second.uid}]
        assert (link.kind, link.by) == ("similar", None)
        assert (first.closed_at, second.closed_at) == (None, None)
    database.close()


def test_there_are_twenty_of_them_and_each_says_what_is_needed() -> None:
    assert len(SCRIPTS) >= 20
    assert [name for name, script in SCRIPTS.items() if not (script["title"] and script["needs"])] == []


def _new_child(system: Running, clock: Clock) -> NewChild:
    def make(area: str) -> str:
        folder = system.folder / "var"
        database = Database(f"sqlite:///{folder / 'hutong.db'}")
        with database.begin() as session:
            work = Work(session, open_vault(database, folder / "keys.json"), clock.now())
            number = session.get_one(Child, homes.child(work, homes.BORN, area)).number
        database.close()
        return str(number)

    return make
