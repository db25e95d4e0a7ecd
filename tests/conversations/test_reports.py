"""Whole talks with the real Rasa: the first story, interruptions, and deaths of processes."""

from __future__ import annotations

import re

import httpx
import pytest

from tests.conversations.conftest import Person, Running
from tests.faults.gateway_process import HUNG_SECONDS

PLACE = "公主岭市响水镇姜家店村"
INTENTS = {
    "greet": "你好",
    "goodbye": "再见",
    "thank": "谢谢你",
    "affirm": "对的",
    "deny": "不是",
    "unsure": "不太清楚",
    "skip": "跳过",
    "cancel": "不办了",
    "correct_previous": "刚才写错了 改一下",
    "ask_help": "你能干啥",
    "talk_to_human": "转人工",
    "bot_challenge": "你是机器人吗",
    "out_of_scope": "今天股票涨了没",
    "ask_policy": "强制报告是啥意思",
    "check_eligibility": "我家孩子算不算留守儿童",
    "confirm_contact": "这周跟孩子视频了 挺好",
    "report_no_contact": "这周太忙没给孩子打电话",
    "register_entrusted_care": "我要出去打工 孩子托付给我姐 想登记一下",
    "change_caregiver": "想换个人带孩子",
    "report_return_home": "我回老家不走了",
    "update_contact_details": "我换手机号了",
    "ask_child_status": "我家孩子最近咋样",
    "list_due_visits": "今天该走访谁",
    "record_visit": "今天去老李家走访了 登记一下",
    "reschedule_visit": "走访改到下周",
    "list_children": "我们村有多少留守儿童",
    "view_child_record": "查一下王小明的档案",
    "register_child": "新来个孩子要建档",
    "update_child_record": "王小明转学了 改一下档案",
    "export_work_log": "导出工作日志",
    "handle_report": "我要办结这个报告",
}


def test_the_first_story(running: Running, director: Person, person: Person) -> None:
    assert "孩子现在有危险吗" in person.say("我想反映一下，邻居家孩子总挨打，胳膊上都是印子")
    assert "哪个县" in person.tap("现在没有")
    assert "什么时候" in person.say(PLACE)
    person.say("快半年了吧")
    person.say("是个二年级的小男孩，姓王")
    person.say("我是邻居 别说是我")
    recap = person.say("可以的")
    assert "姜家店村" in recap
    receipt = person.say("没错")
    code = re.search(r"查询码 (\S+)", receipt)
    pin = re.search(r"密码 (\d{4})", receipt)
    assert code
    assert pin
    assert "编号" in director.look()
    assert "已接手" in director.tap("我来处理")
    other_phone = Person(running.gateway.url)
    other_phone.say("查进度")
    assert "已受理" in other_phone.say(f"{code[1]} {pin[1]}")


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_leads_to_a_truthful_answer(intent: str, person: Person) -> None:
    said = person.say(INTENTS[intent])
    assert said
    assert "听不太懂" not in said


@pytest.mark.parametrize("intent", ["report_concern", "report_emergency", "check_report_status", "bind_account"])
def test_the_flows_of_this_story_open_by_words(intent: str, person: Person) -> None:
    words = {
        "report_concern": "想反映个情况，有个孩子好久没去上学了",
        "report_emergency": "快点来人啊要出人命了",
        "report_child_difficulty": "孩子最近不想上学 成绩下降了",
        "check_report_status": "我上次举报的事咋样了",
        "bind_account": "我要绑定身份",
    }
    wanted = {
        "report_concern": "危险",
        "report_emergency": "110",
        "report_child_difficulty": "危险",
        "check_report_status": "查询码",
        "bind_account": "邀请码",
    }
    assert wanted[intent] in person.say(words[intent])


def test_a_question_in_the_middle_is_answered_and_the_talk_goes_on_where_it_was(person: Person) -> None:
    person.say("我要反映孩子的情况")
    person.tap("现在没有")
    said = person.say("你是机器人吗")
    assert "助手" in said
    assert "发生了什么" in said


def test_the_talk_goes_on_after_rasa_has_forgotten_everything(running: Running, person: Person) -> None:
    person.say("孩子辍学了在家放牛，想反映一下")
    person.tap("现在没有")
    running.kill("rasa")
    assert "什么时候" in person.say(PLACE), "Rasa is dead: the open question takes the words"
    running.start_rasa()
    assert "姓名" in person.say("上个月开始的"), "Rasa is new: it reads the draft and goes on"


def test_the_talk_goes_on_after_the_action_server_died(running: Running, person: Person) -> None:
    person.say("有个孩子总饿肚子没人管，我想反映")
    person.tap("现在没有")
    running.kill("actions")
    assert "什么时候" in person.say(PLACE)
    running.start_actions()
    assert "姓名" in person.say("一直这样")


def test_the_talk_goes_on_after_the_gateway_died(running: Running, person: Person) -> None:
    person.say("邻居孩子天天挨打，我想反映")
    person.tap("现在没有")
    running.gateway.kill()
    running.gateway.start()
    assert "什么时候" in person.say(PLACE)


def test_a_long_talk_stays_short_in_rasas_memory(running: Running) -> None:
    """stack_facts: a talk of 600 messages slows Rasa eightfold; ours is cut to where it stands."""
    address = f"http://127.0.0.1:{running.rasa_port}"
    with httpx.Client(base_url=address, headers={"Authorization": "Bearer test"}, timeout=HUNG_SECONDS) as rasa:
        for _ in range(150):
            body = {"sender": "long.1", "message": "你好", "metadata": {"message": 0}}
            assert rasa.post("/webhooks/rest/webhook", json=body).json()[0]["custom"] == {"say": "chat.greet"}
        tracker = rasa.get("/conversations/long.1/tracker", params={"token": "test"}).json()
    assert len(tracker["events"]) <= 45


def test_rasa_refuses_who_does_not_hold_the_token(running: Running) -> None:
    address = f"http://127.0.0.1:{running.rasa_port}/webhooks/rest/webhook"
    answer = httpx.post(address, json={"sender": "x", "message": "你好"}, headers={"Authorization": "Bearer wrong"})
    assert answer.status_code == 401
    actions = httpx.post(f"http://127.0.0.1:{running.actions_port}/webhook?token=wrong", json={"next_action": "x"})
    assert actions.status_code == 401
