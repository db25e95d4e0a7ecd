from __future__ import annotations

import pytest

from bot.reading.contact import consenting


@pytest.mark.parametrize(
    "said", ["给孩子也加入", "能不能让我闺女也登记一下？", "我想给娃也加入", "帮我家老二也登记一下吧", "孩子能加入吗"]
)
def test_a_guardian_wants_the_child_to_join(said: str) -> None:
    assert consenting.registers_child(said)


@pytest.mark.parametrize(
    "said", ["别再问孩子了", "不让孩子加入了", "不要给我闺女发了", "我不同意孩子参加", "让孩子退出吧"]
)
def test_a_guardian_wants_the_child_left_alone(said: str) -> None:
    assert consenting.takes_back(said)


@pytest.mark.parametrize(
    "said",
    ["我要加入", "孩子加入了少先队", "给孩子登记户口", "孩子不加入合作医疗行吗", "别再打孩子了", "孩子退学了", ""],
)
def test_other_words_about_joining_are_neither(said: str) -> None:
    assert not consenting.registers_child(said)
    assert not consenting.takes_back(said)
