"""A child is spoken to with 你, whatever it says and asks, from the first word until long after the report."""

from __future__ import annotations

import pytest

from bot.services.casework import acts, asking, closing, reports, takeover
from bot.storage.database import Database
from tests.builders import World
from tests.services.cases import staff_of
from tests.services.talking import asked_now

ASIDES = (
    "你是真人吗", "你是警察吗", "你们会抓他吗", "你们怎么处理", "能发照片吗", "要多久", "我该怎么办", "你能帮我什么",
    "谢谢", "我不知道怎么说", "别告诉我妈", "你会告诉谁", "有人来吗", "我害怕", "我不敢打电话", "我肚子疼",
    "是不是怪我", "听不懂", "啥意思", "呵呵呵", "留守儿童是什么", "我先走了", "算了不说了",
)  # fmt: skip
BEFORE, AFTER = ("我爸打我，我9岁", "我不想活了"), ("想改一下", "查询码是干啥的", "谢谢", "补充情况", "他今天又打我了")


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Words only; nothing here differs between the databases."""
    return sqlite


def _polite(world: World, talk: str) -> list[str]:
    """What was said with 您, in words or on a button."""
    said = [part for one in world.said(talk) for part in (one.text, *(choice.label for choice in one.choices))]
    return [part for part in said if "您" in part]


@pytest.mark.parametrize(("story", "asides"), [(BEFORE[0], ASIDES), (BEFORE[1], ASIDES[::3])])
def test_at_every_question_and_whatever_it_asks_a_child_hears_no_polite_you(
    world: World, story: str, asides: tuple[str, ...]
) -> None:
    talk = world.citizen()
    world.say(talk, story)
    for number, words in enumerate(asides):
        if asked_now(world, talk) is None:
            world.say(talk, story)
        world.say(talk, words)
        if number % 4 == 3:
            world.say(talk, ("跳过", "改一下", "不改了", "公主岭市响水镇姜家店村", "没错，提交")[number // 4 % 5])
        assert _polite(world, talk) == [], words


def test_after_the_report_until_its_end_a_child_hears_no_polite_you(world: World) -> None:
    people, talk = staff_of(world), world.citizen()
    world.say(talk, "我爸打我，我9岁，在公主岭市响水镇姜家店村")
    for _ in range(12):
        if asked_now(world, talk) is None:
            break
        world.say(talk, "可以" if asked_now(world, talk) == "follow_up" else "没错，提交")
    uid = world.report().uid
    for words in AFTER:
        world.say(talk, words)
    director = people.director
    director.does(reports.accept, uid)
    director.does(asking.ask, uid, "你现在在谁家？")
    for words in ("查进度", "在姥姥家", "撤回", "为什么不能撤", "不撤了"):
        world.say(talk, words)
    director.does(takeover.start, uid)
    world.say(talk, "你好")
    with world.work() as work:
        made = takeover.open_for(work, talk)
        assert made is not None
        takeover.end(work, made)
    director.does(acts.tell_result, uid, "helping")
    director.does(closing.propose, uid, "handed_over", "已交接", checked=True)
    people.supervisor.does(closing.confirm, uid)
    world.say(talk, "查进度")
    for button in [
        choice.value for one in world.said(talk) for choice in one.choices if choice.value.startswith("end:")
    ]:
        world.tap(talk, button)
    assert _polite(world, talk) == []


def test_whoever_comes_to_the_same_phone_for_something_else_is_spoken_to_as_a_grown_up(world: World) -> None:
    talk = world.citizen()
    world.say(talk, "我爸打我，我9岁")
    world.say(talk, "算了不说了")
    world.tap(talk, "flow:eligibility")
    world.tap(talk, "say:chat.help")
    assert "您" in world.said(talk)[-1].text
