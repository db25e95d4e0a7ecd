"""What a father adds to his week or puts right in it, and asks of us beside it: kept in its week, and no report."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.builders import World
from tests.conftest import Hands
from tests.services import family as homes


@pytest.fixture
def database(sqlite: Database) -> Database:
    """The same rows on PostgreSQL are what test_contact looks at."""
    return sqlite


@pytest.fixture
def father(world: World) -> tuple[homes.Family, str]:
    """A father who told of his week to its end."""
    home = homes.make(world, "father")
    talk = homes.join(world, home, "father")
    world.tap(talk, "flow:contact")
    for one in ("打视频了 今天中午", "没跟我妈唠 就跟孩子说的", "孩子挺好 就是数学没及格", "没有"):
        world.say(talk, one)
    return home, talk


def test_a_mark_that_was_not_enough_is_none_of_a_good_week(world: World, father: tuple[homes.Family, str]) -> None:
    told = homes.answers(world, father[0], "father")
    assert (told["life"], told["study"]) == ("good", "bad")


def test_another_kind_of_call_is_put_right_and_the_call_stands(world: World, father: tuple[homes.Family, str]) -> None:
    home, talk = father
    assert world.say(talk, "说错了 不是视频 是语音") == ["contact.kind_put_right"]
    told = homes.answers(world, home, "father")
    assert (told["contact"], told["kinds"]) == ("yes", ["call"])


def test_a_call_forgotten_is_added_to_the_week(world: World, father: tuple[homes.Family, str], hands: Hands) -> None:
    home, talk = father
    assert world.say(talk, "刚才忘说了 后来跟我妈唠了半个点") == ["contact.added"]
    assert homes.answers(world, home, "father")["carer"] == "yes"


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("你们记这个是不是要扣我家低保啊", "contact.penalty"),
        ("我媳妇也在外头 她用不用也登", "contact.other_joins"),
        ("家里那边有没有活 我寻思回去", "contact.card.home"),
        ("每周提醒周四的留着 别停", "contact.stays"),
    ],
)
def test_what_is_asked_of_us_is_answered_and_no_report(
    world: World, father: tuple[homes.Family, str], said: str, key: str
) -> None:
    _, talk = father
    assert world.say(talk, said) == [key]
    assert world.flow(talk) is None


def test_a_child_that_does_not_eat_is_called_tonight_and_the_director_has_the_words(
    world: World, father: tuple[homes.Family, str]
) -> None:
    home, talk = father
    assert world.say(talk, "刚我妈来电话说孩子这几天不吃饭 老哭")[0] == "contact.signal.parent.soon"
    assert world.say(talk, "也就三四天吧") == ["contact.added_words"]
    told = homes.answers(world, home, "father")
    assert (told["life"], told["concern"], told["carer"]) == ("bad", "yes", "yes")
    assert "刚我妈来电话说孩子这几天不吃饭 老哭" in told["words"]
    assert "也就三四天吧" in told["words"]


def test_a_stop_taken_back_at_once_is_none(world: World, father: tuple[homes.Family, str]) -> None:
    _, talk = father
    world.say(talk, "别再给我发了 烦")
    assert world.say(talk, "不是 周四那个留着") == ["contact.stays"]
