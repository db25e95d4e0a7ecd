"""Who looks after a child and what a child is called, as people say it in one breath."""

from __future__ import annotations

import pytest

from bot.reading.carers import Told, alone, carer, name


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("爷爷王长山，13800000000", Told("王长山", "爷爷", "13800000000")),
        ("跟奶奶张桂兰一起过，电话 139-1111-2222", Told("张桂兰", "奶奶", "13911112222")),
        ("姥姥", Told("", "姥姥", "")),
        ("现在由姑姑王秀英照看", Told("王秀英", "姑姑", "")),
        ("李春梅 0431-88888888", Told("李春梅", "", "043188888888")),
        ("没有", Told("", "", "")),
        ("", Told("", "", "")),
    ],
)
def test_a_carer_is_read_from_one_sentence(text: str, told: Told) -> None:
    assert carer(text) == told


@pytest.mark.parametrize(
    ("text", "asked", "called"),
    [
        ("村里新来个女孩叫李雪要建档", False, "李雪"),
        ("登记新儿童 李雪 八岁", False, "李雪"),
        ("孩子叫欧阳小明今年九岁", False, "欧阳小明"),
        ("我要登记一个孩子", False, ""),
        ("给孩子建档", False, ""),
        ("王小虎", True, "王小虎"),
        ("王建国", True, "王建国"),
        ("叫李新", False, "李新"),
        ("给王建国登记一下", False, ""),
        ("123", True, ""),
        ("古丽·阿依", True, "古丽·阿依"),
    ],
)
def test_a_name_is_read_where_one_is_said(text: str, asked: bool, called: str) -> None:
    assert name(text, asked=asked) == called


@pytest.mark.parametrize("text", ["没人照看", "没有人管", "他一个人住", "孩子自己过"])
def test_nobody_looking_after_a_child_is_no_name(text: str) -> None:
    assert alone(text)
    assert not alone("爷爷王长山一个人带")
    assert carer(text).name == ""
