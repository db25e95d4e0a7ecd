"""A father answers the question of the week on a break, in few words: corrections and worries among them are heard."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.builders import World
from tests.services import family as homes


@pytest.fixture
def database(sqlite: Database) -> Database:
    """The same rows on PostgreSQL are what test_contact looks at."""
    return sqlite


@pytest.fixture
def father(world: World) -> tuple[homes.Family, str]:
    """A father who was just asked whether he talked to his child this week."""
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    world.tap(talk, "flow:contact")
    return home, talk


@pytest.mark.parametrize("said", ["说错了 是上礼拜打的", "记错了 上礼拜四的事 这礼拜没打", "不对 上周打的"])
def test_a_call_that_was_last_week_is_none_of_this_week(
    world: World, father: tuple[homes.Family, str], said: str
) -> None:
    home, talk = father
    world.say(talk, "打了 挺好")
    world.say(talk, said)
    told = homes.answers(world, home, "father")
    assert (told["contact"], told["life"]) == ("no", "good")


def test_a_call_of_last_week_and_of_this_one_is_a_call(world: World, father: tuple[homes.Family, str]) -> None:
    home, talk = father
    world.say(talk, "上周打的 这周也打了")
    assert homes.answers(world, home, "father").get("contact") != "no"


@pytest.mark.parametrize(
    ("said", "signal", "contact"),
    [
        ("打了 说同学老要他钱", "bullied", "yes"),
        ("通话了 他说有人管他要烟钱", "bullied", "yes"),
        ("没打 老师说好几天没来", "not_at_school", "no"),
    ],
)
def test_a_worry_inside_the_answer_goes_to_the_director_and_is_answered(
    world: World, father: tuple[homes.Family, str], said: str, signal: str, contact: str
) -> None:
    home, talk = father
    assert "contact.signal.parent.soon" in world.say(talk, said)
    assert homes.rungs(world, home) == [("signal_soon", signal, True)]
    assert homes.answers(world, home, "father")["contact"] == contact


def test_a_child_grown_thin_is_a_worry_and_that_it_is_passed_on_is_said(
    world: World, father: tuple[homes.Family, str]
) -> None:
    home, talk = father
    assert "contact.words_taken" in world.say(talk, "视频了 瘦了好多")
    assert homes.answers(world, home, "father")["concern"] == "yes"


def test_who_says_that_he_calls_tonight_is_not_asked_the_same_again(
    world: World, father: tuple[homes.Family, str]
) -> None:
    home, talk = father
    assert world.say(talk, "晚上打") == ["contact.saved"]
    assert "contact" not in homes.answers(world, home, "father")
