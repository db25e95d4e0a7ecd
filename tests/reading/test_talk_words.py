"""What speaks to the talk itself asks for no rule; what asks for a rule beside it does."""

from __future__ import annotations

import pytest

from bot.reading.talk import talk_words


@pytest.mark.parametrize(
    "text",
    [
        "不是跟你说了吗 周岁八岁",
        "没有 刚才说到哪了",
        "我问你 走的日子记的哪天",
        "走的日子是26号不是20号 托给金美花 麻烦改一下 还有要有啥变动我咋告诉你们",
        "啥玩意父母都去世了 我就是她爸我活着呢",
        "我都告诉你两遍了",
        "你别给我讲规定 我问的是我家的事",
        "还差啥没说",
        "你说的啥意思",
        "那这周联系到底记成啥了",
    ],
)
def test_words_about_the_talk_itself_ask_for_no_rule(text: str) -> None:
    assert talk_words.of_the_talk(text)


@pytest.mark.parametrize(
    "text",
    [
        "受伤的孩子登记成啥",
        "跟你说了还用报警不",
        "我都跟你说完了 是不是就不用打110了",
        "啥玩意叫困境儿童",
        "报告说到一半停了还在吗",
        "我问的不是这个 我问低保上哪申请",
        "走访本上都得写些啥",
        "情况变了要重新认定吗",
        "老师说了学校不收 咋办",
    ],
)
def test_who_asks_for_a_rule_or_tells_beside_such_words_is_read_as_before(text: str) -> None:
    assert not talk_words.of_the_talk(text)


def test_whoever_asks_after_his_own_report_is_known_by_his_words() -> None:
    assert talk_words.of_an_own_report("我昨儿反映过一个事 想问问咋样了")
    assert talk_words.of_an_own_report("我报的那个事 有人接没有")
    assert not talk_words.of_an_own_report("报告以后多久有结果")
