"""What is said in the middle of a report that is no answer: the police know, it may go, that is all."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from bot.reading.aftermath import police_told
from bot.reading.talk import replies
from bot.storage.database import Database
from bot.storage.tables import PoliceReport
from tests.builders import World
from tests.conftest import NOON
from tests.services.talking import STORY, asked_for, asked_now, begun, filed, words


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


def _police(world: World) -> list[tuple[str, datetime]]:
    with world.work() as work:
        return [
            (str(work.open("police_reports.station", one.uid, one.station_sealed)), one.told_at)
            for one in work.session.scalars(select(PoliceReport))
        ]


@pytest.mark.parametrize(
    ("said", "station", "hour", "minute"),
    [
        ("打完了，新站派出所，十点二十，接电话的姓于", "新站派出所", 10, 20),
        ("哈拉海派出所，上午九点二十报的，接警的姓孙", "哈拉海派出所", 9, 20),
        ("打完了 大石头派出所的 11点05", "大石头派出所", 11, 5),
        ("报了 太平川派出所 刚才11点半", "太平川派出所", 11, 30),
    ],
)
def test_that_the_police_were_told_is_put_on_record_and_said_back(
    said: str, station: str, hour: int, minute: int, world: World
) -> None:
    talk = begun(world, STORY)
    before = asked_now(world, talk)
    assert "reporter.police_at" in world.say(talk, said)
    assert f"{station}，{hour:02}:{minute:02}" in "\n".join(one.text for one in world.said(talk)[-2:])
    (kept, at), *none = _police(world)
    assert (kept, at, none) == (said, NOON.replace(hour=hour, minute=minute), [])
    assert ["police", said] in words(world)
    assert asked_now(world, talk) == before, "the question comes again"


def test_the_same_after_filing(world: World) -> None:
    talk = begun(world, STORY)
    world.say(talk, "现在没有危险")
    world.say(talk, "提交吧")
    assert filed(world, talk)
    assert world.say(talk, "打完了 响水派出所 十一点") == ["reporter.police_at"]
    assert len(_police(world)) == 1


@pytest.mark.parametrize(
    "said",
    [
        "我没报警呢 不确定啊",
        "行，我这就给派出所打电话",
        "我要不要打110",
        "那我一会儿去派出所",
        "110打了没人接",
        "120打完了 孩子在我家呢",
        "打了他三下",
    ],
)
def test_what_is_still_to_be_done_is_no_record(said: str) -> None:
    assert police_told.read(said) is None


@pytest.mark.parametrize("said", ["交吧", "没了 提交", "嗯就这些 提交吧", "行你记上吧", "赶紧吧 我还有病人"])
def test_who_hands_it_over_is_asked_nothing_more_and_gets_the_code(said: str, world: World) -> None:
    talk = asked_for(world, "child_ref")
    keys = world.say(talk, said)
    assert filed(world, talk)
    assert "report.recap.urgent" in keys, "what goes out is shown"


def test_with_nothing_told_nothing_is_handed_over(world: World) -> None:
    talk = world.citizen()
    world.tap(talk, "flow:report")
    world.say(talk, "交吧")
    assert world.reports() == []


@pytest.mark.parametrize("said", ["行 没别的了", "就这些了"])
def test_who_has_no_more_to_tell_hears_it_read_back(said: str, world: World) -> None:
    talk = asked_for(world, "child_ref")
    world.say(talk, said)
    assert asked_now(world, talk) == "confirm"


@pytest.mark.parametrize("said", ["记上了没", "确认，没有要改的", "没别的了"])
def test_at_what_was_read_back_asking_whether_it_is_in_hands_it_over(said: str, world: World) -> None:
    talk = asked_for(world, "confirm")
    world.say(talk, said)
    assert filed(world, talk)


@pytest.mark.parametrize("said", ["交吧", "行 没别的了"])
def test_what_is_in_is_not_handed_over_twice(said: str, world: World) -> None:
    talk = asked_for(world, "confirm")
    world.say(talk, "提交")
    assert world.say(talk, said) == ["report.handed"]
    assert len(world.reports()) == 1


def test_who_goes_to_the_telephone_beats_nobody(world: World) -> None:
    talk = begun(world, STORY)
    before = world.report().severity
    assert world.say(talk, "行我现在打")[0] == "report.calls_now"
    assert world.report().severity == before


@pytest.mark.parametrize("said", ["现在打", "他现在打呢", "我打他", "行他现在打孩子"])
def test_who_beats_is_not_on_the_telephone(said: str) -> None:
    assert not replies.calls_now(said)


def test_a_question_whether_to_hand_over_is_no_order() -> None:
    assert not any(map(replies.submits, ["交吗？", "别交", "先别交", "他让我赶紧交钱", "快点来人"]))


def test_last_words_after_the_code_are_settled(world: World) -> None:
    talk = begun(world, STORY)
    world.say(talk, "现在没有危险")
    world.say(talk, "提交吧")
    assert world.say(talk, "嗯呢") == ["report.settled"]
