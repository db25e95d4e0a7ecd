"""A situation told without a question hears the rule that speaks of it; danger and concerns are asked about first."""

from __future__ import annotations

import pytest

from bot.reading import danger
from bot.reading.policy import situations
from bot.reading.talk import duties, question_forms
from bot.services.talk import doors as talking
from bot.services.talk import policy_answers, policy_cases, policy_talk
from bot.services.talk.meaning import Meant
from tests.builders import World
from tests.services.talking import SURE

pytestmark = pytest.mark.words

SORT_OF = 0.5
"""What a classifier says that takes words for something and is not sure of it."""


def _decided(world: World, text: str, otherwise: str, sure: float = SORT_OF) -> str:
    with world.work() as work:
        return policy_talk.decide(work, world.citizen(), text, otherwise, Meant("any", sure))


@pytest.mark.parametrize(
    ("text", "otherwise"),
    [
        ("仨月没跟孩子视频了", "contact"),
        ("孩子爸一个月打一回电话", "contact"),
        ("孩子不乐意跟他二大爷过", "entrusted"),
        ("孩子没户口", "report"),
        ("学校不收我孩子，说没户口", "report"),
        ("妈走了半年，村里没人来看过孩子一回", "report"),
        ("孩子奶奶不让我见，都离了两年了", "report"),
    ],
)
def test_the_rule_is_told_beside_what_begins_with_it(world: World, text: str, otherwise: str) -> None:
    assert not question_forms.asks(text)
    assert _decided(world, text, otherwise) == policy_talk.BESIDE


def test_what_was_taken_for_the_work_of_staff_is_answered_instead(world: World) -> None:
    assert _decided(world, "孩子快十六了，明年不念书了", "child", SURE) == policy_talk.INSTEAD
    assert _decided(world, "孩子不满十六，自己一个人住行不行", "child", SURE) == policy_talk.INSTEAD


def test_of_their_own_work_staff_are_told_no_rule(world: World) -> None:
    worker = world.staff("child_director")
    with world.work() as work:
        assert policy_talk.decide(work, worker, "这孩子快十六了，明年不念书了", "child", Meant("any", SURE)) == "no"


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("村东头那孩子天天挨打，没人来看过一回", SORT_OF),
        ("我妹妹从昨晚就没影了，电话打不通", SORT_OF),
        ("有个小孩总在桥洞底下待着，几天没换衣服", SURE),
    ],
)
def test_a_concern_hears_no_lecture(world: World, text: str, sure: float) -> None:
    assert _decided(world, text, "report", sure) == policy_talk.NO


def test_the_question_about_danger_comes_before_the_rule(world: World) -> None:
    keys = world.means(world.citizen(), "孩子没户口", "report", Meant("report_concern", SORT_OF))
    assert keys.index("report.danger_now") < keys.index("policy.beside")
    assert keys.count("policy.beside") == 1


def test_a_parent_who_hides_the_child_from_the_other_is_asked_about_and_hears_the_rule(world: World) -> None:
    text = "前夫把孩子藏起来 死活不给看"
    assert danger.read(text).level != "emergency"
    keys = world.say(world.citizen(), text)
    assert keys == ["report.danger_doubt", "policy.beside_danger"]


def test_a_child_somebody_hid_somewhere_stays_an_emergency() -> None:
    assert danger.read("有人把小孩藏在出租屋里").level == "emergency"


def test_a_school_that_keeps_silent_is_told_of_as_its_duty() -> None:
    assert policy_cases.duty("班上孩子身上有伤，老师没报告") == "must_school"
    assert policy_cases.duty("老师没报名参加培训") is None
    assert duties.works_at("我是校医，看见学生身上有伤") == duties.SCHOOL


def _after_a_rule(world: World, text: str) -> list[str]:
    talk = world.citizen()
    asked = world.hear(talk, {"text": "外出父母多久要联系孩子一次？"})
    with world.work() as work:
        policy_answers.answer(work, talk, asked, "外出父母多久要联系孩子一次？")
    inbox_id = world.hear(talk, {"text": text})
    with world.work() as work:
        talking.urgent(work, talk, inbox_id, text)
    return world.keys_to(inbox_id)


def test_a_missing_child_put_into_the_rule_is_answered_with_one_line_of_what_to_do_now(world: World) -> None:
    first, *others = _after_a_rule(world, "孩子失踪了呢")
    assert first in ("policy.answer", "policy.maybe")
    assert others == ["policy.if_now"]


@pytest.mark.parametrize("text", ["我家孩子失踪了呢", "孩子昨晚丢了呢", "孩子失踪了", "孩子不见了呢 救命"])
def test_who_tells_of_his_own_or_of_a_moment_is_in_danger_after_a_rule_too(world: World, text: str) -> None:
    assert "danger.missing" in _after_a_rule(world, text)


def test_the_same_words_with_no_rule_before_them_are_danger(world: World) -> None:
    assert "danger.missing" in world.say(world.citizen(), "孩子失踪了呢")


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("我们村那儿童主任光打电话不来 说打电话就算走访了", ("visit_phone", "complaint")),
        ("儿童主任来了拍个照就走 啥也不问", ("visit_record", "complaint")),
        ("半年了没见儿童主任来我家看过一眼", ("visit_how_often", "complaint")),
        ("我开厂子的 工人一半都是撇下孩子来的 我这当老板的要干点啥", ("employer",)),
        ("庙里收养了好几个来路不明的孩子", ("shelter_illegal",)),
        ("爹妈都找不着了 派出所挂着号 没上法院", ("fact_what", "missing_declared", "lost_contact")),
        ("他爹在里头 他妈在家带着", ("guard_one_prison",)),
        ("说了八遍了 爹妈也不听 看孩子那家也不听", ("ent_refuse",)),
        ("道边捡着个孩子 能自个儿留着养不", ("guard_foundling",)),
    ],
)
def test_a_situation_people_tell_has_its_rule(text: str, topics: tuple[str, ...]) -> None:
    assert situations.told_together(text) == topics


def test_what_is_asked_of_ones_own_work_is_no_rule(world: World) -> None:
    assert _decided(world, "今天该走访谁", "due_visits", SURE) == policy_talk.NO
    assert _decided(world, "这个月走访了几家", "due_visits", SURE) == policy_talk.NO
