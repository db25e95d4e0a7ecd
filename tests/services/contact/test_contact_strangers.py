"""Parents far away who have not joined ask of the weekly contact: answered in a sentence, nothing is reported."""

from __future__ import annotations

import pytest

from bot.services import drafts
from tests.builders import World
from tests.conftest import Hands
from tests.services import family as homes
from tests.services.contact.test_contact import _thursday

BEGINS = "我在苏州打工 孩子在老家 听说得每周联系是吧"


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("才出来俩月 也要吗 不是满半年才算", "from_the_start"),
        ("我这周给他奶打了 孩子睡着了 这算不算", "carer_only"),
        ("我半年回一次家算不算联系", "seldom"),
        ("光发微信行不", "written"),
        ("给孩子发语音他不回算不算", "no_reply"),
        ("没联系会罚钱不", "missed"),
        ("他妈也在外面 她打了我还用打吗", "other"),
        ("我想家入那个提醒", "join"),
        ("我没有码 上哪要", "join"),
        ("他都十七了还用每周打啊", "old"),
        ("没别的事了", "bye"),
    ],
)
def test_a_question_that_goes_on_from_the_weekly_contact_is_answered(world: World, asked: str, key: str) -> None:
    talk = world.citizen()
    assert world.say(talk, BEGINS) == ["contact.asked.weekly"]
    assert world.say(talk, asked) == [f"contact.asked.{key}"]
    assert world.flow(talk) is None
    with world.work() as work:
        assert drafts.current(work, talk, "report") is None


def test_the_same_words_out_of_nowhere_are_not_taken_for_contact(world: World) -> None:
    said = world.say(world.citizen(), "她打了我还用打吗")
    assert not any(key.startswith("contact.asked.") for key in said)


def test_a_worry_of_weeks_goes_to_a_person_with_the_words_it_was_told_in(world: World) -> None:
    talk = world.citizen()
    said = world.say(talk, "他奶说孩子最近老哭 饭也不咋吃 有俩礼拜了")
    assert said[0] == "contact.asked.worry"
    assert said[-1] == "report.danger_now"
    assert world.say(talk, "嗯 你帮我找人看看") == ["report.danger_now.again"]


def test_a_mother_who_is_not_let_talk_to_her_child_is_no_child_that_is_silenced(world: World, hands: Hands) -> None:
    home = homes.make(world, "mother")
    talk = homes.join(world, home, "mother")
    _thursday(hands)
    homes.tick(world)
    assert world.say(talk, "他爸不让我跟孩子说话 电话都给挂了") == ["contact.access"]
    assert world.say(talk, "我找谁说理去") == ["contact.access.again"]
    assert world.say(talk, "你们别老发 看着闹心") == ["contact.asked_less"]
    assert world.reports() == []


def test_a_week_forgotten_is_noted_without_blame_and_a_call_to_grandmother_is_no_blow(
    world: World, hands: Hands
) -> None:
    home = homes.make(world, "father", "carer")
    talk = homes.join(world, home, "father")
    _thursday(hands)
    homes.tick(world)
    assert world.say(talk, "这周忙忘了") == ["contact.q.parent.carer.after_no"]
    assert world.say(talk, "明天晚上吧") == ["contact.will_remind"]
    world.means(talk, "跟他奶打了 他奶说睡了", "contact")
    told = homes.answers(world, home, "father")
    assert (told["contact"], told["carer"]) == ("no", "yes")
    assert world.reports() == []


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("我在外地打工 一个礼拜没打通孩子电话了", "unreached"),
        ("我在广东呢 他奶不接电话 好几天了", "unreached"),
        ("我跟他爸都在外头 孩子在家跟奶奶 我不放心", "look"),
        ("我没有邀请码 我就想让主任去看看我家孩子", "look"),
        ("我在外面干活 孩子不愿意跟我说话咋办", "no_words"),
    ],
)
def test_a_parent_without_a_code_is_heard_and_offered_that_somebody_looks_in(world: World, said: str, key: str) -> None:
    talk = world.citizen()
    assert world.say(talk, said) == [f"contact.asked.{key}"]
    labels = [choice.label for choice in world.said(talk)[-1].choices]
    assert ("请人去看看孩子" in labels) == (key != "no_words")


def test_a_child_that_is_ill_and_alone_is_no_mere_worry_of_a_parent_far_away(world: World) -> None:
    talk = world.citizen()
    said = world.say(talk, "在外打工 孩子发烧了没人管")
    assert not any(key.startswith("contact.asked") for key in said)
