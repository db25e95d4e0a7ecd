"""What is said in a report talk and by who comes back to it, beside what happened."""

from __future__ import annotations

import pytest

from bot.reading.reports import reporting


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("我是他班主任，孩子身上有伤", "我是他班主任"),
        ("俺是邻居，也是他表叔。", "俺是邻居，也是他表叔"),
        ("他是谁", ""),
    ],
)
def test_who_somebody_is_stands_in_his_own_words(said: str, who: str) -> None:
    assert reporting.i_am(said) == who


@pytest.mark.parametrize(("said", "near"), [("我家隔壁天天打孩子", "我家隔壁"), ("我侄女没人管", ""), ("我孩子", "")])
def test_whose_parent_somebody_is_not(said: str, near: str) -> None:
    assert reporting.near(said) == near


def test_other_peoples_children_are_known_by_what_they_are_called() -> None:
    assert reporting.of_others("邻居家孩子天天挨打")
    assert not reporting.of_others("我闺女她姥姥不管")


@pytest.mark.parametrize(
    ("said", "none"), [("没啥危险", True), ("没有什么危险，就是没人管", True), ("没危险吧", False)]
)
def test_no_danger_is_said_and_not_asked(said: str, none: bool) -> None:
    assert reporting.no_danger(said) is none


def test_where_the_writer_is_on_his_way_home_is_told_as_such() -> None:
    assert reporting.on_the_way_back("我在延吉呢 正往回赶")
    assert not reporting.on_the_way_back("孩子在延吉")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("不是初一二班，是初一三班", ("初一二班", "初一三班")),
        ("不叫王小明，叫王晓明", ("王小明", "王晓明")),
        ("是初一三班", None),
        ("不是初一二班，是初一三班" + "啊" * reporting.LONGEST_CORRECTION, None),
    ],
)
def test_a_correction_says_what_holds_instead(said: str, found: tuple[str, str] | None) -> None:
    assert reporting.not_but(said) == found


@pytest.mark.parametrize(("said", "count"), [("你好，我要反映个情况", 0), ("你好，他天天喝酒", 5)])
def test_a_greeting_tells_nothing_yet(said: str, count: int) -> None:
    assert reporting.told_characters(said) == count


def test_what_is_said_where_a_code_is_awaited() -> None:
    assert reporting.like_a_code("码丢了")
    assert reporting.like_a_code("A3F9")
    assert not reporting.like_a_code("他又打孩子了")
    assert reporting.letters("A3F-9 啊") == 4
    assert reporting.asks_how_it_stands("那事咋样了")
    assert not reporting.asks_how_it_stands("五天了")
    assert reporting.speaks_of_taking_back("撤了会咋样")


def test_how_a_child_is_called_names_no_other_child() -> None:
    assert reporting.calls_the_child("孩子叫王小明", 3, 6)
    assert reporting.calls_the_child("孩子叫王小明", 2, 6)
    assert not reporting.calls_the_child("还有李小红也挨打", 2, 5)


@pytest.mark.parametrize(
    ("said", "left"), [("行吧 他昨晚又喝酒了，给我记上吧", " 他昨晚又喝酒了"), ("他昨晚又喝酒了", "他昨晚又喝酒了")]
)
def test_the_wish_to_have_it_added_is_taken_off(said: str, left: str) -> None:
    assert reporting.without_wishes(said) == left


def test_a_child_that_was_brought_elsewhere_is_no_other_matter() -> None:
    assert reporting.brought_elsewhere("送到县医院了")
    assert not reporting.brought_elsewhere("还在家")


@pytest.mark.parametrize(
    ("said", "none"),
    [("没有 我家没小孩", True), ("就是唠唠", True), ("没孩子看着的人", False)],
)
def test_that_no_child_is_concerned_is_said(said: str, none: bool) -> None:
    assert reporting.no_child(said) is none


def test_one_child_is_spoken_of() -> None:
    assert reporting.one_child("邻居孩子老哭")
    assert not reporting.one_child("孩子们放假了")


@pytest.mark.parametrize(
    "text", ["现在没动静了", "没动静了", "现在没动静 刚才又嚎了半天", "这会儿又没声了", "屋里听不见了"]
)
def test_that_nothing_is_heard_of_nobody_is_no_news_of_a_child(text: str) -> None:
    assert reporting.gone_quiet(text)


@pytest.mark.parametrize(
    "text", ["孩子没动静了", "他没动静了", "没有了", "叫他没动静了", "我妹妹现在没动静了", "举报之后怎么没动静"]
)
def test_of_somebody_it_is_news(text: str) -> None:
    assert not reporting.gone_quiet(text)
