"""A child that only talks is listened to; one that told of harm is not sent to who did it, and hears what is true."""

from __future__ import annotations

import pytest

from bot.services.casework import reports
from bot.storage.database import Database
from tests.builders import World

TOLD = "小卖店那个爷爷给我糖 他摸我 我不喜欢"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talks; nothing here differs between the databases."""
    return sqlite


def test_a_child_that_only_talks_is_no_victim_and_is_asked_no_place(world: World) -> None:
    talk = world.citizen()
    heard = [
        world.say(talk, said)
        for said in (
            "我9岁 我叫多多",
            "我奶不让我玩手机 烦死了",
            "我想我妈了 她在韩国",
            "妈妈过年也不回来 是不是我不乖",
        )
    ]
    assert heard == [["child.talk.hello"], ["child.talk.annoyed"], ["child.talk.misses"], ["child.talk.not_good"]]
    assert world.reports() == []
    assert world.flow(talk) is None


def test_what_it_said_stands_in_the_report_when_it_tells_of_harm_and_means_nothing_there(world: World) -> None:
    talk = world.citizen()
    for said in ("我9岁 我叫多多", "我想我妈了 她在韩国", TOLD):
        world.say(talk, said)
    with world.work() as work:
        told = reports.told_of(work, world.report())
    assert told["facts"]["child_age_years"] == 9
    assert ["what", "我想我妈了 她在韩国"] in told["words"]
    assert told["facts"]["signs"] == ["sexual_harm"]


@pytest.mark.parametrize("said", ["我爸打我", "我不想活了", "家里就我和弟弟 没吃的"])
def test_danger_and_harm_in_such_a_talk_are_heard_as_ever(said: str, world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我9岁 我叫多多")
    assert not any(key.startswith("child.talk.") for key in world.say(talk, said))
    assert world.flow(talk) == "report"


@pytest.mark.parametrize("said", ["我闺女想我了 我在韩国", "我叫王强 打工的", "我9岁了算不算留守儿童"])
def test_a_grown_up_and_whoever_asks_for_a_rule_are_not_talked_to_so(said: str, world: World) -> None:
    assert not any(key.startswith("child.talk.") for key in world.say(world.citizen(), said))


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("那个爷爷叫我明天还去", "after.called_back.child"),
        ("他说放学去找他", "after.called_back.child"),
        ("他说不去就告诉我妈", "after.called_back.child"),
        ("爷爷在隔壁 他来找我", "after.of_him.child"),
        ("警察来了会抓我吗", "after.arrest_me"),
        ("我不敢", "after.dares_not.child"),
        ("我在家呢 奶奶在炕上睡觉", "after.kin_asleep.child"),
    ],
)
def test_a_child_that_told_of_harm_hears_what_fits(said: str, heard: str, world: World) -> None:
    talk = world.citizen()
    world.say(talk, TOLD)
    assert world.say(talk, said)[0] == heard


def test_a_parent_in_despair_is_spoken_to_of_himself(world: World) -> None:
    talk = world.citizen()
    for said in ("我离婚了一个人带闺女 想查查能不能算困境儿童", "不是 我带着呢 闺女十一", "活着没意思 撑不下去了"):
        world.say(talk, said)
    assert world.say(talk, "她今晚在她姑家")[0] == "after.safe_place.self_harm.pain"
