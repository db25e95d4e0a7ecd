"""A child alone in danger: what is said fits what it told, its place is said back and put right, the end is short."""

from __future__ import annotations

import pytest

from bot.reading.where import landmarks
from tests.builders import World

pytestmark = pytest.mark.usefixtures("sqlite")
KNOCKS = ("我一个人在家 有人敲门", "男的 不认识 说是修水管的")


def _alone(world: World) -> str:
    child = world.citizen()
    for words in KNOCKS:
        world.say(child, words)
    return child


def test_a_stranger_at_the_door_of_a_child_alone_is_an_emergency(world: World) -> None:
    child = world.citizen()
    assert world.say(child, KNOCKS[0])[0] == "danger.knock.child"
    assert world.report().severity == "S0"


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("我饿了", "after.hungry.child"),
        ("你是真人吗", "beside.bot.nobody.child"),
        ("你会告诉我妈吗 我妈会骂我", "beside.told.nobody.child"),
        ("他走了 听见下楼了", "after.driven_off.alone.child"),
    ],
)
def test_what_a_child_behind_its_door_says_is_answered_as_what_it_is(words: str, key: str, world: World) -> None:
    child = _alone(world)
    assert world.say(child, words)[0] == key
    assert not any("他再打" in one.text or "夜里就敲" in one.text for one in world.said(child))


def test_its_place_is_said_back_and_a_landmark_put_right(world: World) -> None:
    child = _alone(world)
    assert world.say(child, "我家在洮南市 黑水镇 楼下有个超市叫 佳佳") == ["report.stay.address.child"]
    assert "洮南市" in world.said(child)[-1].text
    assert world.say(child, "不对 超市叫家佳旺")[0] == "report.corrected.told"


def test_with_its_mother_it_reads_two_lines_and_nothing_of_a_stranger(world: World) -> None:
    child = _alone(world)
    world.say(child, "洮南市黑水镇")
    assert world.say(child, "我妈回来了") == ["report.with_adult.home", "report.receipt.nobody.child"]
    assert world.said(child)[-1].text.count("\n") == 1
    assert world.say(child, "阿姨给我吃的了") == ["after.rest.child"]


def test_a_runaway_with_nobody_is_not_told_that_a_grown_up_is_there(world: World) -> None:
    child = world.citizen()
    world.say(child, "我在长春站 跑出来的")
    assert "after.rest.child" not in world.say(child, "兜里就二十块钱")
    assert world.say(child, "有个阿姨说带我去住旅店")[0] == "after.lured.child"


@pytest.mark.parametrize(
    ("told", "said", "right"),
    [
        ("楼下有个超市叫 佳佳", "不对 超市叫家佳旺", ("超市叫 佳佳", "超市叫家佳旺")),
        ("北广场 那个肯德基门口", "不是北广场 南广场", ("北广场", "南广场")),
        ("黑水镇 供销社后边", "不对 是粮库后边", ("供销社后边", "粮库后边")),
        ("瞻榆镇 前进村", "不对 是向阳村", ("前进村", "向阳村")),
        ("瞻榆镇 前进村", "不对 他打我了", None),
    ],
)
def test_a_landmark_is_put_right_by_what_was_told(told: str, said: str, right: tuple[str, str] | None) -> None:
    assert landmarks.put_right([told], said) == right
