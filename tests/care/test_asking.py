"""What may never be asked is recognised; ordinary questions pass."""

from __future__ import annotations

import pytest

from bot.care import policy_data
from bot.care.asking import forbidden

NEVER = policy_data.read("reports")["never_ask"]
BROKEN = {
    NEVER[0]: [
        "他怎么摸的孩子",
        "碰了哪里",
        "下身有没有流血",
        "是不是发生关系了",
        "麻烦您检查一下孩子身上",
        "摸了几次",
    ],
    NEVER[1]: ["能拍张伤的照片吗", "把孩子身上的视频发来", "伤口拍一下"],
    NEVER[2]: ["您再问问孩子", "帮我们去跟孩子核实一下", "可以找他对质吗", "请您问一问那个孩子"],
    NEVER[3]: ["孩子有没有艾滋", "HIV 结果呢"],
    NEVER[4]: ["孩子身份证号多少", "把您的证件号发来"],
    NEVER[5]: ["先别声张", "让孩子别说出去", "能不能私了", "您帮着调解一下吧"],
}
FINE = [
    "孩子现在住在谁家？",
    "孩子大概几岁？",
    "您最后一次见到孩子是什么时候？",
    "平时谁照顾他？",
    "孩子在哪个学校上学？",
    "是几号的事？",
    "家里还有别的大人吗？",
    "您知道他爸妈在哪打工吗？",
    "孩子现在吃饭有着落吗？",
    "那户人家大概在村里哪个位置？",
    "您方便说一下是哪天听到哭声的吗",
]


@pytest.mark.parametrize(("of", "question"), [(of, one) for of, all_of in BROKEN.items() for one in all_of])
def test_a_forbidden_question_is_refused_for_the_sentence_it_breaks(of: str, question: str) -> None:
    found = forbidden(question)
    assert found is not None
    assert found.of == of
    assert found.say_zh


@pytest.mark.parametrize("question", FINE)
def test_an_ordinary_question_may_be_asked(question: str) -> None:
    assert forbidden(question) is None


def test_every_sentence_of_the_policy_has_its_rule_and_no_rule_guards_anything_else() -> None:
    assert [rule["of"] for rule in policy_data.read("never_ask")["rules"]] == NEVER
