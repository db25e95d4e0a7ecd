"""People who write on Telegram and on the web page while processes are killed, and keep what they were promised."""

from __future__ import annotations

import functools
import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import httpx

from tests.faults.fake_bot_api import FakeTelegram

WORDS = ("你好", "孩子掉河里了快救命", "在吗", "什么是留守儿童")
DANGER = WORDS[1]
CHAT_SAYS = len(WORDS)
TELEGRAM_EVERY, WEB_PEOPLE, WEB_EVERY = 0.4, 3, 1.0


class People:
    """Who writes. What they were promised is what the books are held against."""

    def __init__(self, api: FakeTelegram, public: str, chance: random.Random) -> None:
        self._api, self._public, self._chance = api, public, chance
        self.updates: dict[int, tuple[int, str]] = {}
        self.answered: dict[str, list[int]] = {}
        self.web_dangers = 0
        self.slowest = 0.0
        self._stopping = threading.Event()
        self._given_up = threading.Event()
        # Daemons: whatever becomes of the experiment, nobody keeps on writing.
        self._threads = [threading.Thread(target=self._telegram, daemon=True)]
        self._threads += [threading.Thread(target=self._web, daemon=True) for _ in range(WEB_PEOPLE)]

    def start(self) -> None:
        """Begin writing."""
        for one in self._threads:
            one.start()

    def stop(self, within: float) -> int:
        """Everybody ends with the answer to the last thing said. Returns how many got none within so many seconds."""
        self._stopping.set()
        end = time.monotonic() + within
        for one in self._threads:
            one.join(max(0.0, end - time.monotonic()))
        without = sum(one.is_alive() for one in self._threads)
        self._given_up.set()
        return without

    def _telegram(self) -> None:
        while not self._stopping.wait(TELEGRAM_EVERY):
            number = len(self.updates)
            # Two chats at a time, so that a chat's messages come close together and can overtake each other.
            chat, text = 9000 + number // (2 * CHAT_SAYS) * 2 + number % 2, WORDS[number // 2 % CHAT_SAYS]
            self.updates[self._api.user_says(chat, text)] = (chat, text)

    def _web(self) -> None:
        with httpx.Client(base_url=self._public, timeout=15, trust_env=False) as page:
            while not self._stopping.is_set():
                opened = self._until(lambda: page.post("/api/conversations"), 201).json()
                where = f"/api/conversations/{opened['conversation']}/messages"
                for number, text in enumerate(WORDS):
                    key = f"{number}"
                    headers = {"Authorization": f"Bearer {opened['token']}", "Idempotency-Key": key}
                    self.web_dangers += text == DANGER
                    began = time.monotonic()
                    say = functools.partial(page.post, where, json={"text": text}, headers=headers)
                    replies = [one["id"] for one in self._until(say, 200).json()["replies"]]
                    self.slowest = max(self.slowest, time.monotonic() - began)
                    self.answered[f"web:{opened['conversation']}:{key}"] = replies
                    self._stopping.wait(self._chance.uniform(0, WEB_EVERY))

    def _until(self, ask: Callable[[], httpx.Response], status: int) -> httpx.Response:
        """Ask as the page does: again with the same key until it is answered."""
        while not self._given_up.is_set():
            with suppress(httpx.HTTPError):
                answer = ask()
                if answer.status_code == status:
                    return answer
            self._given_up.wait(0.3)
        raise SystemExit  # of this thread
