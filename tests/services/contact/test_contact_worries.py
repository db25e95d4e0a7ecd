"""有没有让您担心的事: only a worry becomes a task of the director, and a tired parent is understood around it."""

from __future__ import annotations

import pytest

from bot.services.contact import plans as contact_plans
from bot.storage.database import Database
from tests.builders import World
from tests.conftest import Hands
from tests.services import family as homes
from tests.services.contact.test_contact import _thursday


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Words only; nothing here differs between the databases."""
    return sqlite


@pytest.fixture
def home(world: World) -> homes.Family:
    world.staff("child_director")
    return homes.make(world, "father", "carer")


@pytest.fixture
def father(world: World, hands: Hands, home: homes.Family) -> str:
    """A father who is asked whether anything worries him."""
    talk = homes.join(world, home, "father")
    _thursday(hands)
    homes.tick(world)
    for button in ("contact.contact=video", "contact.carer=yes", "contact.how=good"):
        world.tap(talk, button)
    return talk


def _tasks(world: World, home: homes.Family) -> list[str]:
    return [step for step, _, still in homes.rungs(world, home) if still]


@pytest.mark.parametrize(
    "said",
    [
        "好了 说到哪了",
        "刚才忙 我看看",
        "等会儿 接个电话",
        "干完活再说",
        "没啥 都挺好",
        "没有别的了",
        "今天下雨没活 嘿嘿",
    ],
)
def test_chatter_is_no_task_of_anybody(world: World, home: homes.Family, father: str, said: str) -> None:
    world.say(father, said)
    assert _tasks(world, home) == []
    assert homes.answers(world, home, "father").get("concern") in (None, "no")


def test_what_is_not_clear_is_asked_once(world: World, home: homes.Family, father: str) -> None:
    assert world.say(father, "今天下雨没活 嘿嘿") == ["contact.pass_on"]
    assert world.say(father, "哈哈 工头喝多了") == ["contact.thanks.parent"]
    assert _tasks(world, home) == []


@pytest.mark.parametrize(
    ("answer", "tasks"), [("转吧", ["concern"]), ("随口说说", []), ("不用", []), ("是", ["concern"])]
)
def test_it_goes_on_only_if_he_says_so(
    world: World, home: homes.Family, father: str, answer: str, tasks: list[str]
) -> None:
    world.say(father, "那边下雪下得邪乎")
    world.say(father, answer)
    assert _tasks(world, home) == tasks
    assert homes.answers(world, home, "father")["words"] == ["那边下雪下得邪乎"]


def test_the_button_does_the_same(world: World, home: homes.Family, father: str) -> None:
    world.say(father, "那边下雪下得邪乎")
    assert world.tap(father, "contact.pass=yes") == ["contact.words_taken", "contact.thanks.parent"]
    assert _tasks(world, home) == ["concern"]
    assert world.tap(father, "contact.pass=no") == ["chat.expired_button"]


def test_a_worry_goes_to_the_director_with_its_words(world: World, home: homes.Family, father: str) -> None:
    assert "contact.words_taken" in world.say(father, "有 担心他老玩手机")
    assert _tasks(world, home) == ["concern"]
    assert homes.answers(world, home, "father")["words"] == ["有 担心他老玩手机"]


def test_a_worry_he_keeps_is_kept_and_nobody_is_sent(world: World, home: homes.Family, father: str) -> None:
    assert world.say(father, "担心他数学 跟不上 不用找主任了先") == ["contact.kept_own", "contact.thanks.parent"]
    assert world.say(father, "没有危险 就是数学不好 我不是要反映") == ["contact.kept_own.again"]
    told = homes.answers(world, home, "father")
    assert (told["concern"], told["study"]) == ("own", "bad")
    assert _tasks(world, home) == []
    assert world.reports() == []
    assert world.flow(father) is None


def test_a_worry_taken_back_is_no_task_and_one_told_again_is(world: World, home: homes.Family, father: str) -> None:
    world.say(father, "有 担心他老玩手机")
    assert world.say(father, "不用找主任 我自己说他") == ["contact.kept_own"]
    assert _tasks(world, home) == []
    world.say(father, "我还是不放心 担心他眼睛")
    assert _tasks(world, home) == ["concern"]


def test_a_sign_that_wants_a_person_goes_to_one_all_the_same(world: World, home: homes.Family, father: str) -> None:
    assert "contact.kept_own.not" in world.say(father, "同学总欺负他 不用找主任")
    assert "signal_soon" in _tasks(world, home)


def test_a_worry_about_the_younger_is_not_noted_of_the_elder(world: World) -> None:
    world.staff("child_director")
    two = homes.make_two(world, "father", "carer")
    talk = homes.join(world, two, "father")
    world.say(talk, "都视频了 奶奶也唠了 都挺好")
    world.tap(talk, "contact.how=good")
    world.tap(talk, "contact.how=good")
    world.say(talk, "老二不写作业")
    assert [row.concern for row in homes.records(world, two, "father")] == [True, False]
    with world.work() as work:
        told = [contact_plans.answers(work, row)["study"] for row in homes.records(world, two, "father")]
    assert told == ["good", "bad"]


def test_what_was_told_by_itself_is_not_what_the_rest_is(world: World, hands: Hands, home: homes.Family) -> None:
    talk = homes.join(world, home, "father")
    world.tap(talk, "contact.contact=video")
    world.tap(talk, "contact.carer=yes")
    world.say(talk, "吃得挺好 学习嘛一般般 就是不咋爱吱声")
    told = homes.answers(world, home, "father")
    assert (told["life"], told["study"], told["mood"]) == ("good", "so_so", "low")


def test_after_the_talk_it_is_read_back_put_right_and_ended(world: World, home: homes.Family, father: str) -> None:
    world.say(father, "没啥 都挺好")
    assert world.say(father, "你记的啥") == ["contact.week_stands"]
    assert world.say(father, "不是 学习是一般") == ["contact.thanks.parent"]
    assert homes.answers(world, home, "father")["study"] == "so_so"
    assert world.say(father, "啥时候再问我") == ["contact.asked_when.parent"]
    assert world.say(father, "行 谢了") == ["contact.ended"]


def test_a_complaint_before_anything_was_told_ends_nothing(world: World, hands: Hands, home: homes.Family) -> None:
    talk = homes.join(world, home, "father")
    assert world.say(talk, "又来问 你咋不烦呢") == ["contact.asked_why.parent"]
    assert world.say(talk, "打了 语音 半小时") == ["contact.q.parent.carer"]


def test_a_report_opened_by_mistake_is_left(world: World, father: str) -> None:
    world.say(father, "没啥 都挺好")
    world.tap(father, "flow:report")
    assert world.say(father, "点错了 不反映 就是念叨念叨") == ["report.cancelled"]
    assert world.flow(father) is None
    assert world.reports() == []


@pytest.mark.parametrize("said", ["周几都行 你看着办吧", "随便", "周三不行 别的都行"])
def test_any_day_suits(world: World, said: str) -> None:
    home = homes.make(world, "father")
    talk = world.citizen()
    world.tap(talk, "flow:join")
    world.say(talk, homes.code_for(world, home, "father"))
    world.tap(talk, "join.consent=yes")
    world.tap(talk, "join.called=usual")
    assert world.say(talk, said) == ["join.hour"]
    assert world.say(talk, "几点都中") == ["join.done.parent"]


def test_a_day_that_does_not_suit_is_not_chosen(world: World, father: str, home: homes.Family) -> None:
    world.say(father, "没啥 都挺好")
    assert world.say(father, "换周末吧 周四我上夜班") == ["join.changed"]
    assert homes.plan(world, home, "father").weekday == 6
