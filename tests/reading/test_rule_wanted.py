"""In a check a rule is read by who asks for one; who tells a fact, or only wants the check, hears the next question."""

from __future__ import annotations

import pytest

from bot.reading.families import rule_wanted


@pytest.mark.parametrize(
    "said",
    [
        *("再问几个吧 跟我过呗我六十七了腿脚不好", "啥残疾不残疾的没有没病", "看看算不算吧 小子十岁 跟我在屯里住"),
        *("我一个人照顾呗 他妈走了得有三年了电话也打不通 没离婚", "行 那让人来呗 有人能给我打个电话不"),
    ],
)
def test_what_is_told_asks_for_no_rule(said: str) -> None:
    assert not rule_wanted.asked(said)


@pytest.mark.parametrize("said", ["孩子户口是城里的能算留守儿童不", "没残疾 哮喘算不算重病", "那残疾证三级的行不"])
def test_what_is_asked_does(said: str) -> None:
    assert rule_wanted.asked(said)
