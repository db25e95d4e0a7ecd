"""Who writes is taken from the bare word, and nobody is asked for a unit that was told."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import answers_of, asked_for, asked_now


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


@pytest.mark.parametrize("said", ["班主任", "我是他班主任", "范家屯镇中心小学的班主任", "老师", "his class teacher"])
def test_a_class_teacher_is_not_asked_for_the_unit_again(world: World, said: str) -> None:
    talk = asked_for(world, "reporter_type")
    world.say(talk, said)
    told = answers_of(world, talk)
    assert (told.facts["reporter_type"], told.facts["unit"]) == ("mandatory_reporter", "school")
    assert asked_now(world, talk) == "follow_up"
    assert told.words_of("reporter_type") == [said]


def test_a_nurse_by_the_bare_word_is_bound_to_report_too(world: World) -> None:
    talk = asked_for(world, "reporter_type")
    world.say(talk, "卫生院的护士")
    assert answers_of(world, talk).facts["unit"] == "medical"


@pytest.mark.parametrize(
    ("said", "unit"), [("范家屯镇中心小学", "school"), ("我说了学校", "school"), ("工地", "other_unit")]
)
def test_the_unit_in_words_is_the_unit(world: World, said: str, unit: str) -> None:
    talk = asked_for(world, "reporter_type")
    world.tap(talk, "report.reporter_type=mandatory_reporter")
    assert asked_now(world, talk) == "unit"
    world.say(talk, said)
    assert answers_of(world, talk).facts["unit"] == unit


@pytest.mark.parametrize("said", ["邻居", "路过的"])
def test_a_neighbour_by_the_bare_word_is_no_mandatory_reporter(world: World, said: str) -> None:
    talk = asked_for(world, "reporter_type")
    world.say(talk, said)
    assert answers_of(world, talk).facts["reporter_type"] == "citizen_anonymous"
    assert asked_now(world, talk) == "follow_up"
