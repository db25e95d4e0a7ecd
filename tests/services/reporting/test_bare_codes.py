"""A code and nothing else is taken with Rasa away: staff and families join, a report is looked up."""

from __future__ import annotations

import pytest

from bot.services.reporting import receipts
from bot.services.staff import accounts
from bot.storage.database import Database
from tests.builders import VILLAGE, World
from tests.services import family as homes


@pytest.fixture
def database(sqlite: Database) -> Database:
    """What differs between the databases is looked at in test_staff and test_joining."""
    return sqlite


def staff_code(world: World) -> str:
    with world.work() as work:
        return accounts.add(work, "王主任", "child_director", VILLAGE).code


@pytest.mark.parametrize("said", ["{}", " {} ", "邀请码：{}", "我的邀请码是{}", "invite code: {}"])
def test_a_director_types_the_bare_invite_code_before_rasa_has_started(world: World, said: str) -> None:
    talk = world.citizen()
    assert world.say(talk, said.format(staff_code(world))) == ["bind.bound"]


def test_a_mother_types_the_bare_code_she_was_given(world: World) -> None:
    talk, home = world.citizen(), homes.make(world, "mother")
    assert world.say(talk, homes.code_for(world, home, "mother")) == ["join.consent.parent"]


def test_a_bare_report_code_asks_for_its_pin(world: World) -> None:
    writer, talk = world.citizen(), world.citizen()
    world.say(writer, "公主岭市范家屯镇平洋村老王家的二小子总挨打")
    world.tap(writer, "report.danger_now=no")
    with world.work() as work:
        code = receipts.issue(work, work.session.merge(world.report())).code
    world.say(talk, code)
    assert world.flow(talk) == "status"


def test_a_code_told_with_something_else_is_read_as_words(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, f"{staff_code(world)} 邻居家孩子老挨打") != ["bind.bound"]
