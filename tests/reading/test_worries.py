"""What is said to 有没有让您担心的事: nothing, a worry, one that is to stay with whoever says it, or not clear."""

from __future__ import annotations

import pytest

from bot.reading.contact import worries


@pytest.mark.parametrize(
    "said", ["没啥 都挺好", "没有别的了", "没啥担心的", "嗯 挺好的 没事", "就这些", "不担心", "别的都挺好", "没有没有"]
)
def test_there_is_nothing_to_worry_about(said: str) -> None:
    assert worries.read(said) == worries.NONE


@pytest.mark.parametrize(
    "said", ["他老玩手机", "担心他数学", "没啥 就是他老打游戏", "有 孩子作业写不完", "不爱说话了", "没有 就是有点咳嗽"]
)
def test_a_worry_is_one_also_behind_a_no(said: str) -> None:
    assert worries.read(said) == worries.WORRY


@pytest.mark.parametrize(
    "said",
    ["不用找主任 我自己说他", "担心他数学 不用找主任了先", "我不是要反映", "别往上报哈", "记上就行", "就是念叨念叨"],
)
def test_a_worry_may_stay_with_whoever_has_it(said: str) -> None:
    assert worries.read(said) == worries.OWN


@pytest.mark.parametrize("said", ["好了 说到哪了", "刚才忙没看见", "哈哈 我也想他", "今天工地下雨没活 嘿嘿", "不用谢"])
def test_chatter_is_no_worry_and_no_denial(said: str) -> None:
    assert worries.read(said) is None
