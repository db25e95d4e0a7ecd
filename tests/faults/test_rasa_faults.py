"""Guarantee 7, what tests/gateway/test_path.py leaves open: slow drips, bombs, and an action server killed at work."""

from __future__ import annotations

import asyncio
import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.gateway.conversation import Path as Way
from bot.gateway.rasa import AFTER_SILENCE_SECONDS, PATIENCE_SECONDS, Rasa, RasaSilent
from bot.storage.tables import Inbox
from tests.builders import World
from tests.conftest import Hands
from tests.faults.gateway_process import HUNG_SECONDS, ROOT, free_port, wait_until
from tests.faults.talking import ON_SQLITE, path_of, telegram, until
from tests.scripted import rasa_that

WITHIN = 5.0  # what the patience we grant may add up to
CHAT = 555000555
TOLD = "有个孩子总饿肚子没人管"
BOMBS: dict[str, tuple[bytes, dict[str, str]]] = {
    "a hundred thousand brackets": (b"[" * 100_000, {}),
    "50 MB of blanks in 50 kB": (gzip.compress(b" " * 50_000_000), {"Content-Encoding": "gzip"}),
    "what it calls gzip and is not": (b"[]", {"Content-Encoding": "gzip"}),
    "half a character": (b'[{"custom": {"say": "\xff\xfe"}}]', {}),
    "words we do not have": (b'[{"custom": {"say": "chat.made_up"}}]', {}),
    "text instead of keys": (b'[{"text": "PAYLOAD"}]', {}),
    "a number of a million digits": (b"[" + b"9" * 200_000 + b"]", {}),
    "a key that asks for arguments": (b'[{"custom": {"say": "chat.redirect"}}]', {}),
    "words for somebody else": (b'[{"custom": {"say": "staff.alert.S0"}}]', {}),
}


@ON_SQLITE
@pytest.mark.parametrize("bomb", BOMBS)
async def test_an_answer_of(bomb: str, world: World) -> None:
    """… leads to a truthful sentence within five seconds, and a later message is understood as ever."""
    somebody = world.citizen()
    inbox_id = world.hear(somebody, {"text": "咨询一下这边怎么弄"})
    content, headers = BOMBS[bomb]
    way = path_of(world, lambda _: httpx.Response(200, headers=headers, stream=httpx.ByteStream(content)))
    assert await asyncio.wait_for(way.handle(inbox_id), HUNG_SECONDS)
    assert world.keys_to(inbox_id) in (["chat.starting"], ["chat.degraded"])
    assert world.said(somebody)


@ON_SQLITE
async def test_a_rasa_that_drips_or_never_answers_holds_nobody_up(world: World) -> None:
    """Patience is for the whole answer, however often a byte of it comes."""

    async def drips(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
        while not writer.is_closing():
            writer.write(b" ")
            await asyncio.sleep(0.2)

    async def hangs(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read(-1)

    servers = [await asyncio.start_server(one, "127.0.0.1", 0) for one in (drips, hangs)]
    ways = [
        Way(world.database, world.vault, Rasa(f"http://127.0.0.1:{one.sockets[0].getsockname()[1]}", "t"), world.now)
        for one in servers
    ]
    ids = [world.hear(world.citizen(), {"text": "咨询一下这边怎么弄"}) for _ in ways]
    await asyncio.wait_for(
        asyncio.gather(*(way.handle(inbox_id) for way, inbox_id in zip(ways, ids, strict=True))), HUNG_SECONDS
    )
    for inbox_id in ids:
        assert world.keys_to(inbox_id) == ["chat.starting"]
    for server in servers:
        server.close()


async def test_an_emergency_is_reported_to_its_end_on_telegram_with_rasa_away(
    world: World, hands: Hands, tmp_path: Path
) -> None:
    async with telegram(world, tmp_path) as (channel, api):

        def heard(words: str) -> bool:
            hands.forward(seconds=0.25)
            channel.sender.wake()
            return any(words in text for text in api.sent_to(CHAT))

        for text, answer in (
            ("邻居正拿棍子打孩子呢 快来人", "110"),
            ("榆树市五棵树镇", "怎样联系您"),
            ("不留", "回复您"),
            ("可以", "查询码"),
        ):
            api.user_says(CHAT, text)
            await until(lambda answer=answer: heard(answer), f"after {text}: {api.sent_to(CHAT)}")
        assert world.report().severity == "S0"
        assert world.report().code_key is not None


class ActionServer:
    """A real action server on the world's database; DIES makes it die in its first action."""

    def __init__(self, folder: Path, world: World) -> None:
        self.port, self.log = free_port(), folder / "actions.log"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HUTONG_")}
        self._env = {
            **kept,
            "HUTONG_DATABASE_URL": world.database.url,
            "HUTONG_KEY_FILE": str(folder / "keys.json"),
            "HUTONG_VAR_DIR": str(folder),
            "HUTONG_RASA_TOKEN": "test",
            "HUTONG_ACTIONS_PORT": str(self.port),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, dies: str = "") -> None:
        command = [sys.executable, "-m", "tests.faults.dying_actions"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env={**self._env, "FAULT_AT": dies}, stdout=log, stderr=log
            )
        wait_until(self._alive, "the action server did not start")

    def _alive(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/health", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def call(self, action: str, sender: str, message: object, text: str) -> httpx.Response:
        """As Rasa would."""
        latest = {"text": text, "intent": {"name": "report_concern", "confidence": 0.9}, "entities": []}
        tracker = {
            "sender_id": sender,
            "slots": {},
            "latest_message": {**latest, "metadata": {"message": message}},
            "latest_event_time": 0,
            "events": [],
            "paused": False,
            "followup_action": None,
            "active_loop": {},
            "latest_action_name": "action_listen",
        }
        body = {"next_action": action, "sender_id": sender, "tracker": tracker, "domain": {}, "version": "3.6.21"}
        return httpx.post(f"http://127.0.0.1:{self.port}/webhook?token=test", json=body, timeout=HUNG_SECONDS)

    def ended(self) -> int | None:
        assert self._process is not None
        return self._process.poll()

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()


@contextmanager
def action_server(folder: Path, world: World) -> Iterator[ActionServer]:
    found = ActionServer(folder, world)
    try:
        yield found
    finally:
        found.stop()


@ON_SQLITE
@pytest.mark.parametrize("dies", ["before the commit", "after the commit"])
async def test_an_action_server_killed_at_work_leaves_one_effect_and_one_answer(
    dies: str, world: World, tmp_path: Path
) -> None:
    """Rasa then answers 200 with nothing. Killed before the commit the gateway goes on alone, after it the answer of
    the dead one stands."""
    somebody = world.citizen()
    with action_server(tmp_path, world) as actions:
        actions.start(dies)

        def rasa(request: httpx.Request) -> httpx.Response:
            with pytest.raises(httpx.TransportError):
                actions.call("validate_report_form", f"{somebody}.1", inbox_id, TOLD)
            return httpx.Response(200, json=[])

        inbox_id = world.hear(somebody, {"text": TOLD})
        assert await path_of(world, rasa).handle(inbox_id)
        wait_until(lambda: actions.ended() == -9, "it was not killed")
    keys = world.keys_to(inbox_id)
    assert keys.count("report.begin") == 1
    assert len(keys) == len(set(keys))
    with world.work() as work:
        row = work.session.get_one(Inbox, inbox_id)
        assert (row.state, row.effect) == ("done", "alone" if dies == "before the commit" else "words")
    assert world.flow(somebody) == "report"


@ON_SQLITE
async def test_an_action_that_fails_tells_nothing_of_what_was_said(world: World, tmp_path: Path) -> None:
    """The SDK would answer with the exception's text and the whole request."""
    canary = "赵金翎雀"
    with action_server(tmp_path, world) as actions:
        actions.start()
        failed = actions.call("validate_report_form", "nobody.1", canary, canary)
        unknown = actions.call("action_made_up", "nobody.1", 1, canary)
        broken = httpx.post(
            f"http://127.0.0.1:{actions.port}/webhook?token=test", content=canary.encode(), timeout=HUNG_SECONDS
        )
        answers: list[Any] = [failed, unknown, broken]
        assert failed.json()["responses"] == [], "the turn ends without a word, and the gateway goes on alone"
        assert unknown.status_code >= 400 <= broken.status_code
        assert all(canary not in answer.text and "Traceback" not in answer.text for answer in answers)
        assert canary not in actions.log.read_text()


async def test_who_waits_behind_a_message_rasa_hung_on_is_not_kept_waiting_as_long_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    granted: list[float] = []
    real = asyncio.timeout

    def timeout(seconds: float) -> asyncio.Timeout:
        granted.append(seconds)
        return real(0 if hanging else seconds)

    async def answer(_: httpx.Request) -> httpx.Response:
        if hanging:
            await asyncio.Event().wait()
        return httpx.Response(200, json=[])

    monkeypatch.setattr("bot.gateway.rasa.asyncio.timeout", timeout)
    rasa = rasa_that(answer)
    hanging = True
    for _ in range(3):
        with pytest.raises(RasaSilent):
            await rasa.say("somebody.1", "你好", 1)
    hanging = False
    await rasa.say("somebody.1", "你好", 1)
    await rasa.say("somebody.1", "你好", 1)
    assert granted == [PATIENCE_SECONDS, *[AFTER_SILENCE_SECONDS] * 3, PATIENCE_SECONDS]
    assert sum(granted[:3]) <= WITHIN
