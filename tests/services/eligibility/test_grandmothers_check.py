"""A grandmother tells facts of the check in her own words: they are taken, and what she does not know is no "no"."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.builders import World
from tests.services.checking import check_of

ASKS = "我想问问俺大孙子够不够你们那个条件"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


def _told(world: World, *words: str) -> tuple[str, list[str]]:
    talk, keys = world.citizen(), []
    for said in (ASKS, *words):
        keys = world.say(talk, said)
    assert world.flow(talk) == "eligibility"
    return talk, keys


@pytest.mark.parametrize(
    "said",
    [
        "没啥危险天天搁我这吃搁我这睡",
        "打小就搁俺家养着",
        "一直是我老太太伺候吃喝",
        "搁我这屋住吃我的喝我的",
        "晚上跟我一被窝睡",
    ],
)
def test_where_a_child_eats_and_sleeps_says_with_whom_it_lives(world: World, said: str) -> None:
    talk, _ = _told(world, said)
    assert check_of(world, talk).facts["lives_without_guardian"] == "no"


def test_a_school_year_is_an_age_and_said_to_be_an_estimate(world: World) -> None:
    talk, keys = _told(world, "跟我过", "念四年级")
    assert check_of(world, talk).facts["child_age_years"] == 10
    assert "eligibility.about_age" in keys
    assert check_of(world, talk).said["child_age_years"] == ["念四年级"]


def test_where_the_age_decides_a_school_year_leads_to_the_very_age(world: World) -> None:
    talk, keys = _told(world, "跟我过", "念初三")
    assert keys[-1] == "eligibility.age.exactly"
    assert "child_age_years" not in check_of(world, talk).facts
    world.say(talk, "15")
    assert check_of(world, talk).facts["child_age_years"] == 15


def test_an_animal_nobody_is_sure_of_is_asked_by_the_school_year(world: World) -> None:
    talk, keys = _told(world, "跟我过", "属狗的还是属猪的来着不知道")
    assert keys[0] == "eligibility.age_unsure"
    assert "child_age_years" not in check_of(world, talk).facts


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ("他爸搁外头呢在哪我上哪知道去", "father_work_place"),
        ("他爸搁外头呢不知道在哪干活", "father_work_place"),
        ("他爸搁外头呢不知道几个月", "father_away_months"),
        ("孩子有啥病没有我看没有吧说不准", "child_illness"),
    ],
)
def test_what_is_not_known_is_unknown_only_for_what_it_is_about(world: World, said: str, fact: str) -> None:
    talk, keys = _told(world, "跟我过", "念四年级", said)
    facts = check_of(world, talk).facts
    assert keys[0] == "eligibility.unknown_noted"
    assert {name for name, value in facts.items() if value == "unknown"} == {fact}


@pytest.mark.parametrize("said", ["他妈啊他妈我不知道多少年没信儿了", "妈妈好些年没个信", "她娘多年没露面"])
def test_who_was_not_heard_of_for_years_is_out_of_touch_and_no_report(world: World, said: str) -> None:
    talk, _ = _told(world, "跟我过", "念四年级", said)
    assert check_of(world, talk).facts["mother_lost_contact"] == "ge_6m_unproven"


@pytest.mark.parametrize("said", ["行你让人来吧俺家姜家店的响水镇", "行 来人吧 我家响水姜家店"])
def test_who_wants_somebody_to_come_has_it_handed_over_with_the_place(world: World, said: str) -> None:
    talk = world.citizen()
    for told in (ASKS, "跟我过", "念四年级"):
        world.say(talk, told)
    keys = world.say(talk, said)
    assert "eligibility.hand.passed" in keys
    assert any("姜家店村" in one.text for one in world.said(talk)[-4:])


def test_a_village_of_a_name_there_are_several_of_is_chosen_and_goes(world: World) -> None:
    talk = world.citizen()
    for told in (ASKS, "跟我过", "念四年级"):
        world.say(talk, told)
    assert world.say(talk, "让人来趟吧 姜家店村") == ["eligibility.hand.which"]
    assert "eligibility.hand.passed" in world.tap(talk, "eligibility.place=220184104201")


@pytest.mark.parametrize("said", ["那到底够不够啊", "你就告诉我够不够吧", "我家这条件够不", "那这到底算还是不算"])
def test_is_it_enough_is_answered_with_what_is_known_so_far(world: World, said: str) -> None:
    talk, keys = _told(world, "跟我过", "念四年级", said)
    assert keys[0] == "eligibility.so_far"
    assert "先看" in world.said(talk)[-2].text
