"""Reports in free words of staff: by number, the one that came last, the one in sight; who told it is never said."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot.storage.tables import Note, Report
from tests.builders import World
from tests.services.cases import HARM, TOWNSHIP, VILLAGE, Person, person, row, tell
from tests.services.registered import NEXT_VILLAGE
from tests.services.staff.test_office import last, says


@pytest.fixture
def caseworker(world: World) -> Person:
    """A director, a supervisor, and the county's caseworker of one place."""
    person(world, "child_director", VILLAGE, "周丽")
    person(world, "child_supervisor", TOWNSHIP, "冯军")
    return person(world, "county_caseworker", VILLAGE[:6], "孙梅")


def _number(world: World, uid: str) -> str:
    return row(world, uid).number


@pytest.mark.parametrize("words", ["那个{}是啥事", "看看{}", "{}咋回事", "{}"])
def test_a_number_opens_its_report(world: World, caseworker: Person, words: str) -> None:
    tell(world, HARM)
    meant = tell(world, HARM)
    number = _number(world, meant)
    assert says(world, caseworker.talk, words.format(number)) == ["staff.content.open"]
    assert number in last(world, caseworker.talk)


@pytest.mark.parametrize("words", ["{}我接了", "{}我来办 明天上午去看", "接{}", "{}归我"])
def test_a_number_and_a_word_take_that_report_on_and_no_other(world: World, caseworker: Person, words: str) -> None:
    other, meant = tell(world, HARM), tell(world, HARM)
    assert says(world, caseworker.talk, words.format(_number(world, meant)))[0] == "staff.accepted"
    assert row(world, meant).holder is not None
    assert row(world, other).holder is None


@pytest.mark.parametrize(
    "words", ["{}谁报的", "刚报的那个打孩子的是谁报的 现在到哪步了", "刚才那个打孩子的报告是谁报的"]
)
def test_where_a_report_stands_is_told_and_who_told_it_is_not(world: World, caseworker: Person, words: str) -> None:
    meant = tell(world, HARM)
    assert says(world, caseworker.talk, words.format(_number(world, meant))) == ["office.report"]
    told = last(world, caseworker.talk)
    assert _number(world, meant) in told
    assert "还没有人接手" in told
    assert "要保密" in told
    with world.work() as work:  # the blow named in the question is no news
        assert work.session.scalar(select(func.count()).select_from(Report)) == 1


def test_a_new_blow_beside_the_question_is_danger(world: World, caseworker: Person) -> None:
    tell(world, HARM)
    assert "office.report" not in says(world, caseworker.talk, "刚报的那个是谁报的 他现在又在往死里打孩子")


def test_a_number_of_another_place_and_none_look_alike(world: World, caseworker: Person) -> None:
    meant = tell(world, HARM)
    stranger = person(world, "child_director", NEXT_VILLAGE, "韩敏")
    number = _number(world, meant)
    assert says(world, stranger.talk, f"看看{number}") == ["office.no_report"]
    assert says(world, stranger.talk, f"{number}我接了") == ["office.no_report"]
    assert says(world, caseworker.talk, "编号AAAAAA是啥事") == ["office.no_report"]
    assert row(world, meant).holder is None


def test_after_taking_on_what_was_done_is_written_into_that_report(world: World, caseworker: Person) -> None:
    meant = tell(world, HARM)
    says(world, caseworker.talk, f"{_number(world, meant)}我来处理")
    words = "我上午去看了 胳膊上两块青的 孩子说是他爸拧的 已经跟派出所说了"
    assert says(world, caseworker.talk, words) == ["office.report.written"]
    assert _number(world, meant) in last(world, caseworker.talk)
    assert says(world, caseworker.talk, "转给冯军行不行") == ["office.report.pass_on"]
    assert says(world, caseworker.talk, "办完了怎么结案") == ["office.report.close"]
    with world.work() as work:
        assert work.session.scalar(select(func.count()).select_from(Report)) == 1
        assert work.session.scalar(select(func.count()).select_from(Note)) == 1


def test_who_holds_nothing_writes_into_no_report(world: World, caseworker: Person) -> None:
    meant = tell(world, HARM)
    says(world, caseworker.talk, f"看看{_number(world, meant)}")
    assert "office.report.written" not in says(world, caseworker.talk, "我上午去看了 孩子在家")


def test_a_report_just_told_of_is_taken_on_by_a_plain_word(world: World, caseworker: Person) -> None:
    meant = tell(world, HARM)
    says(world, caseworker.talk, "刚报的那条咋回事 谁接了")
    assert says(world, caseworker.talk, "那我接吧") == ["staff.accepted"]
    assert row(world, meant).holder is not None
