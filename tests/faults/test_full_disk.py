"""Guarantee 23: a full disk at every write. Nothing is acknowledged that is not kept, nothing breaks, it comes back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path as Folder

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from bot.services import journal
from bot.services.mail import mailbox
from bot.storage.tables import Inbox, Outbox, Report
from tests.builders import World
from tests.conftest import Hands
from tests.faults.gateway_process import HUNG_SECONDS, ROOT
from tests.faults.talking import ON_SQLITE, path_of

DANGER = "孩子掉河里了快救命"
# Root needs no user space of its own, and PostgreSQL could not leave root behind in one.
SPACE = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]


class Room:
    """How many pages the database file may have, for whoever writes next."""

    def __init__(self, world: World) -> None:
        self.pages = 0
        self._world = world

        @event.listens_for(world.database.engine, "begin")
        def limit(connection: object) -> None:
            connection.connection.execute(f"PRAGMA max_page_count={self.pages or 2**30}")  # type: ignore[attr-defined]

    def leave(self, pages: int) -> None:
        """So many more than there are."""
        with self._world.database.read() as session:
            self.pages = int(session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()) + pages

    def enough(self) -> None:
        """No limit."""
        self.pages = 0


@pytest.fixture
def room(world: World) -> Iterator[Room]:
    return Room(world)


@ON_SQLITE
async def test_at_whichever_write_the_disk_is_full_nothing_is_half_done_and_it_goes_on_when_there_is_room(
    world: World, hands: Hands, room: Room
) -> None:
    """One page more each time, from the first write of a message to its last."""
    failed_at: set[str] = set()
    for pages in range(24):
        somebody = world.citizen()
        before = _counted(world)
        room.leave(pages)
        inbox_id, where = None, "kept"
        try:
            inbox_id = world.hear(somebody, {"text": DANGER + "他" * 3000})
            where = "done"
            await path_of(world).handle(inbox_id)
            where = ""
        except OperationalError as error:
            if "full" not in str(error):
                raise
        room.enough()
        failed_at.add(where)
        assert _whole(world) == "ok"
        if where:
            assert _counted(world) == before, "half of it is there"
        if inbox_id is None:
            inbox_id = world.hear(somebody, {"text": DANGER})
        hands.forward(seconds=13)
        with world.work() as work:
            waiting = mailbox.waiting(work)
        assert waiting == ([inbox_id] if where else [])
        for one in waiting:
            await path_of(world).handle(one)
        assert _counted(world)[0] == before[0] + 1
        assert len(world.keys_to(inbox_id)) == len(set(world.keys_to(inbox_id))) >= 1
    assert failed_at == {"kept", "done", ""}, "every stage was met"
    with world.work() as work:
        assert journal.verify(work).first_wrong is None
        assert set(work.session.scalars(select(Inbox.state))) == {"done"}


def _counted(world: World) -> tuple[int, int]:
    with world.database.read() as session:
        reports = session.scalar(select(func.count()).select_from(Report)) or 0
        return reports, session.scalar(select(func.count()).select_from(Outbox)) or 0


def _whole(world: World) -> str:
    with world.database.read() as session:
        return str(session.connection().exec_driver_sql("PRAGMA integrity_check").scalar_one())


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_on_a_disk_that_is_really_full_nothing_is_acknowledged_and_room_is_all_it_needs(
    kind: str, tmp_path: Folder
) -> None:
    if shutil.which("unshare") is None or subprocess.run([*SPACE, "true"], capture_output=True).returncode:
        pytest.skip("no disk of one's own can be mounted here")
    if kind == "postgres" and os.geteuid() != 0:
        pytest.skip("PostgreSQL starts as nobody's root only, and the user space would make it root")
    command = [*SPACE, sys.executable, "-m", "tests.faults.full_disk", kind, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=4 * HUNG_SECONDS)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    print(done.stdout)
