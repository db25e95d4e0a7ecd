"""What is wished of the check, asked and told in it, in the words of people who tried it."""

from __future__ import annotations

import pytest

from bot.reading.families import check_handing, checking
from bot.reading.talk import replies


@pytest.mark.parametrize(
    ("said", "at_the_end", "wish"),
    [
        ("帮我找个人问问", False, checking.PEOPLE),
        ("别找主任", False, None),
        ("我不同意", False, checking.REVIEW),
        ("结果不对", True, checking.REVIEW),
        ("不对", False, None),
        ("给我打印一份", True, checking.PAPER),
        ("给我打印一份", False, None),
        ("再说一遍", True, checking.RESULT),
        ("谢谢", True, checking.THANKS),
        ("早就说过了 都说过了", False, checking.TOLD_ALREADY),
        ("这俩月我们有啥得做的不", False, checking.DUTIES),
        ("行了，整明白了", False, checking.GOODBYE),
        ("到底算不算", False, checking.SO_FAR),
        ("咋这多问题啊", False, checking.HOW_MUCH_MORE),
        ("给个准话呗", False, checking.SO_FAR),
        ("申请过低保 到现在也没给个话", False, None),
        ("行还是不行", False, checking.SO_FAR),
        ("啥时候能算", False, checking.WHEN),
        ("我几月份再来问", False, checking.WHEN),
        ("这都不算 那你们管啥", False, checking.NOT_WORTH_IT),
        ("要是够上了一个月能给多少钱", False, checking.MONEY),
        ("再问几个吧", True, checking.MORE),
        ("那到底算不算啊", True, checking.SO_FAR),
        ("如果孩子满16了还算不算", True, None),
        ("他爸在长春打工，走了快一年了，孩子跟着奶奶过，这么多问题", False, None),
    ],
)
def test_a_wish_is_heard_where_it_has_its_place(said: str, at_the_end: bool, wish: str | None) -> None:
    assert checking.wish(said, at_the_end=at_the_end) == wish


@pytest.mark.parametrize(
    ("said", "to_people"), [("你给递上去吧", True), ("找俺们村主任就行，告诉他一声", True), ("要不要递上去", False)]
)
def test_handing_over_is_said_and_never_only_asked(said: str, to_people: bool) -> None:
    assert check_handing.hands_over(said) is to_people


def test_who_asks_again_another_time_breaks_off_too() -> None:
    assert checking.comes_back("再等俩月我再来问")
    assert replies.later("再等俩月我再来问")
    assert not checking.comes_back("等一下再问")


@pytest.mark.parametrize(("said", "who"), [("我是他爸", "father"), ("我是她姥姥", "maternal"), ("邻居", "other")])
def test_who_somebody_is(said: str, who: str) -> None:
    assert checking.speaker(said) == who


def test_our_own_question_before_the_answer_is_taken_off() -> None:
    assert checking.since_when("走多咱了？去年秋收完走的")
    assert checking.without_our_question("走多咱了？去年秋收完走的") == "去年秋收完走的"


@pytest.mark.parametrize(("said", "name"), [("我姓王，找主任就行", "王"), ("找主任就行", "")])
def test_how_somebody_is_called_is_heard_in_passing(said: str, name: str) -> None:
    assert checking.called(said) == name


def test_a_worry_stands_in_a_clause_of_its_own() -> None:
    assert checking.worries("没人管没人问，算不算困境", frozenset())
    assert not checking.worries("不是没人管，有奶奶", frozenset())
    assert checking.worries("他爸天天打他，这算不算困境", frozenset({"beaten"}))


@pytest.mark.parametrize("said", ["好嘞 谢谢 挂了啊", "行 知道了 挂了", "谢谢 再见"])
def test_who_hangs_up_after_the_result_goes(said: str) -> None:
    assert checking.wish(said, at_the_end=True) == checking.LEAVES


@pytest.mark.parametrize("said", ["孩子他爷挂了", "电话挂了 没人接"])
def test_what_hung_up_or_died_is_no_goodbye(said: str) -> None:
    assert checking.wish(said, at_the_end=True) is None
