"""Which question of the report a message answers, whatever was asked."""

from __future__ import annotations

import pytest

from bot.reading.reports import fitting


@pytest.mark.parametrize(
    ("text", "field"),
    [("昨晚上的事", "when"), ("晚上打我电话", "safe_contact"), ("微信 abc123 晚上", "safe_contact")],
)
def test_when_it_was_is_no_way_to_reach_somebody(text: str, field: str) -> None:
    assert fitting.target("safe_contact", text) == field


@pytest.mark.parametrize(
    ("asked", "text", "field"),
    [
        ("when", "九岁，叫豆豆", "child_ref"),
        ("when", "三天没吃热饭", "what"),
        ("place", "他现在不在家 出去喝酒了", "what"),
        ("what", "天天打", "what"),
        ("when", "就知道这些", None),
    ],
)
def test_an_answer_is_kept_where_it_belongs(asked: str, text: str, field: str | None) -> None:
    assert fitting.target(asked, text) == field


@pytest.mark.parametrize(("text", "name"), [("张建国", True), ("我叫李秀芹，13800000000", True), ("我不想说", False)])
def test_a_name_alone_is_how_somebody_gives_his_own(text: str, name: bool) -> None:
    assert fitting.names_oneself(text) is name


def test_a_question_to_us_answers_none_of_ours() -> None:
    assert fitting.asks_us("我能不能先叫他家长来问问")
    assert not fitting.asks_us("从上个月开始的")
