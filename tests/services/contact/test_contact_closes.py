"""Whoever tells it, on whatever rung: word that the parent is in touch closes all of the silence, and its tasks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.services.contact import rungs as contact_rungs
from bot.services.contact import staff as contact_staff
from bot.services.staff import accounts
from bot.services.work import Work
from bot.storage.database import Database
from bot.storage.tables import CareTask, ContactPlan, ContactRung
from tests.builders import VILLAGE, World
from tests.conftest import Hands
from tests.services import family as homes

RUNGS = {"director_task": 3, "supervisor_task": 5, "lost_contact_record": 3}
"""After how many weeks of silence each is up; of the last one, once no number works any more."""


@pytest.fixture
def database(sqlite: Database) -> Database:
    """The same rows on PostgreSQL are what test_contact looks at."""
    return sqlite


def _silent(world: World, hands: Hands, home: homes.Family, director: str, rung: str) -> None:
    for _ in range(RUNGS[rung]):
        hands.moment = hands.moment.replace(hour=19, minute=1) + timedelta(days=3 - hands.moment.weekday())
        homes.tick(world)
        hands.forward(days=7)
        homes.tick(world)
    for _ in range(3 if rung == "lost_contact_record" else 0):
        hands.forward(days=1)
        with world.work() as work:
            member, plan = accounts.member(work, director), _plan(work, home)
            assert member is not None
            contact_staff.called(work, member, plan, reached=False)
            contact_staff.numbers_failed(work, member, plan, family_reaches=False)
    homes.tick(world)
    assert rung in {step for step, _, still_open in homes.rungs(world, home) if still_open}


def _plan(work: Work, home: homes.Family) -> ContactPlan:
    return work.session.scalars(select(ContactPlan).where(ContactPlan.person == home.people["father"])).one()


@pytest.mark.parametrize("rung", RUNGS)
@pytest.mark.parametrize("told_by", ["his tap", "his words", "the carer", "the child", "the director"])
def test_word_of_contact_closes_every_rung_of_the_silence(world: World, hands: Hands, rung: str, told_by: str) -> None:
    director = world.staff("child_director")
    world.staff("child_supervisor", VILLAGE[:9])
    home = homes.make(world, "father", "carer", "self")
    talks = {kind: homes.join(world, home, kind) for kind in ("father", "carer", "self")}
    _silent(world, hands, home, director, rung)
    if told_by == "the director":
        with world.work() as work:
            member = accounts.member(work, director)
            assert member is not None
            assert contact_staff.record_contact(work, member, _plan(work, home)).allowed
    elif told_by == "his words":
        world.say(talks["father"], "昨晚跟娃视频了")
    else:
        talk, tapped = {
            "his tap": ("father", "contact=video"),
            "the carer": ("carer", "calls=yes"),
            "the child": ("self", "calls=yes"),
        }[told_by]
        world.tap(talks[talk], f"contact.{tapped}")
    with world.work() as work:
        silence = [
            one
            for one in work.session.scalars(select(ContactRung).where(ContactRung.person == home.people["father"]))
            if one.step in contact_rungs.SILENCE
        ]
        tasks = {str(task.natural_key): task.state for task in work.session.scalars(select(CareTask))}
        assert [one.step for one in silence if one.closed_at is None or not one.closed_why] == []
        assert {tasks[f"contact:{one.uid}"] for one in silence} == {"done"}
        assert all(one.natural_key and one.reason for one in silence)
    homes.tick(world)
    assert not any(still_open for step, _, still_open in homes.rungs(world, home) if step in contact_rungs.SILENCE)
