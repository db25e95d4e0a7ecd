"""Erasing a conversation takes everything personal with it that no child's safety hangs on."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.services.privacy import erasing
from bot.storage.tables import CareTask, Conversation
from tests.builders import World
from tests.conftest import Hands
from tests.services import family as homes
from tests.services.eligibility.test_care_tasks import handed


def _erased(world: World, talk: str) -> erasing.Erased:
    with world.work() as work:
        found = erasing.conversation(work, talk)
        assert isinstance(found, erasing.Erased)
        return found


def test_a_father_who_had_joined_is_asked_no_more_and_his_answers_are_gone(world: World, hands: Hands) -> None:
    home = homes.make(world, "father", "carer")
    talk = homes.join(world, home, "father")
    hands.moment = hands.moment.replace(hour=19) + timedelta(days=3 - hands.moment.weekday())
    homes.tick(world)
    world.tap(talk, "contact.contact=video")
    assert _erased(world, talk).weeks == 1
    assert homes.records(world, home, "father")[0].answers_sealed is None
    assert homes.plan(world, home, "father").state == "stopped"
    said = world.pushes(talk)
    hands.forward(days=7)
    homes.tick(world)
    assert world.pushes(talk) == said, "nothing new is said to him"


def test_what_a_family_handed_to_an_office_is_withdrawn(world: World) -> None:
    talk, _ = handed(world)
    assert _erased(world, talk).tasks == 1
    with world.work() as work:
        task = work.session.scalars(select(CareTask)).one()
        assert (task.payload_sealed, task.conversation, task.state) == (None, None, "withdrawn")
        assert work.session.get_one(Conversation, talk).token_key is None
