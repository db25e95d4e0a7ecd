"""Strangers who have seen nothing of the system: a wrong guess of ours costs them one question, never the talk."""

from __future__ import annotations

import pytest

from bot.services.talk import urgency
from bot.services.talk.meaning import Meant
from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import PLACE, answers_of, asked_for, asked_now

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


def test_who_only_greets_is_greeted_though_nobody_classifies(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, "您好") == ["chat.greet"]
    assert world.say(talk, "在吗") == ["chat.greet"]
    assert world.say(talk, "再见") == ["chat.goodbye"]
    assert world.say(world.citizen(), "再见了") != ["chat.goodbye"], "it may be meant for ever"
    assert "chat.greet" not in world.say(talk, "你好，邻居家孩子天天挨打")
    assert "chat.greet" not in world.say(talk, "你好"), "inside a talk it answers nothing, and the talk goes on"


def test_of_a_sick_child_its_family_is_not_asked_whether_somebody_hurts_it(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, "闺女脑瘫 四岁")[:2] == ["policy.beside", "eligibility.begin.short"]
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
    assert "留守儿童" in world.said(talk)[-2].text


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


@pytest.mark.parametrize("said", ["你倒是快说啊", "有人吗", "有没有人管", "咋整啊"])
def test_who_only_presses_us_stays_asked(said: str, world: World) -> None:
    talk = world.citizen()
    world.say(talk, CHOKING)
    world.say(talk, said)
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


@pytest.mark.parametrize("said", ["好我马上给我妈打电话让她看着", "让我姐报警了", "我吃完药睡着了", "我爷睡着了 没事"])
def test_what_tells_of_something_else_is_no_way_to_reach_anybody(world: World, said: str) -> None:
    talk = world.citizen()
    world.say(talk, f"{PLACE} 我听见孩子在喊救命 打起来了")
    assert asked_now(world, talk) == "safe_contact"
    world.say(talk, said)
    assert answers_of(world, talk).words_of("safe_contact") == []


@pytest.mark.parametrize("said", ["打我大闺女的吧 一三零四三三零六五一二", "去学校找我", "13900000001", "村部电话"])
def test_a_way_to_reach_somebody_is_taken(world: World, said: str) -> None:
    talk = world.citizen()
    world.say(talk, f"{PLACE} 我听见孩子在喊救命 打起来了")
    world.say(talk, said)
    assert answers_of(world, talk).words_of("safe_contact")


def test_who_has_said_all_of_a_danger_and_wants_the_code_gets_it_at_once(world: World) -> None:
    talk = world.citizen()
    world.say(talk, f"{PLACE} 我听见孩子在喊救命 打起来了")
    assert "report.receipt" in world.say(talk, "行 就这些 码给我")
    assert world.say(talk, "这个码干啥用的") == ["report.faq.code"]


def test_a_missing_child_that_is_found_is_good_news_and_people_make_sure_of_it(world: World) -> None:
    talk = world.citizen()
    world.say(talk, f"{PLACE} 孩子丢了 找了一下午没找着")
    assert world.say(talk, "找着了找着了 在他同学家")[0] == "report.found"
    assert world.report().severity == "S0"


@pytest.mark.parametrize("said", ["我能不能先把他家长叫来问问再说？", "打完了，新站派出所，十点二十，接电话的姓于"])
def test_a_question_and_a_call_to_the_police_are_no_child(world: World, said: str) -> None:
    talk = asked_for(world, "child_ref")
    world.say(talk, said)
    assert answers_of(world, talk).words_of("child_ref") == []


def test_a_wish_for_silence_is_not_read_back_as_who_somebody_is(world: World) -> None:
    talk = asked_for(world, "reporter_type")
    world.say(talk, "可千万别说是我说的啊 低头不见抬头见的")
    world.tap(talk, "report.follow_up=no")
    assert "没错，提交" in [choice.label for choice in world.said(talk)[-1].choices]
    assert "可千万别说" not in world.said(talk)[-1].text


@pytest.mark.parametrize("said", ["我能跟你说个事你别告诉我妈行吗", "你能不能别告诉我奶"])
def test_a_child_that_asks_for_silence_hears_the_truth_and_is_invited_to_speak(world: World, said: str) -> None:
    talk = world.citizen()
    assert world.say(talk, said) == ["beside.secret.child"]
    assert "不能答应谁都不说" in world.said(talk)[-1].text


def test_of_two_children_one_is_asked_about_at_a_time(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "闺女脑瘫 四岁")
    assert "eligibility.one_by_one" in world.say(talk, "还有个大的 小子 九岁 白血病 化疗呢")
    assert "9岁" not in "".join(said.text for said in world.said(talk))


def test_a_sad_child_is_listened_to_and_led_into_no_form(world: World) -> None:
    talk = world.citizen()
    said = [
        key
        for one in ("我不高兴", "我爸我妈都走了 就我跟我爷", "我就是想他们 晚上睡不着")
        for key in world.say(talk, one)
    ]
    assert said == ["beside.sad", "child.talk.listen", "beside.sad.again"]
    assert world.say(talk, "我有时候觉得没我他们就不用出去挣钱了 不想活了")[0] == "danger.self_harm.child"


def test_what_a_mother_tells_that_her_child_said_is_answered_as_to_a_grown_up(world: World) -> None:
    talk = world.citizen()
    said = world.say(talk, "心情嘛 那天说活着没意思 不想活了 小孩子胡说八道的吧")
    assert said[0] == "danger.self_harm"


def test_who_asks_whether_anybody_is_there_says_no_yes_to_the_danger_question(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我打自己儿子关你们屁事")
    world.say(talk, "在吗")
    assert not any(key.startswith("danger.") for key in world.pushes(talk))
    assert [report for report in world.reports() if report.severity == "S0"] == []


def test_who_looks_for_the_code_is_not_told_the_same_thing_again_and_again(world: World) -> None:
    talk = world.citizen()
    world.tap(talk, "flow:status")
    for one in ("码是 K 七 M 二 四 杠 后面的看不清了", "等会儿我翻翻照片", "不对？那四个六呢"):
        world.say(talk, one)
    said = [one.text for one in world.said(talk)[1:]]
    assert len(said) == len(set(said))
    assert any("再说一遍" in one for one in said)


def test_a_child_alone_is_spoken_to_as_a_child(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, "我奶住院了 家里就我自己") == ["report.danger_doubt.child"]
