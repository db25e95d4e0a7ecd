"""The self-check of eligibility with the real Rasa: from the first sentence to the result, and after a death."""

from __future__ import annotations

from tests.conversations.conftest import Person, Running

CARED = "奶奶照顾得挺好，我俩在大连打工两年，过年回来几天，孩子9岁跟奶奶过"
MOST = 25


def test_a_question_whether_a_child_is_eligible_leads_to_a_first_indication(running: Running, person: Person) -> None:
    said = person.say("我家孩子算不算留守儿童")
    assert "初步判断" in said
    assert "一个人住" in said
    said = person.say(CARED)
    assert "24个月" in said
    for _ in range(MOST):
        if "初步判断（" in said:
            break
        said = person.say("没有")
    assert "初步符合“留守儿童”" in said


def test_it_goes_on_with_rasa_dead(running: Running, person: Person) -> None:
    person.say("帮我看看孩子符不符合条件")
    running.kill("rasa")
    try:
        assert "24个月" in person.say(CARED)
        assert "残疾" in person.say("没有低保")
    finally:
        running.start_rasa()
