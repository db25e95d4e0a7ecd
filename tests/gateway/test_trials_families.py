"""The five people of tests/page/test_trials_families.py on Telegram, at the stand-in for its Bot API: joined by the
link of the invitation, asked on their evening, everybody in a chat of their own beside the child director's."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.services.staff import accounts
from bot.storage.database import Database
from tests.builders import VILLAGE, World
from tests.conftest import Hands
from tests.faults.fake_bot_api import FakeTelegram
from tests.faults.talking import telegram, until
from tests.services import family as homes
from tests.services.contact.test_contact import _thursday

HELP = "叫人帮我"
MOST_CHOICES = 4
"""In 长辈模式 two or three things to choose, and 叫人帮我."""


@pytest.fixture
def database(sqlite: Database) -> Database:
    """The channel and the words; the same rows on PostgreSQL are what the tests of contact look at."""
    return sqlite


class Phone:
    """Somebody's chat on Telegram."""

    def __init__(self, api: FakeTelegram, world: World, chat: int) -> None:
        self.api, self.world, self.chat, self._seen = api, world, chat, 0

    @property
    def heard(self) -> str:
        """Everything this chat received."""
        return "\n".join(self.api.sent_to(self.chat))

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons of the last message that has some."""
        return [label for label, _ in self._buttons()[-1]]

    async def hears(self, words: str) -> str:
        """Wait until something with these words came since the last wait; returns all that came."""
        await until(lambda: words in self._news(), f"{words} was not said: {self.heard[-400:]}", self.world)
        news, self._seen = self._news(), len(self.api.sent_to(self.chat))
        return news

    async def says(self, text: str, answer: str) -> str:
        """Write, and wait for an answer with these words."""
        self._seen = len(self.api.sent_to(self.chat))
        self.api.user_says(self.chat, text)
        return await self.hears(answer)

    async def taps(self, label: str, answer: str) -> str:
        """Tap the newest button of this name."""
        value = next(found for row in reversed(self._buttons()) for name, found in row if name == label)
        self._seen = len(self.api.sent_to(self.chat))
        self.api.user_taps(self.chat, value)
        return await self.hears(answer)

    def _news(self) -> str:
        return "\n".join(self.api.sent_to(self.chat)[self._seen :])

    def _buttons(self) -> list[list[tuple[str, str]]]:
        found = []
        for one in self.api.sent:
            markup = one.get("reply_markup") or {}
            markup = json.loads(markup) if isinstance(markup, str) else markup
            rows = [(key["text"], key["callback_data"]) for row in markup.get("inline_keyboard", ()) for key in row]
            if rows and str(one["chat_id"]) == str(self.chat):
                found.append(rows)
        return found


class Village:
    """The Bot API, a child, its people who have not joined, and the child director in a chat."""

    def __init__(self, api: FakeTelegram, world: World, *kinds: str) -> None:
        self.api, self.world, self.home = api, world, homes.make(world, *kinds)
        self._chats = iter(range(501, 520))

    async def director(self) -> Phone:
        """王主任 on Telegram."""
        with self.world.work() as work:
            invited = accounts.add(work, "王主任", "child_director", VILLAGE)
        phone = Phone(self.api, self.world, next(self._chats))
        await phone.says(f"/start invite_{invited.code.replace('-', '')}", "绑定好了")
        return phone

    async def joins(self, kind: str, simple: str = "不用") -> Phone:
        """By the link of the invitation, then with taps alone."""
        phone = Phone(self.api, self.world, next(self._chats))
        code = homes.code_for(self.world, self.home, kind).replace("-", "")
        child = kind == "self"
        await phone.says(f"/start invite_{code}", "愿意吗" if child else "同意吗")
        await phone.taps("愿意" if child else "同意", "怎么叫你" if child else "怎么称呼您")
        await phone.taps("不用" if child else "不用，就叫您", "哪天")
        await phone.taps("就周四", "几点好")
        await phone.taps("晚上七点", "长辈模式" if kind == "carer" else "好")
        if kind == "carer":
            await phone.taps(simple, "好了，加入了")
        return phone

    def evening(self, hands: Hands) -> None:
        """Thursday, seven o'clock: everybody is asked."""
        _thursday(hands)
        homes.tick(self.world)


@pytest.fixture
async def api(world: World, tmp_path: Path) -> AsyncIterator[FakeTelegram]:
    async with telegram(world, tmp_path) as (_, api):
        yield api


async def test_a_father_on_his_break(world: World, hands: Hands, api: FakeTelegram) -> None:
    village = Village(api, world, "father", "carer")
    director, father = await village.director(), await village.joins("father")
    village.evening(hands)
    asked = await father.hears("这周和孩子联系了吗")
    assert "测试娃" not in asked, "what is pushed names no child"
    assert father.labels == ["视频", "电话", "文字", "见面", "没有"]
    await father.says("昨晚视频了娃挺好就是感冒了", "和照顾孩子的人聊过吗")
    await father.says("我们的协议在哪", "和照顾孩子的人聊过吗")
    await father.says("聊了聊了", "孩子别的方面呢")
    await father.taps("别的都挺好", "有没有让您担心的事")
    thanks = await father.taps("没有", "记下了")
    assert "和孩子联系了、和照顾的人聊了、吃住身体一般、学习好、心情好" in thanks
    assert homes.rungs(world, village.home) == []
    assert "家庭联系" not in director.heard


async def test_a_divorced_mother(world: World, hands: Hands, api: FakeTelegram) -> None:
    village = Village(api, world, "father", "mother")
    director = await village.director()
    father, mother = await village.joins("father"), await village.joins("mother")
    await father.says("前天打电话了 娃说想吃饺子", "和照顾孩子的人聊过吗")
    await mother.says("我跟他爸离婚了，孩子判给他爸，他爸不让我见孩子", "12348")
    await mother.says("他爸这周给孩子打电话没", "对谁都一样")
    await mother.says("把他爸地址告诉我", "我也一样不说")
    assert "饺子" not in mother.heard
    assert "不让" not in father.heard
    await director.hears("家庭联系")
    assert "离婚" not in director.heard
    assert homes.rungs(world, village.home) == [("wants_talk", "kept_from_child", True)]


async def test_a_grandmother_in_simple_mode_who_only_taps(world: World, hands: Hands, api: FakeTelegram) -> None:
    village = Village(api, world, "father", "carer")
    director, grandmother = await village.director(), await village.joins("carer", "用长辈模式")
    village.evening(hands)
    await grandmother.hears("怎么样")
    for label, question in (
        ("好", "高兴不高兴"),
        ("高兴", "打电话来了吗"),
        ("好久没打了", "累不累"),
        ("还行", "记下了"),
    ):
        assert 1 < len(grandmother.labels) <= MOST_CHOICES
        assert grandmother.labels[-1] == HELP
        said = await grandmother.taps(label, question)
        assert "记下了" in said or said.startswith("您说的是：")
    assert "爸妈好久没打电话了、您还行" in said
    await grandmother.taps(HELP, "儿童主任")
    await director.hears("家庭联系")
    assert ("wants_help", "asked_for_a_person", True) in homes.rungs(world, village.home)


async def test_a_carer_who_wants_to_hit_him(world: World, hands: Hands, api: FakeTelegram) -> None:
    village = Village(api, world, "father", "carer")
    director, father = await village.director(), await village.joins("father")
    carer = await village.joins("carer")
    village.evening(hands)
    await carer.hears("怎么样")
    said = await carer.says("管不了了 天天玩手机 想打他", "别动手")
    assert all(number in said for number in ("12356", "120", "110"))
    assert "怎么样" not in said, "she is listened to, not asked on"
    await carer.says("我一个老婆子我能咋办", "转给儿童主任")
    await director.hears("家庭联系")
    assert ("signal_check", "carer_may_hit", True) in homes.rungs(world, village.home)
    assert "打他" not in father.heard + director.heard


async def test_a_child_who_does_not_want_to_live(world: World, hands: Hands, api: FakeTelegram) -> None:
    village = Village(api, world, "father", "self")
    director, father = await village.director(), await village.joins("father")
    child = await village.joins("self")
    village.evening(hands)
    await child.hears("心情")
    said = await child.says("不想活了 作业太多", "你很重要")
    assert all(number in said for number in ("120", "110", "12356"))
    await director.hears("紧急")
    report = world.report()
    assert (report.severity, report.area) == ("S0", VILLAGE)
    await child.says("没人管我", "我在听")
    assert "不想活" not in father.heard + director.heard
