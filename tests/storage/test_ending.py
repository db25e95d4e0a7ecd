"""What is left to the end of a transaction: written once, last, and gone with what is rolled back."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.clock import utc_now
from bot.services import journal
from bot.services.work import Work
from bot.storage.database import Database, open_vault
from bot.storage.tables import JournalEntry
from tests.builders import World


def acts(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(JournalEntry.act).order_by(JournalEntry.seq)))


def test_acts_of_one_transaction_are_chained_in_their_order_and_readable_in_it_when_asked_for(world: World) -> None:
    with world.work() as work:
        for act in ("first", "second", "third"):
            journal.record(work, "system", act, "somebody")
        journal.write(work)
        assert list(work.session.scalars(select(JournalEntry.act).order_by(JournalEntry.seq))) == [
            "first",
            "second",
            "third",
        ]
        journal.record(work, "system", "fourth", "somebody")
    assert acts(world.database) == ["first", "second", "third", "fourth"]
    with world.work() as work:
        assert journal.verify(work) == journal.Verdict(4, None)


def _and_give_up(work: Work) -> None:
    with work.session.begin_nested():
        journal.record(work, "system", "taken back", "somebody")
        raise LookupError


def test_an_act_goes_with_the_savepoint_it_was_done_in_and_what_came_before_stays(world: World) -> None:
    with world.work() as work:
        journal.record(work, "system", "before", "somebody")
        with pytest.raises(LookupError):
            _and_give_up(work)
        with work.session.begin_nested():
            journal.record(work, "system", "kept", "somebody")
    assert acts(world.database) == ["before", "kept"]


def test_who_acts_does_not_hold_the_end_of_the_chain_while_it_goes_on_working(
    postgres: Database, key_file: Path
) -> None:
    """Everybody who writes needs the end of the chain: it is not locked from the first act of a long turn on."""
    vault, acted, over = open_vault(postgres, key_file), threading.Event(), threading.Event()

    def long_turn() -> None:
        with postgres.begin() as session:
            journal.record(Work(session, vault, utc_now()), "system", "begun first", "somebody")
            session.flush()
            acted.set()
            assert over.wait(10)

    turn = threading.Thread(target=long_turn)
    turn.start()
    assert acted.wait(10)
    try:
        with postgres.begin() as session:
            session.execute(text("set local lock_timeout = '2s'"))
            journal.record(Work(session, vault, utc_now()), "system", "ended first", "somebody")
    finally:
        over.set()
        turn.join()
    assert acts(postgres) == ["ended first", "begun first"]
