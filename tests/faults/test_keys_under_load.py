"""A new key while people write: nothing they write is lost, everything ends under the new key, everything opens."""

from __future__ import annotations

import threading
from contextlib import suppress
from itertools import count
from pathlib import Path

from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.cli import keys
from bot.services.privacy import rotating
from bot.services.work import Work
from bot.storage.crypto import Vault, add_key
from tests.builders import World
from tests.faults.gateway_process import HUNG_SECONDS

WRITERS = 2
STORY = "公主岭市响水镇姜家店村邻居家孩子总挨打身上都是伤"


class Writer(threading.Thread):
    """A process of its own, as far as keys go: it loaded the key file before there was a new key."""

    def __init__(self, world: World, key_file: Path, enough: threading.Event, number: int) -> None:
        super().__init__()
        self.world = World(world.database, Vault.load(key_file), world.now)
        self.world._numbers = count(number * 100_000)  # messages of its own
        self.enough, self.began, self.talks = enough, threading.Event(), list[str]()
        self.failed: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.enough.is_set():
                with suppress(PoolTimeout):  # on SQLite others may write for three seconds: people try again
                    talk = self.world.citizen()
                    self.talks.append(talk)
                    self.world.say(talk, STORY)
                    self.began.set()
        except BaseException as error:  # noqa: BLE001 - the test tells it
            self.failed = error
            self.began.set()


def left(world: World, vault: Vault) -> int:
    with world.database.read() as session:
        work = Work(session, vault, world.now())
        return sum(rotating.left(work, place) for place in rotating.places())


def test_people_write_on_while_every_value_gets_the_new_key(world: World, key_file: Path) -> None:
    world.say(world.citizen(), STORY)  # word lists are made ready once, not while others wait
    enough = threading.Event()
    writers = [Writer(world, key_file, enough, 1 + number) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    try:
        assert all(writer.began.wait(HUNG_SECONDS) for writer in writers)
        before = [len(writer.talks) for writer in writers]
        key = add_key(key_file)
        vault = Vault.load(key_file)
        with world.database.begin() as session:
            rotating.seal_the_proof(Work(session, vault, world.now()))
        # Until each of them has begun and ended a talk under the new key, in the midst of the sealing.
        while any(len(writer.talks) < known + 2 for writer, known in zip(writers, before, strict=True)):
            assert [writer.failed for writer in writers] == [None] * WRITERS
            keys._until_nothing_is_left(world.database, vault, keys._alone)
    finally:
        enough.set()
        for writer in writers:
            writer.join(HUNG_SECONDS)
    assert [writer.failed for writer in writers] == [None] * WRITERS
    _, still = keys._until_nothing_is_left(world.database, vault, keys._alone)
    assert still == left(world, vault) == 0
    assert {writer.world.vault.current for writer in writers} == {key}, "every process met the new key by itself"
    reader = World(world.database, Vault.load(key_file), world.now)
    assert sum(len(reader.said(talk)) for writer in writers for talk in writer.talks) > sum(before)
    with world.database.read() as session:
        for place in rotating.places():
            wanted = place.table.select().with_only_columns(place.row, place.column).where(place.column.is_not(None))
            for row, sealed in session.execute(wanted):
                vault.open_bytes(place.name, row, sealed)
