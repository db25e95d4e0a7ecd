"""Talks go on where they were: odd words do not swallow them, and questions use up no answers."""

from __future__ import annotations

import pytest

from bot.reading.measures import codes
from bot.reading.reports import told
from bot.reading.where import places
from bot.services.talk.meaning import Meant
from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import STORY, answers_of, asked_for, asked_now, begun, filed, last, words


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


def _filed(world: World, story: str = "有个孩子辍学在家放牛") -> str:
    talk = asked_for(world, "confirm", story)
    world.say(talk, "提交")
    assert filed(world, talk)
    return talk


@pytest.mark.parametrize("said", ["谢谢", "那撤了你们还管不管这孩子"])
def test_thanks_and_questions_take_no_report_back(said: str, world: World) -> None:
    talk = _filed(world)
    assert world.say(talk, "哎呀我后悔了 撤了行不行 她妈知道得骂死我") == ["withdraw.sure"]
    assert world.say(talk, said)[-1] == "withdraw.sure.again"


def test_what_is_added_with_the_no_is_kept(world: World) -> None:
    talk = _filed(world)
    world.say(talk, "撤了行不行")
    assert world.say(talk, "那先别撤了 补一个 饭馆叫老地方 晚上干到十点") == ["withdraw.kept", "report.added"]
    assert any("老地方" in said for _, said in words(world))


def test_what_is_told_at_the_question_whether_to_withdraw_is_kept_with_the_report(world: World) -> None:
    talk = _filed(world)
    world.say(talk, "撤了行不行")
    assert world.say(talk, "那我再说一句 他今晚要来接孩子 我怕")[-1] == "withdraw.sure.again"
    assert any("今晚要来接孩子" in said for _, said in words(world))


def test_a_child_who_runs_for_help_gets_the_code_without_a_yes_to_what_was_read_back(world: World) -> None:
    talk = begun(world, "我爷去医院了没人给我们做饭")
    world.say(talk, "我和弟弟 弟弟4岁 前天走的")
    world.say(talk, "现在安全")
    world.say(talk, "公主岭市响水镇姜家店村")
    world.say(talk, "不用")
    assert asked_now(world, talk) == "confirm"
    for said in ("邻居刘奶奶家亮灯", "我去找刘奶奶了 你别走", "刘奶奶来了"):
        world.say(talk, said)
    assert filed(world, talk)
    assert any("我去找刘奶奶" in said for _, said in words(world))


def test_what_somebody_else_does_is_not_who_writes(world: World) -> None:
    talk = asked_for(world, "reporter_type")
    world.say(talk, "奶奶打麻将去")
    assert answers_of(world, talk).facts.get("reporter_type") != "guardian"


def test_more_is_announced_and_then_told(world: World) -> None:
    talk = _filed(world)
    assert world.say(talk, "我再补充一句") == ["supplement.addition"]
    assert world.means(talk, "他爸也不在家", "supplement") == ["report.added"]


def test_a_question_to_us_is_no_answer_and_does_not_use_up_the_question(world: World) -> None:
    talk = asked_for(world, "place")
    for said in ("那你们这个多少天给信儿", "归哪个部门管啊", "你们走访多长时间一次啊"):
        world.say(talk, said)
        assert asked_now(world, talk) == "place"
    assert answers_of(world, talk).words_of("place") == []


def test_that_there_is_no_danger_is_heard_before_it_is_asked(world: World) -> None:
    talk = world.citizen()
    world.means(talk, "我是老师，想报告一个学生的情况，现在孩子在教室，没有危险", "report")
    assert asked_now(world, talk) == "what"


@pytest.mark.parametrize("said", ["没有危险吗", "他爸说没有危险 可是正打着呢"])
def test_but_not_where_it_is_asked_or_something_speaks_against_it(said: str, world: World) -> None:
    talk = begun(world, said)
    assert world.flow(talk) is None or answers_of(world, talk).facts.get("danger_now") != "no"


def test_help_that_has_come_is_heard_and_lowers_nothing(world: World) -> None:
    talk = begun(world, "隔壁正打孩子呢 孩子哭得没声了")
    assert "report.over" in world.say(talk, "警察来了 没事了")
    assert world.report().severity == "S0"


def test_a_child_is_sent_to_the_grown_up_it_trusts_and_may_leave(world: World) -> None:
    talk = begun(world, "我后爸喝酒了就打我")
    world.say(talk, "昨天打的")
    assert "report.trusted.child" in world.say(talk, "我姑挺好的 她住前街")
    assert world.say(talk, "我先关了") == ["report.leaving.child"]


def test_who_is_harmed_by_that_grown_up_is_not_sent_there(world: World) -> None:
    talk = begun(world, "我姑天天打我")
    assert "report.trusted.child" not in world.say(talk, "我姑在家")


def test_only_agreeing_to_a_question_asked_before_ends_a_talk_whose_report_stands(world: World) -> None:
    talk = asked_for(world, "child_ref", STORY.replace("老王家的二小子", "有个孩子"))
    world.say(talk, "归哪个部门管啊")
    for _ in range(2):
        world.means(talk, "好", "report", Meant())
    assert filed(world, talk) or asked_now(world, talk) != "child_ref"


def test_english_words_are_no_code_and_a_township_is_known_by_an_unknown_village_of_it() -> None:
    assert codes.find("herself, she cooks") == ()
    found = places.find("双辽市卧虎镇 三门李家村").best
    assert found is not None
    assert found.code == "220382102"


@pytest.mark.parametrize("said", ["一天天没人管", "管吃管住一个月给八百"])
def test_a_span_that_is_no_time_is_none(said: str) -> None:
    assert told.read(said).when is None


def test_a_scald_is_no_drowning(world: World) -> None:
    talk = begun(world, "有个烫伤孩子 俩脚烫的齐刷刷 像按水里的")
    assert "119" not in last(world, talk)
