"""Typed answers about whoever is to look after a child: plain words count, everything else is asked again."""

from __future__ import annotations

import pytest

from bot.reading.entrusted import entrusting


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("d2", "不喝酒不赌钱", "no"),
        ("d2", "从来不喝酒，也不赌博", "no"),
        ("d1", "没犯过法", "no"),
        ("d1", "没有这些", "no"),
        ("d2", "他没啥毛病", "no"),
        ("d2", "不怎么喝酒", None),
        ("d2", "不喝酒，但是赌钱", None),
        ("d2", "喝酒", None),
        ("d3", "没有的事", "no"),
        ("d4", "没有别的", "no"),
        ("full_capacity", "六十二了", "yes"),
        ("full_capacity", "奶奶今年65", "yes"),
        ("full_capacity", "早过了", "yes"),
        ("full_capacity", "十七", None),
        ("full_capacity", "没满18", None),
        ("care_ability", "能照顾，身体挺硬朗", "yes"),
        ("care_ability", "身体不好", None),
        ("health", "挺好的", "good"),
        ("health", "还行吧", "fair"),
        ("bond", "不好", "poor"),
        ("bond", "不太清楚", None),
        ("child_says", "还没问呢", "not_asked"),
        ("away", "不喝酒", None),
        ("d1", "", None),
    ],
)
def test_a_typed_answer_is_read_only_when_it_is_plain(question: str, text: str, told: str | None) -> None:
    assert entrusting.answer(question, text) == told
