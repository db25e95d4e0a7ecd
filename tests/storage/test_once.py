"""Two that want the same at the same moment, on PostgreSQL where both get that far: nobody fails, one row is there."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from bot.gateway.conversation import Path as Way
from bot.services.talk import doors
from bot.storage import database as storage
from bot.storage.crypto import Vault
from bot.storage.database import Database, open_vault
from bot.storage.once import anew
from bot.storage.tables import Inbox, Mark
from tests.builders import World
from tests.faults.talking import path_of

TWO = range(2)


def at_once(act: object) -> list[object]:
    with ThreadPoolExecutor(2) as hands:
        return list(hands.map(act, TWO))  # type: ignore[arg-type]


def test_who_inserts_second_sees_what_the_first_did_and_goes_on(postgres: Database) -> None:
    both, found = threading.Barrier(2), list[bytes | None]()

    def one(number: int) -> None:
        looked = False

        def transaction() -> None:
            nonlocal looked
            with postgres.begin() as session:
                there = session.scalar(select(Mark.value).where(Mark.name == "wanted"))
                if not looked:
                    looked = True
                    both.wait()
                if there is None:
                    session.add(Mark(name="wanted", value=str(number).encode()))
                else:
                    found.append(there)

        anew(transaction)

    at_once(one)
    with postgres.read() as session:
        assert found == [session.scalars(select(Mark.value).where(Mark.name == "wanted")).one()]


def test_of_two_that_wait_for_each_other_both_get_their_turn(postgres: Database) -> None:
    with postgres.begin() as session:
        session.add_all([Mark(name="0", value=b""), Mark(name="1", value=b"")])
    both, done = threading.Barrier(2), list[int]()

    def one(number: int) -> None:
        first = True

        def transaction() -> None:
            nonlocal first
            with postgres.begin() as session:
                session.execute(update(Mark).where(Mark.name == str(number)).values(value=b"x"))
                if first:
                    first = False
                    both.wait()
                session.execute(update(Mark).where(Mark.name == str(1 - number)).values(value=b"x"))

        anew(transaction)
        done.append(number)

    at_once(one)
    assert sorted(done) == [0, 1]


def test_two_that_open_an_empty_house_at_once_have_the_same_keys(
    postgres: Database, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both, load = threading.Barrier(2), Vault.load

    def loaded(path: Path) -> Vault:
        both.wait()  # behind the look for the proof
        return load(path)

    monkeypatch.setattr(storage.Vault, "load", loaded)
    at_once(lambda _: open_vault(postgres, key_file))
    with postgres.read() as session:
        assert len(session.scalars(select(Mark).where(Mark.name == "key")).all()) == 1


async def test_a_message_that_comes_second_is_done_at_once_and_not_when_its_claim_is_over(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    urgent, tries = doors.urgent, list[int]()

    def second(*args: object) -> bool:
        tries.append(1)
        if len(tries) == 1:
            raise IntegrityError("somebody was faster", None, Exception())
        return urgent(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(doors, "urgent", second)
    way: Way = path_of(world)
    inbox_id = world.hear(world.citizen(), {"text": "孩子掉河里了快救命"})
    assert await way.handle(inbox_id)
    assert len(world.reports()) == 1
    with world.work() as work:
        assert work.session.get_one(Inbox, inbox_id).state == "done"
