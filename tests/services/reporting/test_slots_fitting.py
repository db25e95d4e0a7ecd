"""An answer is kept where it belongs, whatever was asked, in the words of people who tried it."""

from __future__ import annotations

import pytest

from tests.builders import World
from tests.services.talking import PLACE, answers_of, asked_for, asked_now, begun, last

pytestmark = pytest.mark.words

# 4: an answer is kept where it belongs


def test_a_name_told_when_the_time_was_asked_is_the_childs(world: World) -> None:
    talk = asked_for(world, "when")
    world.say(talk, "九岁，叫豆豆")
    told = answers_of(world, talk)
    assert (told.words_of("when"), told.words_of("child_ref")) == ([], ["九岁，叫豆豆"])


@pytest.mark.parametrize(
    "said",
    ["就知道这些", "刚说了", "问你钱的事呢", "你听不懂人话啊", "随便 别烦我", "谢谢拜拜"],
)
@pytest.mark.parametrize("field", ["when", "child_ref", "reporter_type"])
def test_words_without_content_answer_nothing_and_the_question_comes_once_more(
    world: World, field: str, said: str
) -> None:
    talk = asked_for(world, field)
    assert world.say(talk, said) == [f"report.{field}.again"]
    assert answers_of(world, talk).words_of(field) == []
    world.say(talk, said)
    assert asked_now(world, talk) != field


@pytest.mark.parametrize("said", ["三天没吃热饭", "三年二班"])
def test_what_is_no_time_is_kept_elsewhere(world: World, said: str) -> None:
    talk = asked_for(world, "when")
    world.say(talk, said)
    told = answers_of(world, talk)
    assert told.words_of("when") == []
    assert said in [*told.words_of("what"), *told.words_of("child_ref")]


@pytest.mark.parametrize("said", ["村村主任他侄子", "我是他奶奶", "叫李强(打人的)"])
def test_what_points_to_no_child_is_kept_elsewhere(world: World, said: str) -> None:
    talk = asked_for(world, "child_ref")
    world.say(talk, said)
    told = answers_of(world, talk)
    assert told.words_of("child_ref") == []
    assert said in [text for _, text in told.words]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("我是他爸", "guardian"),
        ("我是孩子妈妈", "guardian"),
        ("我是他小姨", "citizen_anonymous"),
        ("我是孩子的堂叔，也是村干部", "mandatory_reporter"),
    ],
)
def test_who_speaks_is_taken_wherever_it_is_said_and_read_back(world: World, said: str, kind: str) -> None:
    talk = asked_for(world, "when")
    world.say(talk, said)
    told = answers_of(world, talk)
    assert told.facts["reporter_type"] == kind
    assert told.facts.get("unit") == ("residents_committee" if kind == "mandatory_reporter" else None)
    assert (told.words_of("when"), told.words_of("reporter_type")) == ([], [said])
    world.tap(talk, "report.when=skip")
    world.tap(talk, "report.child_ref=skip")
    world.tap(talk, "report.follow_up=no")
    assert f"您是谁：{said}" in last(world, talk)


def test_who_speaks_is_no_place(world: World) -> None:
    talk = asked_for(world, "place")
    world.say(talk, "长春南关")
    assert world.say(talk, "我是他小姨") == ["report.kept_beside", "report.place_finer.again"]
    told = answers_of(world, talk)
    assert (told.words_of("place"), told.words_of("reporter_type")) == (["长春南关"], ["我是他小姨"])


@pytest.mark.parametrize(
    ("field", "said", "kept"),
    [
        ("when", "叫小刚 8岁 不对 是9岁", "child_ref"),
        ("child_ref", "天天的", "when"),
        ("follow_up", "九岁，叫豆豆", "child_ref"),
        ("follow_up", "我是孩子的堂叔，也是村干部", "reporter_type"),
    ],
)
def test_an_answer_to_another_question_goes_there(world: World, field: str, said: str, kept: str) -> None:
    talk = asked_for(world, field)
    world.say(talk, said)
    assert [name for name, text in answers_of(world, talk).words if text == said] == [kept]


def test_having_said_it_before_is_no_place_and_no_time(world: World) -> None:
    talk = asked_for(world, "place")
    world.say(talk, "刚才说了")
    told = answers_of(world, talk)
    assert (told.words_of("place"), told.words_of("when")) == ([], [])


def test_a_floor_is_no_way_to_reach_somebody(world: World) -> None:
    talk = begun(world, f"快来人，{PLACE}老王家正拿棍子打孩子呢")
    assert asked_now(world, talk) == "safe_contact"
    world.say(talk, "在三楼")
    told = answers_of(world, talk)
    assert (told.words_of("safe_contact"), told.words_of("place")) == ([], ["在三楼"])


def test_the_words_of_a_button_choose_the_field_anywhere(world: World) -> None:
    talk = asked_for(world, "follow_up")
    assert world.say(talk, "在哪里") == ["report.place"]
