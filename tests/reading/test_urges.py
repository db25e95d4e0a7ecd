"""Anger that went no further, and every way in which it did: a wish to strike is asked about, a blow is a blow."""

from __future__ import annotations

import pytest

from bot.reading import danger
from bot.reading.reports import told


@pytest.mark.parametrize(
    "said",
    [
        "刚才差点动手 我真想揍她一顿",
        "气得我想抽他 这孩子作业不写",
        "气得想打他",
        "这孩子不听话，我恨不得抽他两巴掌",
        "差点打了她，忍住了",
        "刚才气得我差点一巴掌扇过去",
        "我忍不住想打孩子 怎么办",
        "带孩子带得我想打人",
        "我真想打我闺女",
        "想打他又下不去手",
        "我怕打孩子",
        "我真怕哪天忍不住打孩子",
    ],
)
def test_a_wish_to_strike_is_asked_about_and_tells_of_no_blow(said: str) -> None:
    read = danger.read(said)
    assert (read.level, read.ask) == ("concern", True)
    assert not {"beaten", "carer_hits"} & set(told.read(said).signs)
    assert read.if_now == ()


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("刚才没忍住打了她一巴掌", "emergency"),
        ("他刚才差点动手", "emergency"),
        ("他爸又来了 刚才差点动手", "emergency"),
        ("我怕我爸打我", "emergency"),
        ("我怕把孩子打死", "emergency"),
        ("我想打死他", "emergency"),
        ("差点掐死她", "emergency"),
        ("我差点拿刀砍他", "emergency"),
    ],
)
def test_a_blow_another_who_wants_to_strike_and_worse_than_a_blow_stay_what_they_are(said: str, level: str) -> None:
    assert danger.read(said).level == level


@pytest.mark.parametrize("said", ["我爸差点动手打我", "我爸喝多了 想揍我", "我后妈气得想抽我", "小孩说妈妈差点打她"])
def test_what_a_child_says_of_those_who_want_to_strike_it_weighs_as_before(said: str) -> None:
    assert danger.read(said).ask
    assert "beaten" in danger.read(said).signs


def test_a_blow_told_with_the_wish_counts() -> None:
    assert "carer_hits" in told.read("气得我想打他，昨天真打了").signs
    assert "beaten" in danger.read("我忍不住打了孩子").signs


@pytest.mark.parametrize("said", ["我想给他打电话", "想打听个事", "我想抽时间回去", "家长想打孩子犯法吗"])
def test_other_things_one_may_want_are_no_anger(said: str) -> None:
    assert "urge" not in danger.read(said).kinds
    assert "guardian_struggling" not in told.read(said).signs


@pytest.mark.parametrize(
    "said",
    [
        "这都是打听 不是有孩子挨打 你别误会",
        "我不是说挨打",
        "没有没有，没人打他",
        "没人敢打他",
        "不是孩子被打，是我们排练节目",
    ],
)
def test_a_denial_in_more_words_is_a_denial(said: str) -> None:
    assert danger.read(said).level == "none"
    assert told.read(said).signs == ()


@pytest.mark.parametrize(
    "said", ["这不是有孩子挨打吗", "不是有孩子挨打吗你们管不管", "可不是有孩子挨打", "他打我不是一回两回了"]
)
def test_a_question_that_affirms_is_no_denial(said: str) -> None:
    assert danger.read(said).ask


def test_a_question_that_affirms_and_calls_is_an_emergency() -> None:
    assert danger.read("这不是孩子挨打了吗 快来").level == "emergency"


def test_a_son_to_be_called_is_not_beaten_and_burns_of_a_cigarette_are_no_fire() -> None:
    assert danger.read("我电话 15500003456 打不通就打我儿子的").level == "none"
    assert danger.read("电话打不通 他打我儿子的头").level == "emergency"
    assert "fire" not in danger.read("班里有个男孩胳膊上全是烟头烫的").kinds
    assert danger.read("屋里全是烟 孩子在里头").level == "emergency"


def test_a_blow_of_yesterday_is_asked_about_too() -> None:
    read = danger.read("气得我想打他，昨天真打了")
    assert (read.level, read.ask, read.signs) == ("concern", True, ("carer_hits",))
