"""People in a hurry in the middle of the week's talk: they repeat, ask for something else, put off, or cannot go on."""

from __future__ import annotations

import pytest

from bot.reading.contact import weekly
from bot.services.talk import language
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
def father(world: World, hands: Hands) -> str:
    home = homes.make(world, "father", "carer")
    talk = homes.join(world, home, "father")
    _thursday(hands)
    homes.tick(world)
    return talk


def test_the_own_papers_are_asked_for_without_losing_the_place(world: World, father: str) -> None:
    world.tap(father, "contact.contact=video")
    assert world.say(father, "我们的协议在哪") == ["entrusted.papers.no_care", "contact.q.parent.carer"]
    assert world.say(father, "聊了聊了") == ["contact.q.parent.how"]


def test_what_was_told_in_one_breath_is_not_asked_again_nor_lost(world: World, father: str) -> None:
    world.say(father, "昨晚视频了娃挺好就是感冒了")
    assert world.say(father, "聊了") == ["contact.q.parent.how.more"]
    world.tap(father, "contact.how=good")
    assert "吃住身体一般、学习好、心情好" in (world.tap(father, "contact.concern=no") and world.said(father)[-1].text)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("周六吧", "contact.will_remind"), ("明晚", "contact.will_remind"), ("不用了", "contact.no_reminder")],
)
def test_the_evening_of_the_reminder_is_typed(world: World, father: str, typed: str, said: str) -> None:
    world.say(father, "没有")
    assert world.say(father, "没聊") == ["contact.no_blame"]
    assert world.say(father, "嗯嗯啊") == ["contact.not_clear", "contact.remind.again"]
    assert world.say(father, typed) == [said]


def test_who_has_no_time_is_let_go_and_may_change_it_later(world: World, father: str) -> None:
    world.tap(father, "contact.contact=video")
    assert world.say(father, "过会儿再说吧我忙着呢") == ["contact.saved"]
    assert world.say(father, "改一下") == ["contact.q.parent.contact"]


def test_a_carer_who_cannot_go_on_is_listened_to_and_goes_on_by_a_tap(world: World, hands: Hands) -> None:
    home = homes.make(world, "carer")
    talk = homes.join(world, home, "carer")
    assert world.say(talk, "管不了了想打他") == ["contact.signal.check"]
    assert world.tap(talk, "flow:contact") == ["contact.q.carer.how"]
    assert world.say(talk, "我带不动了") == ["contact.signal.carer"]
    assert world.say(talk, "我一个老婆子我能咋办") == ["contact.words_taken.carer"]
    assert world.flow(talk) is None
    assert homes.answers(world, home, "carer")["words"] == ["我一个老婆子我能咋办"]


@pytest.mark.parametrize("code", ["PQWA-SXFZ-HZPX", "pqwa-sxfz-hzpx", "邀请码是 XPXZEMAHYKKT"])
def test_a_code_without_a_digit_is_no_english(world: World, code: str) -> None:
    talk = world.citizen()
    with world.work() as work:
        language.notice(work, talk, code)
        assert not language.english(work, talk)


def test_asking_after_the_other_parent_needs_no_question_mark() -> None:
    assert weekly.asks_about_other("他爸这周给孩子打电话没")
    assert not weekly.asks_about_other("他爸没给孩子打电话")
