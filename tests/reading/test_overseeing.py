"""What a supervisor asks of places is heard; who asks for children, or tells of a visit, asks for something else."""

from __future__ import annotations

import pytest

from bot.reading.staff import overseeing


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("各村逾期情况", "late"),
        ("看看哪个村超期了", "late"),
        ("工作量", "late"),
        ("走访逾期和工作量", "late"),
        ("全镇逾期原因", "late"),
        ("最久没见到的孩子", "unseen"),
        ("哪些孩子最久没走访了", None),
        ("看看最久没走访的孩子", "unseen"),
        ("哪些孩子逾期了", None),
        ("工作量太大了，干不过来", None),
        ("老李家好久没见到孩子了，怕出事", None),
        ("看" * 400, None),
        ("看" * 30, None),
    ],
)
def test_what_is_asked_of_places(text: str, what: str | None) -> None:
    assert overseeing.asked(text) == what


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("姜家店村最近咋样", "姜家店村"),
        ("姜家店那边情况咋样了", "姜家店"),
        ("我们镇最近咋样", ""),
        ("各村情况怎么样？", ""),
        ("孩子让他爸打得咋样了我也不知道", None),
        ("看" * 40, None),
    ],
)
def test_how_it_is_at_a_place_is_asked_by_its_name(text: str, where: str | None) -> None:
    assert overseeing.how_is(text) == where


@pytest.mark.parametrize("text", ["没人接的报告有哪些", "还没人认领的线索", "有几个报告还没处理", "报告没人接的有哪些"])
def test_reports_nobody_took_on_are_asked_for(text: str) -> None:
    assert overseeing.asks_waiting(text)


@pytest.mark.parametrize("text", ["孩子放学没人接", "打了三遍没人接", "我的报告", "这孩子没人管的"])
def test_a_child_nobody_fetches_is_no_report(text: str) -> None:
    assert not overseeing.asks_waiting(text)
