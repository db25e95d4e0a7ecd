"""It went quiet: somebody told of harm and hears no more of it (现在没动静了)."""

from __future__ import annotations

import pytest

from bot.services.casework import reports
from tests.builders import World
from tests.services.talking import answers_of

PLACE = "公主岭市范家屯镇平洋村"


@pytest.mark.parametrize("text", ["现在没动静了", "现在没动静 刚才又嚎了半天", "这会儿又没动静了"])
def test_that_it_went_quiet_is_asked_about_and_nobody_is_taken_for_unconscious(text: str, world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, "我家邻居打孩子") == ["report.danger_doubt"]
    assert world.say(talk, text) == ["report.danger_doubt.quiet"]
    assert not any("侧躺" in said.text for said in world.said(talk))
    assert world.reports() == [], "what is only doubtful alarms nobody yet"


def test_who_does_not_answer_is_a_danger_and_what_is_over_is_none(world: World) -> None:
    lies, over = world.citizen(), world.citizen()
    for talk in (lies, over):
        world.say(talk, "我家邻居打孩子")
        world.say(talk, "现在没动静了")
    keys = world.tap(lies, "report.danger_now=yes")
    assert keys[:2] == ["danger.illness.outside", "danger.violence"]
    assert world.report().severity == "S0"
    assert not any(key.startswith("danger.") for key in world.say(over, "消停了"))
    assert answers_of(world, over).facts["danger_now"] == "no"


def test_whoever_passes_over_that_question_is_not_asked_a_third_time(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "楼上那个王八蛋天天打孩子你们管不管啊！！！我都报警三次了没人管！")
    world.say(talk, "现在没动静 刚才又嚎了半天")
    keys = world.say(talk, f"{PLACE} 你们倒是去人啊")
    assert not any(key.startswith("report.danger") for key in keys)
    assert answers_of(world, talk).facts["danger_now"] == "unknown", "and it is not taken for a no"


def test_who_hears_no_more_of_a_beating_is_told_once_what_to_do_and_the_words_are_kept(
    world: World,
) -> None:
    talk = world.citizen()
    world.say(talk, "隔壁两口子又打孩子呢 听见哭")
    assert world.say(talk, "现在没动静了") == ["report.quiet_outside", "report.place.emergency.again"]
    assert not any("侧躺" in said.text for said in world.said(talk))
    with world.work() as work:
        assert ["what", "现在没动静了"] in [list(one) for one in reports.told_of(work, world.report())["words"]]
    assert world.report().severity == "S0"
    assert world.say(talk, "还是没动静")[0] != "report.quiet_outside"


@pytest.mark.parametrize(
    "told",
    [
        "孩子误喝了农药 快来",
        "我弟弟掉河里了 快来人",
        "我闺女说不想活了 把自己锁屋里了",
        "邻居正打孩子呢 孩子抽过去了",
        "三岁孩子一个人锁在车里了",
    ],
)
def test_where_it_may_be_worse_than_a_beating_quiet_is_taken_for_the_worst(told: str, world: World) -> None:
    talk = world.citizen()
    world.say(talk, told)
    assert world.report().severity in ("S0", "S1")
    assert world.say(talk, "现在没动静了")[0].startswith("danger.")


def test_of_the_child_itself_it_is_the_news_it_always_was(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我家邻居打孩子")
    assert world.say(talk, "孩子没动静了")[0] == "danger.illness.outside"


@pytest.mark.parametrize("said", ["这会儿没动静了也不道是咋的了", "一点声都没有了", "不哭了 咋回事啊"])
def test_who_stands_outside_is_not_told_how_to_lay_the_child_down(said: str, world: World) -> None:
    talk = world.citizen()
    world.say(talk, "隔壁又揍孩子呢 嗷嗷地哭")
    world.say(talk, said)
    world.say(talk, "还是没声 喊也没人应")
    assert not any("侧躺" in one.text for one in world.said(talk))
    assert any("110" in one.text for one in world.said(talk)[-3:])


def test_who_has_the_child_in_his_arms_is_told_so(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "孩子躺地上不动了 没声了")
    assert any("侧躺" in one.text for one in world.said(talk))
