"""A director's whole morning with the real Rasa, at the page and on Telegram, in the words used when we tried it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

import pytest

from bot.services.work import Work
from bot.storage.database import Database, open_vault
from tests.conftest import SHANGHAI
from tests.conversations.conftest import Person, Running
from tests.faults.gateway_process import wait_until
from tests.services import on_file

FILED_AGO = timedelta(days=20)


class Chat(Protocol):
    """Somebody who writes and taps, and is told something with these words in it."""

    def says(self, text: str, words: str) -> None: ...
    def taps(self, label: str, words: str) -> None: ...


class AtThePage:
    """A chat at the page."""

    def __init__(self, running: Running) -> None:
        self._person = Person(running.gateway.url)

    def says(self, text: str, words: str) -> None:
        told = self._person.say(text)
        assert words in told, f"{text} → {told}"

    def taps(self, label: str, words: str) -> None:
        told = self._person.tap(label)
        assert words in told, f"[{label}] → {told}"


class OnTelegram:
    """A chat on the stand-in of the Bot API."""

    def __init__(self, running: Running, chat: int) -> None:
        self._api, self._chat = running.telegram, chat

    def says(self, text: str, words: str) -> None:
        self._told(lambda: self._api.user_says(self._chat, text), text, words)

    def taps(self, label: str, words: str) -> None:
        self._told(lambda: self._api.user_taps(self._chat, self._button(label)), f"[{label}]", words)

    def _told(self, act: Any, what: str, words: str) -> None:
        before = len(self._api.sent_to(self._chat))
        act()

        def new() -> list[str]:
            return self._api.sent_to(self._chat)[before:]

        wait_until(lambda: any(words in text for text in new()), f"{what}: nothing with {words}")

    def _button(self, label: str) -> str:
        for sent in reversed(self._api.sent):
            if str(sent["chat_id"]) == str(self._chat):
                markup = sent.get("reply_markup") or {}
                markup = json.loads(markup) if isinstance(markup, str) else markup
                for row in markup.get("inline_keyboard", ()):
                    for button in row:
                        if label in button["text"]:
                            return str(button["callback_data"])
        raise AssertionError(f"no button {label}")


def _register(running: Running, village: str) -> None:
    """Seven homes of a village, filed long enough ago that nobody's first visit is in time."""
    folder = running.folder / "var"
    database = Database(f"sqlite:///{folder / 'hutong.db'}")
    vault = open_vault(database, folder / "keys.json")
    with database.begin() as session:
        work = Work(session, vault, datetime.now(UTC))
        home = on_file.home(work, village)
        filed = date.today() - FILED_AGO  # noqa: DTZ011 - the day where the test runs is near enough
        for name in ("李雪", "李强"):
            on_file.child(work, name, household=home, area=village, filed=filed, level="good")
        for name in ("赵欣怡", "孙浩然", "周子涵", "王小明", "刘洋"):
            on_file.child(work, name, area=village, filed=filed, level="average")
    database.close()


def _binds(running: Running, chat: Chat, role: str, area: str) -> None:
    invited = json.loads(running.gateway.cli("staff", "add", "--name", "王主任", "--role", role, "--area", area))
    chat.says("我有邀请码", "邀请码")
    chat.says(invited["invite_code"], "绑定好了")


@pytest.mark.parametrize(("door", "village"), [("page", "220184104203"), ("telegram", "220184104204")])
def test_a_whole_morning_of_a_director_and_the_supervisor_after_it(running: Running, door: str, village: str) -> None:
    _register(running, village)
    director: Chat = AtThePage(running) if door == "page" else OnTelegram(running, 7001)
    supervisor: Chat = AtThePage(running) if door == "page" else OnTelegram(running, 7002)
    _binds(running, director, "child_director", village)
    _binds(running, supervisor, "child_supervisor", village[:9])
    running.gateway.cli("jobs", "run", "visit_plans")
    # The clock of the running service may have gone its round of today before this village was there.
    tomorrow = datetime.now(SHANGHAI).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)
    running.gateway.cli("jobs", "run", "visits", "--at", tomorrow.strftime("%Y-%m-%dT%H:%M:%S%z"))

    director.says("今天该走访谁", "要走访的有 6 家")
    director.taps("刘洋", "为什么是这天")
    director.taps("去过了", "这五项怎么样")
    director.taps("五项都正常", "孩子自己怎么说")
    director.taps("单独", "最后一项，每次都要答")
    director.taps("以上都没有", "记好了：刘洋")

    director.says("今天去了老王家，小明挺好，在家写作业，爷爷身体还行，学校也正常", "听到的")
    director.taps("也都正常", "孩子自己怎么说")
    director.taps("见到了孩子", "最后一项")
    director.says("没有", "记好了：王小明")

    director.says("上午去了赵欣怡家，胳膊上好几块青紫，孩子说是她爸喝酒打的", "请现在拨打110")

    director.says("老周家没人，敲门没人应", "怎么没见到")
    director.taps("家里没人", "不算入户，到期日不变")

    director.says("去李雪家看了看，两个孩子都挺好", "这五项怎么样")
    director.taps("五项都正常", "孩子自己怎么说")
    director.taps("单独", "最后一项")
    director.taps("以上都没有", "记好了：李")

    director.says("孙浩然家下周一再去", "好，定在")
    director.says("孙浩然家为什么是这天", "《方案》没有定")
    director.says("我村新来一个孩子，想建个档", "叫什么名字")
    director.says("马小军，男，2015年3月8号出生，住四组，跟奶奶马桂兰过，爸妈都在长春打工", "奶奶马桂兰")
    director.taps("没错", "等督导员审核")
    director.says("导出今天的工作日志", "刘洋")

    supervisor.says("今天该走访谁", "周子涵")
    supervisor.taps("周子涵", "超期")
    supervisor.taps("改个日子", "哪天")
    supervisor.says("后天", "好，定在")
