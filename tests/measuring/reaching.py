"""From 发送 to the staff's phone, and from the staff's first words to the reporter: the machine's share of both waits.

A real gateway beside the fake Bot API, Rasa away. Reporters on Telegram and on the page in turn; a staff member takes
each emergency on by opening the talk, and writes. Bounded in count; ends by itself. How fast people are is told by
`hutong reports figures` of a service that runs.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import httpx

from tests.faults.fake_bot_api import TOKEN, FakeTelegram
from tests.faults.gateway_process import GatewayProcess, free_port

EMERGENCIES, AT_ONCE = 100, 10
STAFF, FIRST_REPORTER = 900_001, 500_000
VILLAGE = "220184104201"
WORDS = "公主岭市响水镇姜家店村隔壁正拿棍子打孩子呢 快来人"
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


def measure(folder: Path) -> Measured:
    """Run it all once on a fresh database."""
    phones, found = FakeTelegram(), Measured()
    gateway = GatewayProcess(folder, free_port(), {"HUTONG_TELEGRAM_TOKEN": TOKEN, "HUTONG_TELEGRAM_API": phones.url})
    try:
        gateway.start()
        told = gateway.cli("staff", "add", "--name", "值班", "--role", "child_director", "--area", VILLAGE)
        code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", told)
        assert code is not None, told
        _when(phones, STAFF, "", lambda: phones.user_taps(STAFF, "flow:bind"))
        _when(phones, STAFF, "", lambda: phones.user_says(STAFF, code[0]))
        with httpx.Client(base_url=gateway.url, timeout=30) as page:
            for number in range(EMERGENCIES):
                _one(phones, page, found, number)
        _many(phones, found)
        return found
    finally:
        gateway.stop()
        phones.close()


def _one(phones: FakeTelegram, page: httpx.Client, found: Measured, number: int) -> None:
    chat, on_telegram = FIRST_REPORTER + number, number % 2 == 0
    tell = (lambda: phones.user_says(chat, WORDS)) if on_telegram else (lambda: _on_the_page(page))
    waited = _when(phones, STAFF, ALERT, tell)
    if waited is None:
        found.lost += 1
        return
    found.to_staff.append(waited)
    report = next(value for value in reversed(phones.buttons(STAFF)) if value.startswith(ALERT)).removeprefix(ALERT)
    _when(phones, STAFF, "", lambda: phones.user_taps(STAFF, f"case:talk:{report}"))
    if on_telegram:
        waited = _when(phones, chat, FIRST_WORDS, lambda: phones.user_says(STAFF, FIRST_WORDS))
        found.lost += waited is None
        found.to_reporter += [] if waited is None else [waited]
    _when(phones, STAFF, "", lambda: phones.user_says(STAFF, "结束"))


def _many(phones: FakeTelegram, found: Measured) -> None:
    """Many emergencies in the same moment for the one phone of one village: the channel's own limit counts there."""
    known, began = len(phones.calls), time.monotonic()
    for number in range(AT_ONCE):
        phones.user_says(FIRST_REPORTER + EMERGENCIES + number, WORDS)
    while len(found.at_once) < AT_ONCE and time.monotonic() < began + GIVE_UP:
        found.at_once = [at - began for at in _reached(phones, STAFF, ALERT, known)]
        time.sleep(LOOK_EVERY)
    found.lost += AT_ONCE - len(found.at_once)


def _on_the_page(page: httpx.Client) -> None:
    opened = page.post("/api/conversations").json()
    where = f"/api/conversations/{opened['conversation']}/messages"
    page.post(where, headers={"Authorization": f"Bearer {opened['token']}"}, json={"text": WORDS}).raise_for_status()


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
