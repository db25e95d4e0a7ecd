"""The way out of an alarm that came from words understood wrongly; what was really told stays an alarm."""

from __future__ import annotations

import pytest

from bot.reading.reports import false_alarm
from bot.services.casework import reports
from bot.storage.database import Database
from tests.builders import World

TAKEN_WRONGLY = "孙子他爹跟一个老头走了 在饭店干活"
"""A father's job that reads like a child led away."""


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talks; nothing here differs between the databases."""
    return sqlite


def _alarmed_in_a_check(world: World) -> str:
    talk = world.citizen()
    world.say(talk, "就查我孙子算不算留守 他爸妈都上外头打工去了")
    world.say(talk, "跟我和老头一块住 他十五")
    assert world.say(talk, TAKEN_WRONGLY)[0].startswith("danger.")
    return talk


@pytest.mark.parametrize(
    "said", ["啥110啊 没出啥事 孩子好好的", "没有危险 我就想查孩子算不算留守", "谁说孩子丢了 你听岔了"]
)
def test_who_says_that_nothing_of_the_kind_was_meant_goes_on_with_the_check(said: str, world: World) -> None:
    talk = _alarmed_in_a_check(world)
    keys = world.say(talk, said)
    assert keys[0] == "report.misheard"
    assert world.flow(talk) == "eligibility"
    assert not any(key.startswith("report.receipt") for key in keys)


def test_the_report_says_that_it_came_from_words_understood_wrongly_and_names_no_crime(world: World) -> None:
    talk = _alarmed_in_a_check(world)
    world.say(talk, "啥110啊 没出啥事 孩子好好的")
    with world.work() as work:
        told = reports.told_of(work, world.report())
    assert not {"missing", "abducted_or_sold"} & {*told["facts"]["signs"]}
    assert [text for _, text in told["words"]][-2:] == [
        "啥110啊 没出啥事 孩子好好的",
        "（报的人说没有危险：前面的话是护童自动听错的，没有人说孩子出事）",
    ]
    assert world.report().severity == "S0"  # only people lower it


def test_who_was_alarmed_already_sees_the_words_beside_it(world: World) -> None:
    world.staff("province_duty", "22")
    talk = _alarmed_in_a_check(world)
    assert world.say(talk, "啥110啊 没出啥事 孩子好好的")[0] == "report.misheard.told"
    with world.work() as work:
        assert "abducted_or_sold" in reports.told_of(work, world.report())["facts"]["signs"]


def test_what_is_said_next_belongs_to_the_check_and_real_danger_is_a_new_report(world: World) -> None:
    talk = _alarmed_in_a_check(world)
    world.say(talk, "啥110啊 没出啥事 孩子好好的")
    assert not any(key.startswith("after.") for key in world.say(talk, "不用看我 赶紧算吧"))
    assert world.say(talk, "孩子让他叔拿皮带抽呢")[0].startswith("danger.")
    assert len(world.reports()) == 2


@pytest.mark.parametrize("graver", ["我家孩子让他爹拿皮带抽 正抽呢", "孩子说不想活了 拿刀片划手腕", "有人摸我孙女下身"])
def test_after_graver_words_a_denial_ends_nothing(graver: str, world: World) -> None:
    talk = world.citizen()
    world.say(talk, graver)
    assert not any(key.rpartition(".")[2] == "misheard" for key in world.say(talk, "啥110啊 没出啥事 孩子好好的"))
    assert world.flow(talk) == "report"


@pytest.mark.parametrize("said", ["没事了 别管了", "现在没动静了", "孩子找到了", "没有危险 他爸正打呢", "退出 不报了"])
def test_what_only_went_by_or_is_given_up_is_no_misunderstanding(said: str) -> None:
    assert false_alarm.read(said) is None
