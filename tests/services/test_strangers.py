"""Strangers who have seen nothing of the system: a wrong guess of ours costs them one question, never the talk."""

from __future__ import annotations

import pytest

from bot.services.talk import urgency
from bot.services.talk.meaning import Meant
from bot.storage.database import Database
from tests.builders import World

CHOKING = "小宝卡了个果冻,脸憋青了,怎么拍都拍不出来"
ODD = "您好，我是一名小学老师，班里有个学生情况我拿不准要不要说"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


def test_a_question_about_words_that_only_sounded_odd_may_be_passed_over(world: World) -> None:
    talk = world.citizen()
    assert "report.danger_doubt" in world.say(talk, ODD)
    assert "report.danger_now" not in world.say(talk, "孩子算不算困境")
    assert world.flow(talk) == "eligibility"
    assert world.reports() == []


def test_of_a_sick_child_its_family_is_not_asked_whether_somebody_hurts_it(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, "闺女脑瘫 四岁")[0] == "eligibility.begin.short"
    assert "eligibility.question.again" not in world.say(talk, "没办残疾证 大夫说再等等")


def test_who_tells_other_things_than_were_asked_is_asked_the_others_first_and_gets_an_answer(world: World) -> None:
    talk = world.citizen()
    for said in (
        "俺家小孙子够不够那个留守儿童呢",
        "跟我住 他爸他妈都搁深圳电子厂",
        "去年开春走的 二月份吧 过年回来十天又走了",
        "没病没灾的 就他妈 腰不好",
        "低保没有 前年有来着 给取了",
        "农村的",
    ):
        asked = world.said(talk)[-1].text if world.said(talk) else ""
        world.say(talk, said)
    assert "可靠的大人照顾" not in asked
    assert world.say(talk, "那够了是吧 能给点啥")[0] == "eligibility.so_far"
    assert "· 留守儿童：" in world.said(talk)[-2].text


def test_going_along_with_us_says_nothing_of_the_child(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我想问下我女儿算不算困境儿童")
    assert world.say(talk, "行吧 帮我找个人问问") == ["eligibility.hand.place"]
    assert world.reports() == []


def test_who_answers_that_question_is_in_the_report_as_ever(world: World) -> None:
    talk = world.citizen()
    world.say(talk, ODD)
    world.say(talk, "有危险")
    assert world.report().severity == "S0"


def test_who_only_presses_us_stays_asked(world: World) -> None:
    talk = world.citizen()
    world.say(talk, CHOKING)
    world.say(talk, "你倒是快说啊")
    assert world.flow(talk) == "report"


@pytest.mark.parametrize(
    ("meant", "asked"),
    [
        (Meant("seek_mental_health_support", 0.41), True),
        (Meant("check_eligibility", 0.95), False),
        (Meant("report_emergency", 0.5), False),
    ],
)
def test_words_without_a_word_of_danger_are_asked_about_unless_the_classifier_is_sure(
    meant: Meant, asked: bool, world: World
) -> None:
    talk = world.citizen()
    inbox_id = world.hear(talk, {"text": CHOKING})
    with world.work() as work:
        assert urgency.ask_if_unsure(work, talk, inbox_id, CHOKING, meant) is asked
    assert ("report.danger_doubt" in world.keys_to(inbox_id)) is asked


def test_harm_told_after_it_stays_in_the_report(world: World) -> None:
    talk = world.citizen()
    world.say(talk, ODD)
    world.say(talk, "她爸昨天拿皮带抽她")
    assert world.flow(talk) == "report"


def test_a_parent_who_cannot_be_found_is_no_missing_child(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "孙女爸爸没了 肝癌 前年腊月 我问问算不算困境儿童")
    said = world.say(talk, "她妈转过年就走了 电话打不通 快两年了")
    assert not [key for key in said if key.startswith("report.")]


@pytest.mark.parametrize("said", ["今天上午九点半到的 孩子在 见着本人了", "俩孩子 大的十岁闺女 小的四岁小子"])
def test_staff_are_not_asked_about_words_that_only_sound_odd(world: World, said: str) -> None:
    assert "report.danger_doubt" not in world.say(world.staff("child_director"), said)
