"""Guarantee 24: a migration killed half-way leaves the old shape with its rows; the next start brings the new one."""

from __future__ import annotations

import subprocess
import sys

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from bot.storage.migrate import FOLDER, upgrade
from tests.builders import World
from tests.faults.gateway_process import HUNG_SECONDS, ROOT

OLD = "0002"
DYING = """
import os, sys
from sqlalchemy import event
from bot.storage.database import Database
from bot.storage.migrate import upgrade

database, left = Database(sys.argv[1]), int(sys.argv[2])

@event.listens_for(database.engine, "after_cursor_execute")
def die(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), 9)

upgrade(database)
"""


@pytest.mark.parametrize("statements", [12, 40])
def test_killed_half_way_nothing_of_it_stands_and_the_next_start_ends_it(world: World, statements: int) -> None:
    world.say(world.citizen(), "公主岭市响水镇姜家店村邻居家孩子总挨打身上都是伤")
    before = world.report()
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with world.database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, OLD)
    world.database.close()
    address = world.database.engine.url.render_as_string(hide_password=False)
    died = subprocess.run([sys.executable, "-c", DYING, address, str(statements)], cwd=ROOT, timeout=HUNG_SECONDS)
    assert died.returncode == -9
    with world.database.engine.connect() as connection:
        assert connection.scalar(text("select version_num from alembic_version")) == OLD
    assert upgrade(world.database) is True
    after = world.report()
    assert (after.uid, after.state, after.told_sealed) == (before.uid, before.state, before.told_sealed)
