"""Guarantee 24: a migration killed half-way, up or down, leaves the shape it began with and every row; the next start
brings the new one."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import insert, text

from bot.storage.database import Database
from bot.storage.migrate import FOLDER, NEWEST, upgrade
from bot.storage.tables import Conversation, Outbox
from tests.builders import World
from tests.faults.gateway_process import HUNG_SECONDS, ROOT
from tests.faults.sizes import size

OLD = "0002"
ROWS, AT_ONCE = size(500, 100_000), 5_000
DYING = """
import os, sys
from alembic import command
from alembic.config import Config
from sqlalchemy import event
from bot.storage.database import Database
from bot.storage.migrate import FOLDER, upgrade

database, left, way = Database(sys.argv[1]), int(sys.argv[2]), sys.argv[3]

@event.listens_for(database.engine, "after_cursor_execute")
def die(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), 9)

if way == "up":
    upgrade(database)
else:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, way)
"""


def _downgrade(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, OLD)


def _killed(database: Database, statements: int, way: str) -> None:
    database.close()
    address = database.engine.url.render_as_string(hide_password=False)
    died = subprocess.run([sys.executable, "-c", DYING, address, str(statements), way], cwd=ROOT, timeout=HUNG_SECONDS)
    assert died.returncode == -9


def _shape(database: Database) -> str:
    with database.engine.connect() as connection:
        return str(connection.scalar(text("select version_num from alembic_version")))


def _fill(world: World) -> None:
    """A report with all that belongs to it, and many rows that nothing but their bytes tells apart."""
    world.say(world.citizen(), "公主岭市响水镇姜家店村邻居家孩子总挨打身上都是伤")
    with world.work() as work:
        talk = {"uid": "many", "channel": "web", "created_at": work.now}
        work.session.execute(insert(Conversation), [talk])
        for first in range(0, ROWS, AT_ONCE):
            rows = [
                {
                    "uid": f"row-{number:020d}",
                    "conversation": "many",
                    "key": "chat.help",
                    "args_sealed": sha256(str(number).encode()).digest() * 2,
                    "not_before": work.now,
                    "created_at": work.now,
                }
                for number in range(first, min(first + AT_ONCE, ROWS))
            ]
            work.session.execute(insert(Outbox), rows)


def _bytes(world: World) -> str:
    """What a migration must not touch, as one digest."""
    found = sha256()
    with world.database.engine.connect() as connection:
        for row in connection.execute(text("select id, uid, conversation, key, args_sealed from outbox order by id")):
            found.update(repr([bytes(one) if isinstance(one, memoryview) else one for one in row]).encode())
    report = world.report()
    return f"{found.hexdigest()} {(report.uid, report.state, report.told_sealed)}"


@pytest.mark.parametrize("statements", [12, 40])
def test_killed_half_way_nothing_of_it_stands_and_the_next_start_ends_it(world: World, statements: int) -> None:
    _fill(world)
    before = _bytes(world)
    _downgrade(world.database)
    _killed(world.database, statements, "up")
    assert _shape(world.database) == OLD
    assert upgrade(world.database) is True
    assert _bytes(world) == before


def test_killed_on_the_way_down_nothing_of_it_stands(world: World) -> None:
    _fill(world)
    before = _bytes(world)
    _killed(world.database, 40, OLD)
    assert _shape(world.database) == NEWEST
    assert _bytes(world) == before
