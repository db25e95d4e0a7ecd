"""Times of day as people say them, and the new time somebody wants."""

from __future__ import annotations

import pytest

from bot.reading.measures import clocks


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("能不能改礼拜二中午喊我", "周二中午喊我"),
        ("换到礼拜天晚上八点", "周日晚上八点"),
        ("改成早上七点", "早上七点"),
        ("周二行", ""),
        ("能不能以后礼拜天问我 礼拜天休息", "周日"),
        ("礼拜天问我就行 平时忙", "周日"),
        ("你们周四问我的时候我上班", ""),
        ("周四别问我了", ""),
        ("以后别礼拜四发了 礼拜天晚上八点吧", "周日晚上八点吧"),
    ],
)
def test_a_new_time_is_written_with_our_weekdays(said: str, wanted: str) -> None:
    assert clocks.changed_to(said) == wanted


@pytest.mark.parametrize("said", ["我换号了，新号15500001234，原来那个不用了", "换了个工地", "学习改好了"])
def test_no_other_weekday_is_heard_where_none_is_said(said: str) -> None:
    assert "周" not in clocks.changed_to(said)


@pytest.mark.parametrize(("hour", "is_one"), [("07:30", True), ("23:59", True), ("24:00", False), ("晚上", False)])
def test_an_hour_of_the_day_is_known(hour: str, is_one: bool) -> None:
    assert clocks.is_one(hour) is is_one


@pytest.mark.parametrize(
    ("said", "minute"), [("110报了 九点四十 孤店派出所接的", 40), ("八点十五孤店所", 15), ("九点二十个人", 0)]
)
def test_minutes_are_heard_before_a_name(said: str, minute: int) -> None:
    heard = clocks.time_of_day(said)
    assert heard is not None
    assert heard.minute == minute
