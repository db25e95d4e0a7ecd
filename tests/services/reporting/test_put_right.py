"""Facts put right in free words while a report is told and after it was filed; a place that was wrong moves it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.services.casework import reports
from bot.storage.database import Database
from bot.storage.tables import JournalEntry
from tests.builders import World
from tests.conftest import Hands
from tests.services.talking import answers_of, asked_now, filed, last

STORY = "舒兰市平安镇有个小子叫王小明 八岁 昨天开始总挨打 我电话13812345678"
ANSWERS = {"follow_up": "不用", "reporter_type": "邻居", "place": "就知道这些", "confirm": "没错 提交"}
OPEN, OLD = "220283109", "220283107"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talking; nothing here differs between the databases."""
    return sqlite


def _telling(world: World) -> str:
    talk = world.citizen()
    world.say(talk, STORY)
    world.say(talk, "现在没有危险")
    return talk


def _filed(world: World) -> str:
    talk = _telling(world)
    for _ in range(14):
        if (asked := asked_now(world, talk)) is None:
            break
        world.say(talk, ANSWERS.get(asked, "不清楚"))
    assert filed(world, talk)
    return talk


@pytest.mark.parametrize(
    ("said", "fact", "value", "read_back"),
    [
        ("啊不对，六岁", "child_age_years", 6, "6岁"),
        ("今年九岁 不是八岁", "child_age_years", 9, "9岁"),
        ("八岁那是他哥 他才五岁", "child_age_years", 5, "5岁"),
        ("我整岔了 孩子属实是十二岁", "child_age_years", 12, "12岁"),
        ("说错了是女孩", "child_sex", "female", "女孩"),
        ("哦不对 是个丫头", "child_sex", "female", "女孩"),
    ],
)
def test_a_fact_is_changed_and_read_back_and_the_open_question_stays(
    world: World, said: str, fact: str, value: object, read_back: str
) -> None:
    talk = _telling(world)
    asked = asked_now(world, talk)
    keys = world.say(talk, said)
    assert keys[0] == "report.corrected.told"
    assert answers_of(world, talk).facts[fact] == value
    assert read_back in world.said(talk)[-len(keys)].text
    assert asked_now(world, talk) == asked


@pytest.mark.parametrize("said", ["更正一下，不是平安镇是开原镇", "记岔了 他家在开原", "平安镇是他姥家 孩子住开原镇"])
def test_a_place_put_right_in_the_telling_is_the_place(world: World, said: str) -> None:
    talk = _telling(world)
    world.say(talk, said)
    assert answers_of(world, talk).area == OPEN


def test_a_time_and_a_number_put_right_replace_the_old_ones(world: World) -> None:
    talk = _telling(world)
    world.say(talk, "不对 是前天")
    world.say(talk, "电话打错了 是13912345678")
    answers = answers_of(world, talk)
    assert answers.words_of("when") == ["前天"]
    assert answers.words_of("safe_contact") == ["13912345678"]


def test_after_filing_a_place_put_right_moves_the_report_to_the_other_office(world: World, hands: Hands) -> None:
    here, there = world.staff("child_supervisor", OLD), world.staff("child_supervisor", OPEN, "李督导")
    talk = _filed(world)
    hands.forward(minutes=5)
    assert not [key for key in world.pushes(there) if key.startswith("staff.alert")]
    assert world.say(talk, "刚才说错了 不是平安 是开原镇那边 我嫁出去的妹妹在平安") == ["report.corrected.moved"]
    assert "开原镇" in last(world, talk)
    assert world.report().area == OPEN
    assert [key for key in world.pushes(there) if key.startswith("staff.alert")]
    assert "staff.place_corrected" in world.pushes(here)
    report = world.report()
    with world.work() as work:
        assert work.session.scalar(select(JournalEntry).where(JournalEntry.act == reports.PLACE_CORRECTED)) is not None
        kept = str(reports.told_of(work, report)["words"])
    assert "平安镇" in kept, "nothing that was told is lost"
    assert "开原镇那边" in kept


def test_after_filing_where_nobody_is_registered_at_the_new_place_it_is_said(world: World) -> None:
    talk = _filed(world)
    assert world.say(talk, "更正一下，不是平安镇是开原镇") == ["report.corrected.moved.nobody"]
    assert world.say(talk, "啊不对，六岁") == ["report.corrected.filed"]
    report = world.report()
    with world.work() as work:
        assert reports.told_of(work, report)["facts"]["child_age_years"] == 6


def test_danger_told_with_a_correction_is_answered_first(world: World) -> None:
    talk = _telling(world)
    assert world.say(talk, "啊不对 六岁 他爸正拿棍子打他 流血了")[0].startswith("danger.")


@pytest.mark.parametrize("said", ["孩子爸电话我有 13943450612", "他妈的手机是13943450612", "老师电话：13943450612"])
def test_a_number_of_somebody_else_is_told_and_is_no_way_to_reach_the_writer(world: World, said: str) -> None:
    talk = _filed(world)
    world.say(talk, said)
    report = world.report()
    with world.work() as work:
        told = reports.told_of(work, report)["words"]
    assert any("13943450612" in words for field, words in told if field == "what")
    assert not any("13943450612" in words for field, words in told if field == "safe_contact")


def test_a_village_in_no_table_put_right_replaces_the_wrong_one(world: World) -> None:
    talk = world.citizen()
    for words in ("隔壁后妈又打孩子呢 打得都没声了", "榆树市弓棚镇二道沟村"):
        world.say(talk, words)
    assert world.say(talk, "我刚才说错了 是三道沟村不是二道沟") == ["report.corrected.told"]
    assert answers_of(world, talk).words_of("place") == ["榆树市弓棚镇三道沟村"]
