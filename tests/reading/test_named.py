"""What Rasa answers as entities: everything named, at its place in the text as written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.persons import named

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("我孙子叫赵梓涵 九岁半", [("relation", "孙子"), ("child_name", "赵梓涵"), ("age", "九岁半")]),
        ("电话幺三八四三零九二幺幺五 别半夜打", [("phone", "13843092115")]),
        ("查询码 K7M24-W9XQ5", [("report_code", "K7M24W9XQ5")]),
        ("【电话】找我就行", [("phone", "【电话】")]),
        ("孩子属小龙的", [("age", "属小龙的")]),
        ("他爸去年腊月走的", [("relation", "他爸"), ("date", "去年腊月")]),
        ("大后天我就上火车了", [("date", "大后天")]),
        ("一五年生的", [("date", "一五年")]),
        ("我大姨姐的儿子", [("relation", "大姨姐的儿子")]),
        ("梨树县郭家店镇 供销社那条道", [("place", "梨树县郭家店镇")]),
        ("老王头动手了", [("person_name", "老王头")]),
        ("我十岁 我弟六岁半", [("age", "十岁"), ("relation", "我弟"), ("age", "六岁半")]),
        ("继父叫张立军", [("relation", "继父"), ("person_name", "张立军")]),
        ("我老公在沈阳打工", [("relation", "老公"), ("place", "沈阳")]),
        ("这算事实无人抚养儿童吗", [("child_category", "事实无人抚养儿童")]),
        ("孙女没人管", [("relation", "孙女")]),
        ("上上周五学校开的家长会", [("date", "上上周五"), ("relation", "家长")]),
        ("你好", []),
    ],
)
def test_what_is_named_is_found_word_for_word(text: str, told: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.value) for one in named.find(text, TODAY)] == told


@given(st.text(st.characters(exclude_categories=[]), max_size=80))
def test_any_text_is_read_and_every_place_lies_in_it(text: str) -> None:
    for one in named.find(text, TODAY):
        assert 0 <= one.start < one.end <= len(text)
