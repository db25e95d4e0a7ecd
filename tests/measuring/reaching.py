"""From 发送 to the staff's phone, and from the staff's first words to the reporter: the machine's share of both waits.

A real gateway beside the fake Bot API, Rasa away. Reporters on Telegram and on the page in turn; a staff member takes
each emergency on by opening the talk, and writes. Each phone was spoken to a moment ago, so it takes one message a
second: that is the channel's pace and most of the wait. Three villages, each with a phone of its own, go beside each
other, which loads the machine a little more and takes a third of the time. Bounded in count; ends by itself. How fast
people are is told by `hutong reports figures` of a service that runs.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import httpx

from tests.faults.fake_bot_api import TOKEN, FakeTelegram
from tests.faults.gateway_process import GatewayProcess, free_port

EMERGENCIES, AT_ONCE = 100, 10
FIRST_STAFF, FIRST_REPORTER = 900_001, 500_000
VILLAGES = {"220184104201": "姜家店村", "220184104203": "万山村", "220184104204": "龙泉村"}
WORDS = "公主岭市响水镇{village}隔壁正拿棍子打孩子呢 快来人"
FIRST_WORDS = "我是值班的，马上有人过去，你现在安全吗"
GIVE_UP, LOOK_EVERY = 60.0, 0.01
ALERT = "accept:"


@dataclass
class Measured:
    """Seconds each wait took; `lost`: what did not arrive within a minute."""

    to_staff: list[float] = field(default_factory=list)
    to_reporter: list[float] = field(default_factory=list)
    at_once: list[float] = field(default_factory=list)
    lost: int = 0

    def lines(self) -> list[tuple[str, str, str]]:
        """What to print: name, figure, goal."""
        return [
            ("from 发送 to the staff's phone, p50", _seconds(median(self.to_staff)), ""),
            ("  p99", _seconds(_p99(self.to_staff)), "<= 5 s"),
            (f"  {AT_ONCE} at once for one phone, the last", _seconds(max(self.at_once)), ""),
            ("from staff's first words to the reporter, p50", _seconds(median(self.to_reporter)), ""),
            ("  p99", _seconds(_p99(self.to_reporter)), ""),
            ("  lost", str(self.lost), "0"),
        ]


@dataclass
class Village:
    """One village, the phone of its child director, and what was measured there."""

    name: str
    staff: int
    phones: FakeTelegram
    found: Measured = field(default_factory=Measured)

    @property
    def words(self) -> str:
        """An emergency of this village."""
        return WORDS.format(village=self.name)

    def bind(self, invited: str) -> None:
        """Let the director join with a code, after which alerts reach the phone."""
        code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", invited)
        assert code is not None, invited
        self.hears(lambda: self.phones.user_taps(self.staff, "flow:bind"))
        self.hears(lambda: self.phones.user_says(self.staff, code[0]))

    def hears(self, act: Callable[[], object], part: str = "") -> float | None:
        """Seconds until the phone hears something that holds `part`."""
        return _when(self.phones, self.staff, part, act)

    def one(self, page: httpx.Client, number: int) -> None:
        """One emergency, told by one person and taken on by the director."""
        chat, on_telegram = FIRST_REPORTER + number, number // len(VILLAGES) % 2 == 0

        def tell() -> None:
            if on_telegram:
                self.phones.user_says(chat, self.words)
            else:
                _on_page(page, self.words)

        waited = self.hears(tell, ALERT)
        if waited is None:
            self.found.lost += 1
            return
        self.found.to_staff.append(waited)
        newest = next(value for value in reversed(self.phones.buttons(self.staff)) if value.startswith(ALERT))
        self.hears(lambda: self.phones.user_taps(self.staff, f"case:talk:{newest.removeprefix(ALERT)}"))
        if on_telegram:
            waited = _when(self.phones, chat, FIRST_WORDS, lambda: self.phones.user_says(self.staff, FIRST_WORDS))
            self.found.lost += waited is None
            self.found.to_reporter += [] if waited is None else [waited]
        self.hears(lambda: self.phones.user_says(self.staff, "结束"))

    def many(self, first: int) -> None:
        """Many emergencies in the same moment for this one phone: the channel's own limit counts there."""
        known, began, found = len(self.phones.calls), time.monotonic(), self.found
        for number in range(AT_ONCE):
            self.phones.user_says(first + number, self.words)
        while len(found.at_once) < AT_ONCE and time.monotonic() < began + GIVE_UP:
            found.at_once = [at - began for at in _reached(self.phones, self.staff, ALERT, known)]
            time.sleep(LOOK_EVERY)
        found.lost += AT_ONCE - len(found.at_once)


def measure(folder: Path) -> Measured:
    """Run it all once on a fresh database."""
    phones = FakeTelegram()
    villages = [Village(name, FIRST_STAFF + number, phones) for number, name in enumerate(VILLAGES.values())]
    gateway = GatewayProcess(folder, free_port(), {"HUTONG_TELEGRAM_TOKEN": TOKEN, "HUTONG_TELEGRAM_API": phones.url})
    try:
        gateway.start()
        for area, village in zip(VILLAGES, villages, strict=True):
            village.bind(gateway.cli("staff", "add", "--name", "值班", "--role", "child_director", "--area", area))
        with httpx.Client(base_url=gateway.url, timeout=30) as page, ThreadPoolExecutor(len(villages)) as beside:

            def lives(place: int) -> None:
                for number in range(place, EMERGENCIES, len(villages)):
                    villages[place].one(page, number)

            list(beside.map(lives, range(len(villages))))
        villages[0].many(FIRST_REPORTER + EMERGENCIES)
        return _together([village.found for village in villages])
    finally:
        gateway.stop()
        phones.close()


def _together(parts: list[Measured]) -> Measured:
    found = Measured(lost=sum(part.lost for part in parts))
    for part in parts:
        found.to_staff += part.to_staff
        found.to_reporter += part.to_reporter
        found.at_once += part.at_once
    return found


def _on_page(page: httpx.Client, words: str) -> None:
    opened = page.post("/api/conversations").json()
    where = f"/api/conversations/{opened['conversation']}/messages"
    page.post(where, headers={"Authorization": f"Bearer {opened['token']}"}, json={"text": words}).raise_for_status()


def _when(phones: FakeTelegram, chat: int, part: str, act: Callable[[], object]) -> float | None:
    """Seconds from an act until a message that holds `part` reached a chat; None: it did not within a minute."""
    known, began = len(phones.calls), time.monotonic()
    act()
    while time.monotonic() < began + GIVE_UP:
        if reached := _reached(phones, chat, part, known):
            return reached[0] - began
        time.sleep(LOOK_EVERY)
    return None


def _reached(phones: FakeTelegram, chat: int, part: str, known: int) -> list[float]:
    return [
        at
        for at, method, data in phones.calls[known:]
        if method == "sendMessage" and str(data["chat_id"]) == str(chat) and part in f"{data}"
    ]


def _p99(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.99))]


def _seconds(value: float) -> str:
    return f"{value:.2f} s"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        measured = measure(Path(place))
    for name, figure, goal in measured.lines():
        print(f"{name:<58}{figure:>16}{'   goal ' + goal if goal else ''}")  # noqa: T201 - what it is for
    sys.exit(measured.lost != 0)  # whoever runs this need not read it to know that something never came
