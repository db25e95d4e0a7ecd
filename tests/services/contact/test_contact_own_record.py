"""A father far away: day and hour in one breath, an hour put right, and what stands of what he told, from his own
record and without a code."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.builders import World
from tests.conftest import Hands
from tests.services import family as homes


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Nothing here is about the database."""
    return sqlite


def _father(world: World, *said: str) -> tuple[homes.Family, str]:
    """A father who begins to join and says these words to the questions."""
    world.staff("child_director")
    home = homes.make(world, "father")
    talk = world.citizen()
    world.tap(talk, "flow:join")
    for one in (homes.code_for(world, home, "father"), "同意", "小虎爸", *said):
        world.say(talk, one)
    return home, talk


def test_day_and_hour_are_heard_in_one_breath_and_eight_is_eight(world: World) -> None:
    home, _ = _father(world, "星期天吧 晚上八点")
    plan = homes.plan(world, home, "father")
    assert (plan.weekday, plan.clock) == (7, "20:00")


@pytest.mark.parametrize(
    ("said", "clock"),
    [("是晚上八点 不是七点", "20:00"), ("不是七点 是八点半", "20:30"), ("改成六点半吧", "18:30")],
)
def test_an_hour_put_right_keeps_the_day(world: World, said: str, clock: str) -> None:
    home, talk = _father(world, "周日", "晚上七点")
    assert world.say(talk, said) == ["join.changed"]
    plan = homes.plan(world, home, "father")
    assert (plan.weekday, plan.clock) == (7, clock)


def test_an_hour_in_the_night_is_not_taken_in_silence(world: World) -> None:
    home, talk = _father(world, "周日", "晚上七点")
    assert world.say(talk, "改礼拜天晚上九点半") == ["entrusted.beside.night", "join.changed"]
    assert homes.plan(world, home, "father").clock == "19:00"


def test_a_call_that_only_grandmother_took_is_put_right_and_the_next_one_counts(world: World) -> None:
    home, talk = _father(world, "周日 晚上八点")
    world.say(talk, "这礼拜给他打过两回视频 挺好")
    world.say(talk, "啊不对 视频是他奶接的 虎子睡着了没说上话")
    told = homes.answers(world, home, "father")
    assert (told["contact"], told["carer"]) == ("no", "yes")
    said = world.say(talk, "打完了 今晚又跟孩子视频说了二十分钟")
    assert "contact.pass_on" not in said
    assert homes.answers(world, home, "father")["contact"] == "yes"


def test_stopping_ends_the_questions_and_not_the_duty(world: World) -> None:
    _, talk = _father(world, "周日 晚上八点")
    world.say(talk, "这俩礼拜厂子赶活 先别给我发了")
    assert world.say(talk, "停了是不是就不用联系孩子了") == ["contact.asked_stop_duty"]


def test_what_became_of_a_worry_is_said_from_his_own_record(world: World, hands: Hands) -> None:
    _, talk = _father(world, "周日 晚上八点")
    assert world.say(talk, "昨天说的那事有人管没")[0] == "contact.asked_handled.none"
    world.say(talk, "主任能不能抽空去家看看")
    hands.forward(hours=20)
    assert world.say(talk, "昨天说的那事有人管没")[0] == "contact.asked_handled.open"
    assert "查询码" not in world.said(talk)[-1].text


def test_who_was_told_in_the_village_to_register_hears_what_that_is(world: World) -> None:
    assert world.say(world.citizen(), "想问问 村里让我在这登记") == ["contact.asked.told_to"]


@pytest.mark.parametrize("said", ["打了 娃不爱说话", "今天中午又打了一个 这回跟虎子说上话了"])
def test_a_call_made_is_no_blow_to_whoever_is_asked_of_calls(world: World, said: str) -> None:
    home, talk = _father(world, "周日 晚上八点")
    keys = world.say(talk, said)
    assert not [key for key in keys if key.startswith(("danger", "report"))]
    assert homes.answers(world, home, "father")["contact"] == "yes"


@pytest.mark.parametrize("said", ["打了 娃哭了", "打了他一个耳光", "又打了孩子一顿"])
def test_a_blow_told_there_is_danger_all_the_same(world: World, said: str) -> None:
    _, talk = _father(world, "周日 晚上八点")
    keys = world.say(talk, said)
    assert [key for key in keys if key.startswith(("danger", "report"))]
