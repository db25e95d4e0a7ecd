"""What whoever meets a child in danger at work asks of his own duty and of others'."""

from __future__ import annotations

import pytest

from bot.reading.policy import policy_words
from bot.reading.talk import duties


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("我是班主任 学生身上有伤 报给谁", duties.SCHOOL),
        ("我們當大夫的能答應嗎", duties.MEDICAL),
        ("今天走访 孩子一个人在家", duties.HOME_VISITS),
        ("我在宾馆前台上班", duties.OTHER_PLACE),
        ("邻居家孩子天天挨打", None),
    ],
)
def test_where_somebody_meets_the_child(said: str, place: str | None) -> None:
    assert duties.works_at(said) == place


@pytest.mark.parametrize(("said", "asks"), [("有个小孩被打得不轻 该不该报", True), ("学生身上有伤", False)])
def test_what_is_to_be_done_is_asked_and_not_only_told(said: str, asks: bool) -> None:
    assert duties.asks_for_duty(said) is asks


def test_the_fear_of_a_penalty_is_heard() -> None:
    assert duties.fears_penalty("没报会不会追责")
    assert not duties.fears_penalty("该不该报")


@pytest.mark.parametrize(("said", "asks"), [("学校该怎么做？", True), ("救救孩子", False), ("学校该怎么做", True)])
def test_what_others_owe_is_no_cry_for_help(said: str, asks: bool) -> None:
    assert duties.asks_what_others_owe(said) is asks


def test_a_cry_for_help_is_no_question_of_duty() -> None:
    assert duties.calls_for_help("能不能快来人")
    assert duties.calls_for_help("救命啊")
    assert duties.suffers("我爸打我呢")
    assert not duties.calls_for_help("该不该报")
    assert not duties.suffers("有个小孩被打得不轻")


def test_hardly_anybody_uses_words_of_the_plan_who_does_not_ask_of_it() -> None:
    assert policy_words.speaks_of_the_plan("走访多久一回")
    assert not policy_words.speaks_of_the_plan("有没有人管")
