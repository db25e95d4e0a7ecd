"""A father, a grandmother in 长辈模式 and a child, each in a chat of their own, with the real Rasa."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from bot.services.work import Work
from bot.storage.database import Database, open_vault
from bot.storage.tables import Child
from tests.conversations.conftest import Person, Running
from tests.services import family as homes

VILLAGE = "220184104201"


@pytest.fixture
def child(running: Running) -> str:
    return filed(running)


def filed(running: Running) -> str:
    """The number of a child of the director's village, as the register holds it."""
    folder = running.folder / "var"
    database = Database(f"sqlite:///{folder / 'hutong.db'}")
    with database.begin() as session:
        work = Work(session, open_vault(database, folder / "keys.json"), datetime.now(UTC))
        number = work.session.get_one(Child, homes.child(work, homes.BORN, VILLAGE)).number
    database.close()
    return number


def _joined(running: Running, child: str, kind: str) -> Person:
    invited = running.gateway.cli("contact", "invite", "--child", child, "--kind", kind)
    return _joins(running, invited.partition('"invite_code": "')[2].partition('"')[0])


def _joins(running: Running, code: str) -> Person:
    somebody = Person(running.gateway.url)
    assert "意" in somebody.say(f"邀请码是 {code}")
    somebody.tap("意")
    somebody.tap("不用")
    somebody.tap("就周四")
    somebody.tap("晚上七点")
    return somebody


def test_a_father_a_grandmother_and_a_child(running: Running, director: Person, child: str) -> None:
    father = _joined(running, child, "father")
    assert "和照顾孩子的人聊过吗" in father.say("昨晚视频了娃挺好就是感冒了")
    assert "孩子别的方面呢" in father.say("聊了")
    assert "上次走访" in father.say("我家孩子最近咋样")
    assert "有没有让您担心的事" in father.tap("都挺好")
    assert "和孩子联系了" in father.say("没有")

    grandmother = _joined(running, child, "carer")
    assert "好了，加入了" in grandmother.tap("用长辈模式")
    assert "别动手" in grandmother.say("管不了了想打他")
    assert "儿童主任" in grandmother.tap("叫人帮我")

    assert "您同意吗" in father.say("给孩子也加入")
    handed_over = re.search("[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}", father.say("同意"))
    assert handed_over is not None
    kid = _joins(running, handed_over[0])
    assert "你很重要" in kid.say("不想活了")
    assert "紧急" in director.look()
    assert "想打" not in father.look()


def test_who_has_not_joined_hears_what_this_is(person: Person) -> None:
    assert "邀请码" in person.say("这周跟孩子视频了 挺好")
    assert "哪个村" in (person.tap("我有邀请码") and person.tap("我没有邀请码"))
    assert "核对" in person.say("公主岭市响水镇姜家店村，孩子叫小宇，我是他爸")
