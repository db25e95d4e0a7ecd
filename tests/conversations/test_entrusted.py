"""委托照护 with the real Rasa: strangers are told truthfully; a father on file is led and keeps his place."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Person, Running
from tests.conversations.test_contact import _joined, child

__all__ = ["child"]


def test_somebody_not_on_file_hears_what_it_is_and_whom_to_ask(person: Person) -> None:
    said = person.say("我要外出打工了来登记委托孩子奶奶照看")
    assert "儿童主任" in said
    assert "我还没有开" not in said
    assert "哪个县" in person.tap("请儿童主任联系我")


@pytest.mark.usefixtures("director")
def test_a_father_is_led_and_a_question_in_between_loses_nothing(running: Running, child: str) -> None:
    father = _joined(running, child, "father")
    assert "奶奶叫什么名字" in father.say("我和孩子妈要出去打工 孩子交给他奶奶带")
    assert "什么时候走" in father.say("奶奶李桂兰 13900000001"), "why was told in the first words"
    asked = father.say("哪些人不能当照护人？")
    assert "酗酒" in asked
    assert "什么时候走" in asked
    assert "什么时候走" not in father.say("下月初走，去青岛，大概一年")
    assert "别动手" in father.say("管不了了想打他")
