"""What a parent tells of the person, the journey and the child in the talk about 委托照护."""

from __future__ import annotations

import pytest

from bot.reading.entrusted import entrusted_told
from bot.reading.entrusted.entrusted_told import Person


@pytest.mark.parametrize(
    ("said", "by", "person"),
    [
        ("我弟弟金哲，三十四岁，没有结婚", "mother", Person("舅舅", "金哲", 34)),
        ("我弟弟金哲三十四岁没结婚", "father", Person("叔叔", "金哲", 34)),
        ("我妈李桂兰，68岁", "mother", Person("姥姥", "李桂兰", 68)),
        ("我妈李桂兰，68岁", "father", Person("奶奶", "李桂兰", 68)),
        ("孩子他姑王秀英", "father", Person("姑姑", "王秀英")),
        ("奶奶李桂兰 13900000001", "father", Person("奶奶", "李桂兰")),
        ("那我妈妈可以吗？六十八岁，身体不错，在龙井", "mother", Person("姥姥", "", 68, "龙井")),
        ("不用我弟了 让我婆婆带", "mother", Person("奶奶")),
    ],
)
def test_a_person_is_named_as_the_child_calls_him(said: str, by: str, person: Person) -> None:
    assert entrusted_told.person(said, by) == person


@pytest.mark.parametrize("said", ["水原，饭店，签证两年", "去首尔打工", "深圳，电子厂，一年", "晚上九点的飞机", "首尔"])
def test_a_place_or_a_flight_is_the_journey_and_nobodys_name(said: str) -> None:
    assert entrusted_told.journey(said)
    assert entrusted_told.person(said) == Person()


@pytest.mark.parametrize(
    ("said", "bars"),
    [
        ("喝酒有一点的…朋友来就喝", {"d2": "unknown"}),
        ("他爱喝酒", {"d2": "unknown"}),
        ("天天喝", {"d2": "yes"}),
        ("就是爱耍钱", {"d2": "yes"}),
        ("他以前打过人", {"d1": "unknown"}),
        ("打架被拘留过", {"d1": "yes"}),
        ("去年因为喝酒打过人，派出所罚过款", {"d1": "yes", "d2": "unknown"}),
        ("有过案底", {"d1": "unknown"}),
        ("不喝酒不玩牌 啥毛病没有 没犯过事", {}),
        ("没蹲过监狱", {}),
        ("就是爱喝点 喝多了还玩两把牌 输过房子", {"d2": "yes"}),
        ("从来不喝酒 也没打过人", {}),
        ("滴酒不沾", {}),
        ("孩子他爸喝多了就打我", {}),
    ],
)
def test_drink_and_blows_are_a_bar_or_a_doubt_of_the_carer_only(said: str, bars: dict[str, str]) -> None:
    assert entrusted_told.bars(said) == bars


@pytest.mark.parametrize(
    ("said", "opinion"),
    [
        ("孩子才八岁，问她愿意吗？她说听我的", "unclear"),
        ("孩子自己也想跟舅舅", "agrees"),
        ("她不愿意", "objects"),
        ("还没问她", "not_asked"),
        ("孩子愿意吗", None),
    ],
)
def test_what_the_child_wants_is_not_what_the_parent_asks(said: str, opinion: str | None) -> None:
    assert entrusted_told.child_says(said) == opinion


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("那就八点。现在办到哪里了？", entrusted_told.PROGRESS),
        ("手续办完了吗", entrusted_told.PROGRESS),
        ("口头告知行不行", entrusted_told.WRITTEN),
        ("学校我打电话说过了，可以了吧", entrusted_told.WRITTEN),
        ("还得给我弟打电话吗", entrusted_told.CONTACT),
        ("好的。时差一小时，提醒我晚上九点以后可以吗", entrusted_told.REMINDER),
        ("我13900000002，孩子妈13900000003", None),
        ("响水镇中心小学", None),
    ],
)
def test_a_question_of_this_talk_is_known(said: str, asked: str | None) -> None:
    assert entrusted_told.asks(said) == asked


@pytest.mark.parametrize(
    ("said", "changes"), [("那我姐 金美花 42 身体好", True), ("那我姐咋办", False), ("那我妈呢", False)]
)
def test_who_names_somebody_else_changes_the_carer_and_who_asks_of_him_does_not(said: str, changes: bool) -> None:
    assert entrusted_told.another(said) is changes
