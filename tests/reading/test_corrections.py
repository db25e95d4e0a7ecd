"""What is put right in free words, and what only sounds like it."""

from __future__ import annotations

import pytest

from bot.reading.reports import corrections


@pytest.mark.parametrize(
    ("said", "new"),
    [
        ("啊不对，六岁", "六岁"),
        ("说错了是女孩", "女孩"),
        ("七岁 刚才打错了", "七岁"),
        ("更正一下 他是三年一班 我串了", "他是三年一班"),
        ("刚才说错了 不是平安 是开原镇那边 我嫁出去的妹妹在平安", "开原镇那边"),
        ("今年八岁 不是七岁", "今年八岁"),
        ("不是昨天 是大前天晚上", "大前天晚上"),
        ("平安镇是他姥家 孩子住开原镇", "孩子住开原镇"),
        ("3号楼2门 不对 是2号楼3门", "2号楼3门"),
    ],
)
def test_what_holds_is_told_apart_from_what_was_wrong(said: str, new: str) -> None:
    found = corrections.read(said)
    assert found is not None
    assert found.new == new


@pytest.mark.parametrize(
    "said",
    [
        "这孩子最近不对劲",
        "我是不是做错了",
        "他妈说他写错了字就打他",
        "情况不对 屋里没亮灯",
        "不是他爸打的 是他妈打的",
        "没有 没人打她",
    ],
)
def test_what_only_sounds_like_a_slip_puts_no_fact_right(said: str) -> None:
    assert corrections.read(said) is None


def test_whether_anything_else_is_told_with_it_is_seen() -> None:
    assert corrections.tells_only_this("啊不对，六岁")
    assert not corrections.tells_only_this("啊不对 六岁 他爸又打他了")


def test_only_the_end_of_a_number_is_put_right_by_its_last_figures() -> None:
    found = corrections.read("电话写错了 最后俩是57")
    assert found is not None
    assert (found.of, found.new) == (corrections.ENDING, "57")
    assert corrections.read("最后是3号") is None
    other = corrections.read("说错了 最后一次打他是3号")
    assert other is None or other.of != corrections.ENDING


def test_a_request_to_change_it_is_no_part_of_what_holds() -> None:
    found = corrections.read("村我说错了 是三道沟村 你给改过来")
    assert found is not None
    assert found.new == "三道沟村"
