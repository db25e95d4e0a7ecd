"""Guarantee 4, webhooks that overtake each other: who waits for whom, how long, and that no moment between is open."""

from __future__ import annotations

import random
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.gateway.telegram.keeping import Keeper
from bot.services.mail import arriving, mailbox
from bot.storage.tables import Inbox
from tests.builders import World
from tests.conftest import Hands
from tests.faults.books_of_many import out_of_order
from tests.faults.talking import path_of

DANGER = "孩子掉河里了快救命"
PATIENCE = arriving.EARLIER_WITHIN.total_seconds()


class Brought:
    """Webhooks of one bot, brought to one gateway; a worker takes them when told."""

    def __init__(self, world: World, hands: Hands) -> None:
        self.world, self.hands = world, hands
        self.keeper = Keeper(world.database, world.vault, world.now)
        self.bring(0, "今天天气咋样")
        self.take()
        hands.forward(seconds=2 * PATIENCE)
        self.take()

    def bring(self, number: int, text: str = "在吗", chat: int = 7) -> None:
        """One update by its number."""
        message = {"message_id": 1, "date": 1, "chat": {"id": chat, "type": "private"}, "text": text}
        self.keeper.keep([{"update_id": 1000 + number, "message": message}], in_order=False)

    def take(self) -> list[int]:
        """Take and finish what may be taken now; its numbers in the order of their effects."""
        taken: list[int] = []
        while True:
            with self.world.work() as work:
                waiting = mailbox.waiting(work)
            before = len(taken)
            for inbox_id in waiting:
                held = path_of(self.world)._claim(inbox_id)
                if held is not None:
                    self.hands.forward(milliseconds=1)
                    with self.world.work() as work:
                        assert mailbox.finish(work, held)
                    taken.append((self.rows()[inbox_id].position or 0) - 1000)
            if len(taken) == before:
                return taken

    def rows(self) -> dict[int, Inbox]:
        """All that is kept, by inbox id."""
        with self.world.work() as work:
            return {row.id: row for row in work.session.scalars(select(Inbox))}


@pytest.fixture
def brought(world: World, hands: Hands) -> Brought:
    return Brought(world, hands)


def test_what_follows_danger_does_not_pass_what_danger_has_passed(brought: Brought, hands: Hands) -> None:
    """The one right before it is here; the one before that is not."""
    brought.bring(2, DANGER, chat=8)
    brought.bring(3)
    assert brought.take() == [2]
    hands.forward(seconds=PATIENCE / 2)
    brought.bring(1)
    assert brought.take() == [1, 3]


def test_a_missing_one_is_missed_once_and_not_again_by_each_that_comes(brought: Brought, hands: Hands) -> None:
    """Otherwise one that never comes would hold up a busy house for as long as it is busy."""
    brought.bring(2)
    taken = []
    for number in range(3, 9):
        hands.forward(seconds=PATIENCE / 4)
        brought.bring(number)
        taken.append(brought.take())
    assert taken == [[], [], [], [2, 3, 4, 5, 6], [7], [8]]


def test_the_moment_of_receipt_is_read_behind_the_queue(brought: Brought, world: World, hands: Hands) -> None:
    """Who was stuck in the queue has not been here: else it could look earlier than what took effect before it."""
    with world.database.begin() as session:
        arriving.one_after_another(session)
        stuck = threading.Thread(target=brought.bring, args=(1,))
        stuck.start()
        hands.forward(seconds=1)
        moment = hands()
    stuck.join()
    assert max(row.received_at for row in brought.rows().values()) == moment


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_who_has_waited_long_enough_lets_finish_what_is_being_kept_in_this_moment(
    brought: Brought, world: World, hands: Hands
) -> None:
    """On SQLite there is one writer at a time; on PostgreSQL what is not committed is not seen."""
    brought.bring(2)
    hands.forward(seconds=PATIENCE)
    later = next(row.id for row in brought.rows().values() if row.position == 1002)
    claims: list[mailbox.Claim | None] = []
    with world.database.begin() as session:
        arriving.one_after_another(session)
        session.add(
            Inbox(
                uid="earlier",
                update_key="tg:1001",
                channel="telegram",
                conversation=brought.rows()[later].conversation,
                received_at=hands(),
                state="kept",
                attempts=0,
                claim=0,
                position=1001,
            )
        )
        session.flush()
        taking = threading.Thread(target=lambda: claims.append(path_of(world)._claim(later)))
        taking.start()
        taking.join(timeout=0.3)
        assert taking.is_alive()
    taking.join()
    assert claims == [None]


@pytest.mark.parametrize("seed", range(6))
def test_in_whatever_order_they_come_nothing_passes_another_without_right(
    brought: Brought, hands: Hands, seed: int
) -> None:
    """Sixty updates of four chats, most within their patience and some far outside; the checker of the long runs."""
    chance = random.Random(seed)
    texts = {number: DANGER if chance.random() < 0.1 else "在吗" for number in range(1, 61)}
    delays = {number: chance.choice([0.0, 0.5, 1.5, 6.0]) * chance.random() for number in texts}
    for number in sorted(texts, key=lambda number: number * 0.1 + delays[number]):
        hands.forward(milliseconds=100)
        brought.bring(number, texts[number], chat=number % 4)
        if chance.random() < 0.5:
            brought.take()
    hands.forward(seconds=PATIENCE)
    brought.take()
    rows = {row.position: row for row in brought.rows().values() if row.position is not None}
    assert {row.state for row in rows.values()} == {"done"}
    wrong, _ = out_of_order(rows, {place: texts.get(place - 1000) == DANGER for place in rows})
    assert wrong == [], seed


def test_the_checker_sees_what_passes_without_right(brought: Brought, world: World, hands: Hands) -> None:
    for number in (2, 1):
        brought.bring(number)
        hands.forward(seconds=PATIENCE / 2)
    brought.take()
    rows = {row.position: row for row in brought.rows().values() if row.position is not None}
    rows[1001].done_at, rows[1002].done_at = rows[1002].done_at, rows[1001].done_at
    assert out_of_order(rows, dict.fromkeys(rows, False)) == ([1002], 0)
    rows[1001].received_at = rows[1002].received_at + timedelta(seconds=PATIENCE)
    assert out_of_order(rows, dict.fromkeys(rows, False)) == ([], 1)
