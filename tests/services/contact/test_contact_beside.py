"""What a parent asks in the middle of the week is answered, and the open question stands."""

from __future__ import annotations

import pytest

from bot.services import drafts
from bot.services.contact import plans as contact_plans
from bot.storage.database import Database
from bot.storage.tables import ContactRung
from tests.builders import World
from tests.services import family as homes
from tests.services.talking import words


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Nothing here is about the database."""
    return sqlite


def _father_of_two(world: World) -> tuple[homes.Family, str]:
    world.staff("child_director")
    home = homes.make_two(world, "father", "carer")
    talk = homes.join(world, home, "father")
    world.say(talk, "打过了 前天晚上视频的")
    return home, talk


def _told(world: World, home: homes.Family, item: str) -> list[object]:
    with world.work() as work:
        plans = contact_plans.of_person(work, home.people["father"])
        return [contact_plans.answers(work, contact_plans.keep_record(work, plan)).get(item) for plan in plans]


def _asked(world: World, talk: str) -> str | None:
    with world.work() as work:
        draft = drafts.current(work, talk, "contact")
        return draft.asked if draft is not None else None


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("儿童主任上礼拜说要去俺家 到底去没去啊", "contact.status"),
        ("多长时间去一回有规定吗", "policy.answer"),
        ("那不去没人管吗", "contact.nobody_comes"),
        ("我回头晚上给大的打一个 打完跟你说用不用", "contact.later_call"),
        ("对了我换号了 原来那个停了 新的 13943210876", "contact.details.number"),
        ("中 你让她给我去个电话 下班六点以后", "contact.call_me"),
        ("咱村那个管孩子的能不能上我家瞅瞅", "contact.asked_to_come"),
        ("我今晚上跟她唠点啥好 我嘴笨", "contact.what_to_say"),
        ("那这礼拜打卡算完了呗", "contact.week_stands.more"),
    ],
)
def test_a_question_in_the_week_is_answered_and_the_open_one_kept(world: World, said: str, key: str) -> None:
    _, talk = _father_of_two(world)
    asked = _asked(world, talk)
    assert key in world.say(talk, said)
    assert _asked(world, talk) == asked


def test_who_wants_to_be_called_is_a_task_with_his_words(world: World) -> None:
    home, talk = _father_of_two(world)
    world.say(talk, "中 你让她给我去个电话 下班六点以后")
    with world.work() as work:
        assert [rung.step for rung in work.session.query(ContactRung)] == ["wants_talk"]
    assert "下班六点以后" in str(_told(world, home, "words")[0])
    assert _told(world, home, "concern")[0] == "talk"


@pytest.mark.parametrize(
    "said",
    [
        "俩都唠了 她奶也唠了 老太太腰疼 别的没啥",
        "我妈那头天天唠",
        "我妈那边没断过联系",
        "老太太那边常联系",
        "跟俺娘总打电话",
    ],
)
def test_a_talk_with_the_own_mother_is_one_with_the_carer(world: World, said: str) -> None:
    home, talk = _father_of_two(world)
    world.say(talk, said)
    assert _told(world, home, "carer") == ["yes", "yes"]
    assert _told(world, home, "contact") == ["yes", "yes"]


@pytest.mark.parametrize(
    "said", ["不是老大是老二", "说错了 是跟老二视频的", "整反了", "错了错了 是小的", "不对 是小的接的 大的没接"]
)
def test_which_of_two_children_it_was_is_put_right_in_few_words(world: World, said: str) -> None:
    home, talk = _father_of_two(world)
    world.say(talk, "就跟老大视频的 小的睡了")
    world.say(talk, said)
    assert _told(world, home, "contact") == ["no", "yes"]


def test_a_call_that_is_announced_after_the_talk_is_answered_too(world: World) -> None:
    _, talk = _father_of_two(world)
    world.say(talk, "取消")
    assert _asked(world, talk) is None
    assert world.say(talk, "我回头晚上给大的打一个 打完跟你说用不用") == ["contact.later_call"]


def test_a_good_talk_does_not_end_the_care_for_a_child_that_spoke_of_dying(world: World) -> None:
    _, talk = _father_of_two(world)
    world.say(talk, "老大礼拜一给我发个信儿说活着没意思 让我别惦记她")
    for said in ("就在那儿", *["不用"] * 4):
        if world.flow(talk) == "report":
            world.say(talk, said)
    assert "after.over.self_harm" in world.say(talk, "昨晚唠到十点多 应该没事了吧")
    of_a_cold = world.say(_father_of_two(world)[1], "感冒吃药了 应该没事了吧")
    assert not {"after.over.self_harm", "contact.not_over"} & set(of_a_cold)


def test_how_the_child_is_now_reaches_whoever_works_on_it(world: World) -> None:
    _, talk = _father_of_two(world)
    world.say(talk, "老大礼拜一给我发个信儿说活着没意思 让我别惦记她")
    for said in ("就在那儿", *["不用"] * 4):
        if world.flow(talk) == "report":
            world.say(talk, said)
    world.say(talk, "昨晚唠到十点多 应该没事了吧")
    assert any("昨晚唠到十点多" in said for _, said in words(world))


@pytest.mark.parametrize("said", ["应该没事了吧", "她这几天不吱声 我不知道咋跟她说"])
def test_what_is_not_answered_here_is_answered_elsewhere_and_not_swallowed(world: World, said: str) -> None:
    world.staff("child_director")
    home = homes.make(world, "father")
    assert world.say(homes.join(world, home, "father"), said)
