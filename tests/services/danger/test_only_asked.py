"""Words of danger in a question about a rule, or about who may look after a child: asked about once, nothing opened."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import answers_of

A_RULE = "老师发现学生疑似被打了应该跟谁报"
OF_A_CARER = "二姨帮我带孩子天天喝酒打麻将 说她也不听 儿童主任能咋办"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talks; nothing here differs between the databases."""
    return sqlite


@pytest.mark.parametrize("no", ["没有危险", "[tap]"])
def test_a_no_to_the_question_about_danger_ends_it(no: str, world: World) -> None:
    talk = world.citizen()
    assert "report.danger_doubt" in world.say(talk, A_RULE)
    keys = world.tap(talk, "report.danger_now=no") if no == "[tap]" else world.say(talk, no)
    assert keys == ["report.only_asked"]
    assert world.reports() == []
    assert world.flow(talk) is None


def test_what_may_be_done_about_a_carer_who_drinks_is_answered_and_begins_nothing(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, OF_A_CARER)[0].startswith("policy.")
    assert (world.reports(), world.flow(talk)) == ([], None)


def test_a_yes_begins_the_report(world: World) -> None:
    talk = world.citizen()
    world.say(talk, A_RULE)
    world.tap(talk, "report.danger_now=yes")
    assert world.report().severity == "S0"


def test_a_further_question_about_the_rule_sends_nobody_to_the_police(world: World) -> None:
    talk = world.citizen()
    world.say(talk, A_RULE)
    keys = world.say(talk, "不报会咋样")
    assert not any(key.startswith("report.first") for key in keys)
    assert world.reports() == []


def test_harm_told_with_the_no_is_heard(world: World) -> None:
    talk = world.citizen()
    world.say(talk, A_RULE)
    world.say(talk, "现在没有 可我们班有个孩子昨天让他爸打了 胳膊都青了")
    assert world.flow(talk) == "report"
    assert "beaten" in answers_of(world, talk).facts["signs"]
