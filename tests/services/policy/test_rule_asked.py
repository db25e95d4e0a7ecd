"""A question about a rule that led to the question about danger is no report by staying unanswered."""

from __future__ import annotations

import pytest

from bot import jobs
from bot.reading.talk import question_forms
from tests.builders import World
from tests.conftest import Hands
from tests.services.danger.test_urgent_talks import PLACE

pytestmark = pytest.mark.words

RULES = [
    "当爹妈的不管孩子，村上有权说他们不",
    "什么样叫管不了孩子？文件里都写了吗",
]
CASES = [
    "邻居家孩子让人祸害了，用不用报警",
    "我家孩子昨天让他叔祸害了，这算啥规定",
    f"{PLACE}有个孩子没人管，要是没饭吃算不算困境",
]


def _unanswered(world: World, hands: Hands, text: str) -> int:
    talk = world.citizen()
    world.tap(talk, "flow:report")
    world.say(talk, text)
    hands.forward(hours=2)
    jobs.run(world.database, world.vault, "silence", world.now())
    return len(world.reports())


@pytest.mark.parametrize("text", RULES)
def test_a_rule_asked_for_is_not_filed(world: World, hands: Hands, text: str) -> None:
    assert _unanswered(world, hands, text) == 0


@pytest.mark.parametrize(
    "text",
    [
        "学校要是发现学生像是让人祸害了，光跟教育局说行不行，用不用报警",
        "要是有人摸我下面怎么办",
        "如果一个女孩被亲戚祸害了 能告吗",
    ],
)
def test_who_asks_of_sexual_harm_may_be_the_child(world: World, hands: Hands, text: str) -> None:
    assert _unanswered(world, hands, text) == 1


@pytest.mark.parametrize(
    "text",
    [
        "如果我爸打我可以报警吗",
        "万一我被锁在家里怎么办",
        "要是同学天天挨他爸打怎么办",
        "如果一个女孩没人管 村上有权说不",
    ],
)
def test_what_somebody_may_ask_for_himself_is_no_rule(text: str) -> None:
    assert not question_forms.only_of_a_rule(text)


def test_harm_to_a_child_is_filed_though_a_rule_is_asked_for_too(world: World, hands: Hands) -> None:
    assert _unanswered(world, hands, "邻居家孩子让人祸害了，用不用报警") == 1


@pytest.mark.parametrize("text", CASES)
def test_a_child_a_home_or_a_day_makes_it_a_case(text: str) -> None:
    assert not question_forms.only_of_a_rule(text)


@pytest.mark.parametrize("text", RULES)
def test_what_holds_for_all_is_a_rule(text: str) -> None:
    assert question_forms.only_of_a_rule(text)
