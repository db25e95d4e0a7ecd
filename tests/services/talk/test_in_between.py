"""What is said in the middle of a talk and answers none of it loses nothing and is answered as what it is."""

from __future__ import annotations

import pytest

from bot.reading.aftermath import police_told
from bot.reading.entrusted import wishes
from bot.reading.talk import pausing
from bot.storage.database import Database
from tests.builders import World
from tests.services.talking import asked_for

FAR = "我跟我媳妇都在深圳厂里 孩子搁老家跟我妈"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Talking; nothing here differs between the databases."""
    return sqlite


@pytest.mark.parametrize("said", ["哎呀锅糊了 等一会", "工头喊了 先不说了", "等一下 我哥回来了 先不聊了"])
def test_who_breaks_off_is_let_go_and_asked_nothing(world: World, said: str) -> None:
    talk = world.citizen()
    world.means(talk, FAR, "eligibility")
    assert world.say(talk, said) == ["report.leaving"]
    assert world.flow(talk) == "eligibility"


@pytest.mark.parametrize("said", ["他回来了", "等他回来打我咋办", "孩子一个人在家等", "有人敲门"])
def test_danger_and_telling_are_no_pause(said: str) -> None:
    assert not pausing.is_one(said)


def test_a_carer_wished_for_amid_a_check_is_its_own_talk_and_what_was_told_is_not_asked_again(world: World) -> None:
    talk = world.citizen()
    world.means(talk, FAR, "eligibility")
    world.say(talk, "孩子六岁 闺女")
    heard = world.say(talk, "我妹在镇上 能不能让我妹看着 要办啥手续不")
    assert heard == ["entrusted.about.wish", "entrusted.wish.may", "entrusted.wish.where"]
    world.say(talk, "榆树市五棵树镇")
    assert world.flow(talk) == "entrusted"
    assert wishes.read("我是孩子大姨 孩子爸妈把孩子放我这儿了").carer == "大姨"


def test_the_time_the_police_were_told_is_put_right(world: World) -> None:
    talk = asked_for(world, "follow_up", "我是班主任 我班有个孩子身上总有伤 问他不说")
    assert "reporter.police_at" in world.say(talk, "我联系了派出所，官地派出所，下午两点半，民警姓赵")
    assert "reporter.police_at" in world.say(talk, "写错了，是三点半")
    assert police_told.time_put_right("报了官地派出所，下午两点半", "写错了，是三点半") == "报了官地派出所，下午三点半"
    assert police_told.time_put_right("没报警", "写错了，是三点半") is None
