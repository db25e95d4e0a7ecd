"""Beside what is told: the wish that nobody hears of it, and pain that is the writer's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.asides import own_pain, wants_secrecy


@pytest.mark.parametrize(
    "text",
    [
        "别告诉我爸",
        "不要告诉我妈妈",
        "求你别跟老师说是我说的",
        "你们会不会说是我举报的",
        "能保密吗",
        "别说是我说的",
        "千万别让他知道",
    ],
)
def test_who_fears_that_somebody_hears_of_it_is_heard(text: str) -> None:
    assert wants_secrecy(text)


@pytest.mark.parametrize(
    "text",
    ["他爸不让他上学", "别打了", "我不知道", "孩子不告诉我", "没人知道他去哪了", "不要紧", "保密单位", "告诉我怎么办"],
)
def test_other_words_are_no_such_wish(text: str) -> None:
    assert not wants_secrecy(text)


@pytest.mark.parametrize("text", ["我想死", "不想活了", "活着没意思 我不想活了", "我割手了"])
def test_pain_of_ones_own(text: str) -> None:
    assert own_pain(text)


@pytest.mark.parametrize("text", ["我同学说她不想活了", "孩子说想死", "我闺女要跳楼", "你好", "他想自杀"])
def test_somebody_elses_pain_or_none(text: str) -> None:
    assert not own_pain(text)


@given(st.text())
def test_no_text_makes_them_fail(text: str) -> None:
    assert wants_secrecy(text) in (True, False)
    assert own_pain(text) in (True, False)
