"""Who writes is taken from the bare word, and nobody is asked for a unit that was told."""

from __future__ import annotations

import pytest

from bot.reading.where import places
from bot.services.casework import dossier, glass, reports
from bot.storage.database import Database
from bot.storage.tables import Report
from tests.builders import World
from tests.services.cases import person
from tests.services.talking import PLACE, answers_of, asked_for, asked_now, filed, last


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


def _village() -> str:
    best = places.find(PLACE).best
    assert best is not None
    return best.code


def _to_the_end(world: World, talk: str) -> None:
    for value in ("follow_up=yes", "confirm=yes"):
        world.tap(talk, f"report.{value}")
    assert filed(world, talk)


@pytest.mark.parametrize("said", ["王强", "我叫王强，13812345678", "我叫王强"])
def test_who_gives_his_name_is_asked_for_it_and_it_is_read_only_by_breaking_the_glass(world: World, said: str) -> None:
    county = person(world, "county_caseworker", _village()[:6])
    talk = asked_for(world, "reporter_type")
    world.tap(talk, "report.reporter_type=citizen_named")
    assert asked_now(world, talk) == "safe_contact"
    assert "怎么称呼" in last(world, talk)
    world.say(talk, said)
    assert answers_of(world, talk).words_of("child_ref") == []
    _to_the_end(world, talk)
    report = world.report().uid
    assert said not in str(county.does(dossier.open_sheet, report).told)
    assert county.does(glass.break_it, report, glass.IDENTITY, "孩子失联，要马上问到人").allowed
    with world.work() as work:
        row = work.session.get_one(Report, report)
        assert glass.identity(work, county.member(work), row, reports.told_of(work, row)) == [said]


@pytest.mark.parametrize(
    ("tapped", "story", "sign"),
    [
        ("guardian", "有个孩子让同学欺负了 不敢上学", "bullying"),
        ("entrusted_carer", "有个孩子 他爸妈半年没来电话了", "parents_silent"),
    ],
)
def test_a_guardian_and_a_carer_report_to_the_end(world: World, tapped: str, story: str, sign: str) -> None:
    talk = asked_for(world, "reporter_type", story)
    world.tap(talk, f"report.reporter_type={tapped}")
    assert asked_now(world, talk) == "follow_up"
    _to_the_end(world, talk)
    with world.work() as work:
        told = reports.told_of(work, world.report())
    assert (told["facts"]["reporter_type"], told["facts"]["signs"]) == (tapped, [sign])
    assert ["what", story] in told["words"]


def test_a_bound_worker_is_not_asked_how_to_be_reached(world: World) -> None:
    talk = world.staff("child_director", "220184104201")
    world.say(talk, "村东头有个孩子自己在家住三天了 才10岁 没大人")
    said = world.say(talk, "公主岭市响水镇姜家店村五组")
    assert not any(key.startswith(("report.safe_contact", "report.follow_up")) for key in said)
    assert world.report().follow_up
