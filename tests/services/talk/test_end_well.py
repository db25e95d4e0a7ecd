"""Talks that ended badly once: each in the words of the person, and what it needed to hear."""

from __future__ import annotations

import pytest

from bot.services.tasks import care_tasks
from bot.storage.database import Database
from tests.builders import World
from tests.conftest import NOON
from tests.services.talking import answers_of, asked_for, asked_now, filed, last

ANGRY = "刚才差点动手 我真想揍她一顿"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


def test_thanks_at_the_danger_question_open_no_report_and_are_no_answer(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, "我对门那男的天天半夜喝多了打孩子 动静老大了") == ["report.danger_doubt"]
    assert world.say(talk, "谢谢") == ["report.courtesy.danger"]
    assert world.reports() == []
    assert asked_now(world, talk) == "danger_now"
    world.say(talk, "知道了")
    assert answers_of(world, talk).facts["danger_now"] == "unknown"


def test_who_thanks_twice_and_whose_report_stands_gets_the_code(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "邻居家小孩一个人在家哭")
    assert world.say(talk, "嗯谢谢啊")[0] == "report.courtesy"
    world.say(talk, "好的谢谢")
    assert filed(world, talk)


def test_anger_without_a_blow_is_supported_asked_about_and_let_go(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我一个人带闺女 十二岁 叛逆得要命 我真管不了了")
    assert world.say(talk, ANGRY) == ["report.danger_doubt.urge"]
    assert "110" in last(world, talk)
    heard = world.say(talk, "没打 就是气话 她跟她奶在里屋写作业呢")
    assert heard[:2] == ["report.urge.held", "entrusted.wish.noted"]
    assert world.say(talk, "我不是坏人 你别报警抓我")[0] == "chat.fears_us"
    assert world.reports() == []
    assert world.flow(talk) == "entrusted"


def test_a_place_told_beside_a_question_is_kept(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我一个人带闺女 十二岁 叛逆得要命 我真管不了了")
    asked = world.say(talk, "乾安县让字镇的 有人能教教我咋管孩子不")
    assert asked[0].startswith("policy.")
    assert not any(key.startswith("entrusted.wish.where") for key in asked)


def test_anger_that_came_to_a_blow_is_an_emergency(world: World) -> None:
    talk = world.citizen()
    world.say(talk, ANGRY)
    assert "danger.violence" in world.tap(talk, "report.danger_now=yes")
    assert world.report().severity == "S0"


def test_who_cannot_say_that_he_did_not_strike_counts_as_one_who_may_have(world: World) -> None:
    talk = world.citizen()
    world.say(talk, ANGRY)
    world.say(talk, "说不清")
    assert "carer_hits" in answers_of(world, talk).facts["signs"]


def test_a_guardian_who_held_back_goes_on_to_be_helped_and_is_not_asked_who_he_is(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "气得我想抽他 这孩子作业不写")
    assert world.say(talk, "没打") == ["report.urge.held", "report.place"]
    facts = answers_of(world, talk).facts
    assert (facts["reporter_type"], facts["signs"]) == ("guardian", ["guardian_struggling"])
    assert world.reports() == []


def test_who_sets_right_that_he_only_asked_is_believed(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, "这都是打听 不是有孩子挨打 你别误会") == ["chat.no_harm"]
    assert world.flow(talk) is None


def test_a_stopped_report_is_taken_up_again_and_what_is_asked_with_it_is_answered(world: World) -> None:
    talk = asked_for(world, "place")
    world.say(talk, "算了不报了")
    assert world.flow(talk) is None
    assert world.say(talk, "真能匿名啊 那还是报吧")[:2] == ["report.faq.name", "report.resumed"]
    assert asked_now(world, talk) == "place"


def test_the_last_number_is_put_right_and_the_age_is_not_asked_again(world: World) -> None:
    talk = asked_for(world, "child_ref", "有个孩子辍学在家放牛 十五岁")
    assert answers_of(world, talk).facts["child_age_years"] == 15
    assert "多大" not in last(world, talk)
    assert world.say(talk, "不对 是十四岁")[0] == "report.corrected.told"
    assert answers_of(world, talk).facts["child_age_years"] == 14


def test_a_father_dead_for_three_years_is_read_and_a_number_after_handing_over_reaches_whoever_comes(
    world: World,
) -> None:
    talk = world.citizen()
    world.say(talk, "我弟没三年了，弟媳白血病住院，侄子十二岁跟我过，吃低保，算困境儿童不")
    assert "去世了" in "".join(one.text for one in world.said(talk))
    world.say(talk, "家是农村的，东辽县安石镇朝阳村")
    world.say(talk, "她干不了活，根本养不起孩子")
    assert "没有力量抚养" in "".join(one.text for one in world.said(talk)[-2:])
    world.say(talk, "行，转给你们儿童主任吧")
    assert world.say(talk, "打我电话就行，15500002345")[0] == "eligibility.number_added"
    with world.work() as work:
        handed = care_tasks.handed_by(work, talk, NOON.replace(hour=0))
    assert "15500002345" in handed["contact"]


def test_a_place_in_the_first_breath_of_a_check_is_said_back(world: World) -> None:
    talk = world.citizen()
    assert "eligibility.place_noted" in world.say(talk, "我在延吉，孩子十岁跟奶奶过，算不算留守儿童")


def test_a_grandmother_who_tells_where_everybody_is_reports_nothing(world: World) -> None:
    talk = world.citizen()
    keys = world.means(talk, "闺女啊我跟你说个事我孙子他爸妈都上天津打工去了", "report")
    assert any(key.startswith("eligibility.begin") for key in keys)
    world.say(talk, "走了一年半了 过年回来待了六天")
    assert world.flow(talk) == "eligibility"


def test_who_wants_to_report_stays_with_the_report(world: World) -> None:
    talk = world.citizen()
    world.means(talk, "我要反映个事 我孙子他爸妈都上天津打工去了", "report")
    world.say(talk, "走了一年半了 过年回来待了六天")
    assert world.flow(talk) == "report"


def test_who_stopped_and_wants_somebody_to_come_after_all_goes_on(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "气得我想抽他 这孩子作业不写")
    world.say(talk, "没打")
    world.say(talk, "算了 不说了")
    assert world.say(talk, "行吧 让人来跟我唠唠也行")[0] == "report.resumed"


def test_what_a_reporter_tells_of_the_family_afterwards_belongs_to_the_report(world: World) -> None:
    talk = asked_for(world, "confirm")
    world.say(talk, "提交")
    assert filed(world, talk)
    world.means(talk, "平时跟姥爷过 爸妈在外地打工", "eligibility")
    assert world.flow(talk) is None
    assert "补充好了" in last(world, talk)
    world.means(talk, "我家孩子算不算留守儿童 他爸妈都在外地打工", "eligibility")
    assert world.flow(talk) == "eligibility"


def test_who_was_told_a_rule_and_asks_for_the_next_one_begins_no_talk(world: World) -> None:
    talk = world.citizen()
    assert world.say(talk, "谁可以当委托照护的被委托人")[0].startswith("policy.")
    assert world.means(talk, "换个话 爹妈在外头 几天得联系孩子一回", "report")[0].startswith("policy.")
    assert world.means(talk, "报完多少天给信儿", "status")[0].startswith("policy.")
    assert world.means(talk, "那啥样人不让托", "entrusted")[0].startswith("policy.")
    assert world.flow(talk) is None


def test_who_lets_somebody_call_him_hands_his_wish_over(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我一个人带闺女 十二岁 叛逆得要命 我真管不了了")
    world.say(talk, "乾安县让字镇")
    world.say(talk, "不留")
    world.say(talk, "行 那让人联系我吧 白天我在家")
    assert world.flow(talk) is None


def test_who_only_heard_us_is_not_asked_what_he_wants(world: World) -> None:
    assert world.say(world.citizen(), "知道了") == ["chat.heard"]


def test_a_child_that_asks_two_things_hears_both(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我妈走了不要我了")
    world.say(talk, "我跟奶奶住 奶奶病了起不来")
    said = world.say(talk, "会有人来吗 会不会把我送走")
    assert said[0].startswith("beside.coming")
    assert said[1] == "report.worry.away"
