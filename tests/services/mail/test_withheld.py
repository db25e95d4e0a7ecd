"""What is withheld reaches nobody on either channel, and at its moment it passes as if it had been sent."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.services.mail import mailbox, sending, withholding
from bot.storage.tables import Outbox
from tests.builders import World
from tests.conftest import Hands

KEY = "contact:withheld"


def _withheld(world: World, hands: Hands, talk: str) -> None:
    with world.work() as work:
        later = work.now + timedelta(hours=1)
        mailbox.say(work, talk, "contact.push.parent.prompt", push=True, natural_key=KEY, not_before=later)
        assert withholding.withhold(work, talk, KEY, {"behind": "a report"}) == [KEY]
    hands.forward(hours=1)


def _row(world: World) -> Outbox:
    with world.work() as work:
        return work.session.scalars(select(Outbox).where(Outbox.natural_key == KEY)).one()


def test_the_sender_wakes_for_what_is_withheld_on_telegram_and_sends_nothing(world: World, hands: Hands) -> None:
    _withheld(world, hands, world.chat("77"))
    with world.work() as work:
        assert sending.next_due(work, "telegram") == hands.moment
        assert sending.take(work, "telegram", 10) == []
        assert sending.next_due(work, "telegram") is None
    assert (_row(world).state, _row(world).sent_at) == (withholding.PASSED, hands.moment)


def test_the_page_that_takes_its_messages_does_not_get_what_is_withheld(world: World, hands: Hands) -> None:
    talk = world.citizen()
    _withheld(world, hands, talk)
    for _ in range(2):
        with world.work() as work:
            assert mailbox.said_since(work, talk, 0) == []
    row = _row(world)
    assert (row.state, row.sent_at) == (withholding.PASSED, hands.moment)
    with world.work() as work:
        assert mailbox.said(work, talk, row.id) is None
        assert mailbox.last_said(work, talk, 0, hands.moment - timedelta(days=1)) is None
