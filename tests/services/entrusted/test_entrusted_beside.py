"""A parent tells and asks other things than were asked in the talk about 委托照护: each goes where it belongs."""

from __future__ import annotations

from typing import Any

import pytest

from bot.services import drafts
from bot.services.talk.meaning import Meant
from bot.storage.database import Database
from tests.builders import World
from tests.services import family as families

BEGINS = "你好，我下月再去韩国，孩子想交给我弟弟，这个手续是怎么做？"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Reading and asking; nothing here differs between the databases."""
    return sqlite


@pytest.fixture
def talk(world: World) -> str:
    """A mother in the middle of it: her brother 金哲 is named, his number is asked."""
    world.staff("child_director")
    mother = families.join(world, families.make(world, "mother"), "mother")
    world.means(mother, BEGINS, "entrusted", Meant("register_entrusted_care", 0.9))
    world.say(mother, "我弟弟金哲，三十四岁，没有结婚")
    return mother


def _open(world: World, talk: str) -> tuple[str | None, dict[str, Any]]:
    with world.work() as work:
        draft = drafts.current(work, talk, "entrusted")
        assert draft is not None
        return draft.asked, drafts.contents(work, draft)["told"]


def test_the_person_is_known_by_what_he_is_to_the_child(world: World, talk: str) -> None:
    asked, told = _open(world, talk)
    assert (told["relation"], told["name"], told["full_capacity"]) == ("舅舅", "金哲", "yes")
    assert asked == "carer_phone"


def test_a_place_is_the_journey_and_the_question_stands(world: World, talk: str) -> None:
    world.say(talk, "水原，饭店，签证两年")
    asked, told = _open(world, talk)
    assert "水原" in told["away"]
    assert (asked, told["name"], told["reason"]) == ("carer_phone", "金哲", "work")


def test_drink_is_a_doubt_and_blows_that_were_punished_a_bar(world: World, talk: str) -> None:
    world.say(talk, "喝酒有一点的…朋友来就喝")
    assert _open(world, talk)[1]["d2"] == "unknown"
    keys = world.say(talk, "去年因为喝酒打过人，派出所罚过款")
    assert keys == ["entrusted.beside.d1.yes", "entrusted.ask.unfit"]


@pytest.mark.parametrize("said", ["那我妈妈可以吗？六十八岁，身体不错，在龙井", "换姥姥吧", "还是找我妈吧"])
def test_another_carer_begins_anew_with_nothing_of_the_first(world: World, talk: str, said: str) -> None:
    world.say(talk, "去年因为喝酒打过人，派出所罚过款")
    world.say(talk, said)
    _, told = _open(world, talk)
    assert told["relation"] == "姥姥"
    assert not {"d1", "d2", "doubts"} & told.keys()


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("现在办到哪里了？", "entrusted.beside.progress"),
        ("口头告知行不行", "entrusted.beside.written"),
        ("好的。时差一小时，提醒我晚上九点以后可以吗", "entrusted.beside.night"),
        ("孩子不转学", "entrusted.beside.same_school"),
        ("问过孩子了她愿意", "entrusted.beside.child_says"),
        ("一周打一次电话够不够", "policy.answer"),
    ],
)
def test_what_is_asked_or_told_beside_keeps_the_place(world: World, talk: str, said: str, key: str) -> None:
    assert key in world.say(talk, said)
    assert _open(world, talk)[0] == "carer_phone"


def test_the_hour_of_the_weekly_question_is_changed_in_the_middle(world: World, talk: str) -> None:
    world.say(talk, "提醒我晚上九点以后可以吗")
    assert "entrusted.beside.hour" in world.say(talk, "那就八点。现在办到哪里了？")
    assert "20:00" in "".join(one.text for one in world.said(talk)[-3:])


@pytest.mark.parametrize(
    "said",
    [
        "不让我弟带了 让我姐金美花带",
        "那我姐 金美花 42 身体好 孩子也愿意去她家",
        "算了 换我姐金美花吧 没犯过事",
        "不用我弟了 找我姐金美花",
    ],
)
def test_a_sister_in_the_brothers_place_is_named_and_the_bars_are_asked_anew(
    world: World, talk: str, said: str
) -> None:
    world.say(talk, "去年因为喝酒打过人，派出所罚过款")
    world.say(talk, said)
    _, told = _open(world, talk)
    assert (told["relation"], told["name"]) == ("小姨", "金美花")
    assert told.get("d1") != "yes"
    assert "d3" not in told


@pytest.mark.parametrize("said", ["啊对了他43 属猪的 我说小了一岁", "说错了 43岁", "哎 其实43了"])
def test_an_age_is_put_right_and_is_no_number_to_call(world: World, talk: str, said: str) -> None:
    assert world.say(talk, said)[0] == "entrusted.beside.age"
    asked, told = _open(world, talk)
    assert (asked, told["age"]) == ("carer_phone", 43)


@pytest.mark.parametrize("said", ["不喝酒不玩牌 啥毛病没有 没犯过事", "没犯过事 也不喝酒", "啥毛病没有 没有案底"])
def test_bars_denied_beside_are_noted_as_told_and_not_as_passed(world: World, talk: str, said: str) -> None:
    assert world.say(talk, said)[0] == "entrusted.beside.clean"
    asked, told = _open(world, talk)
    assert (asked, told["d1"], told["d2"]) == ("carer_phone", "no", "no")


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("孩子他爸在青岛 离了 他同不同意用管吗", "policy.answer"),
        ("知道了 那你帮我写个给学校和村里的那个告知 我打印", "entrusted.beside.notice"),
        ("那学校咋办 用转学吗", "entrusted.beside.school"),
        ("还没问孩子呢 小孩子懂啥", "entrusted.beside.child_says.not_asked"),
        ("那我在韩国咋跟孩子联系 一个月打一回行不 那边上班挺累的", "policy.answer"),
    ],
)
def test_what_else_a_parent_asks_is_answered_and_stored_nowhere(world: World, talk: str, said: str, key: str) -> None:
    assert key in world.say(talk, said)
    asked, told = _open(world, talk)
    assert asked == "carer_phone"
    assert told.get("child_says", "not_asked") == "not_asked"
    assert said not in str(told)


def test_words_that_are_no_number_are_kept_and_another_thing_is_asked_after_two_times(world: World, talk: str) -> None:
    assert world.say(talk, "她家院子大 养了不少鸡")[0] == "entrusted.beside.kept"
    world.say(talk, "人挺勤快的 屋里利索")
    asked, told = _open(world, talk)
    assert asked != "carer_phone"
    assert "carer_phone" not in told
    assert "院子大" in told["doubts"]
