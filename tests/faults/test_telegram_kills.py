"""Guarantees 1-3 on Telegram: killed at random instants, killed at each step, told to stop under load."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.faults.dying_gateway import PLACES
from tests.faults.fake_bot_api import TOKEN, FakeTelegram
from tests.faults.gateway_process import HUNG_SECONDS, ROOT, GatewayProcess, ScriptedRasa, free_port, wait_until
from tests.faults.ledger import Books
from tests.faults.sizes import FULL, size
from tests.faults.test_kills import own_file

KILLS = CHATS = size(10, 20)
UPDATES = 2 * KILLS
CLAIMS_ARE_OVER = 61
SAID = ("今天天气咋样", "孩子掉河里了快救命", "榆树市五棵树镇", "在吗")


class FarTelegram:
    """The fake Bot API as a process of its own: nothing that happens to the gateway or to us touches it."""

    def __init__(self, port: int) -> None:
        self._client = httpx.Client(base_url=f"http://127.0.0.1:{port}/control/", timeout=HUNG_SECONDS)

    def ask(self, name: str, **words: object) -> Any:
        return self._client.post(name, json=words).json()

    def there(self) -> bool:
        try:
            return self.ask("pending") == 0
        except httpx.TransportError:
            return False

    def polls(self) -> int:
        return sum(call[1] == "getUpdates" for call in self.ask("calls"))


@pytest.fixture
def far() -> Iterator[tuple[FarTelegram, str]]:
    port = free_port()
    child = subprocess.Popen([sys.executable, "-m", "tests.faults.fake_bot_api", str(port)], cwd=ROOT)
    found = FarTelegram(port)
    wait_until(found.there, "the fake Bot API did not start")
    yield found, f"http://127.0.0.1:{port}"
    child.kill()
    child.wait()


@pytest.fixture
def rasa() -> Iterator[ScriptedRasa]:
    found = ScriptedRasa()
    yield found
    found.close()


def _gateway(folder: Path, rasa: ScriptedRasa, address: str, **more: str) -> GatewayProcess:
    extra = {"HUTONG_TELEGRAM_TOKEN": TOKEN, "HUTONG_TELEGRAM_API": address, **more}
    return GatewayProcess(folder, rasa.port, extra, program="tests.faults.dying_gateway")


def _finished(gateway: GatewayProcess, database: str = "") -> bool:
    books = Books(gateway.folder, gateway.url, database)
    try:
        return books.unfinished() == 0
    finally:
        books.close()


def _in_flight(gateway: GatewayProcess, database: str = "") -> int:
    books = Books(gateway.folder, gateway.url, database)
    try:
        return books.in_flight()
    finally:
        books.close()


@pytest.mark.parametrize("kind", ["sqlite", *(["postgres"] if FULL else [])])
def test_killed_again_and_again_while_updates_flow_nothing_is_lost_or_doubled(
    kind: str, tmp_path: Path, far: tuple[FarTelegram, str], rasa: ScriptedRasa, request: pytest.FixtureRequest
) -> None:
    database = request.getfixturevalue("postgres").url if kind == "postgres" else own_file(tmp_path)
    seed = random.randrange(10**6)
    print("seed", seed)  # noqa: T201 - shown when the test fails
    chance, (telegram, address) = random.Random(seed), far
    gateway = _gateway(tmp_path, rasa, address, HUTONG_DATABASE_URL=database)
    updates: set[int] = set()
    in_flight = 0

    def somebody_writes() -> None:
        number = len(updates)
        words = SAID[number // CHATS * 2 + number % 2]
        updates.add(telegram.ask("user_says", chat=7000 + number % CHATS, text=words))

    try:
        for _ in range(KILLS):
            somebody_writes()
            polled = telegram.polls()
            gateway.launch()
            wait_until(lambda polled=polled: telegram.polls() > polled, "it does not poll")  # type: ignore[misc]
            somebody_writes()
            threading.Event().wait(chance.uniform(0.0, 0.4))
            gateway.kill()
            in_flight += _in_flight(gateway, database)
        assert len(updates) == UPDATES
        gateway.launch(FAULT_CLOCK_AHEAD=str(CLAIMS_ARE_OVER))
        wait_until(lambda: telegram.ask("pending") == 0 and _finished(gateway, database), "it does not come to an end")
        assert gateway.terminate() == 0
    finally:
        gateway.stop()
    books = Books(tmp_path, gateway.url, database)
    doubled = books.check(updates, telegram.ask("sent"))
    assert doubled <= in_flight
    assert set(telegram.ask("acknowledged")) == updates
    assert books.reports() == CHATS // 2, "one report a talk of danger, however often it was killed"
    assert "Traceback" not in gateway.log.read_text()


def test_killed_at_each_step_of_a_message_nothing_is_lost_and_only_an_unmarked_send_is_doubled(
    tmp_path: Path, rasa: ScriptedRasa
) -> None:
    """Each start takes up what the one before left behind and dies a step later, with a person waiting at each."""
    api = FakeTelegram()
    gateway = _gateway(tmp_path, rasa, api.url)
    places = [place for place in PLACES if "web" not in place]
    updates: set[int] = set()
    in_flight = 0
    try:
        for number, place in enumerate(places):
            updates.add(api.user_says(8000 + number, SAID[0]))
            updates.add(api.user_says(8100 + number, SAID[1]))
            gateway.launch(FAULT_AT=place, FAULT_CLOCK_AHEAD=str(number * CLAIMS_ARE_OVER))
            wait_until(lambda: gateway.ended() is not None, f"it outlived: {place}")
            assert gateway.ended() == -9, gateway.log.read_text()[-2000:]
            in_flight += _in_flight(gateway)
        gateway.launch(FAULT_CLOCK_AHEAD=str(len(places) * CLAIMS_ARE_OVER))
        wait_until(lambda: api.pending() == 0 and _finished(gateway), "it does not come to an end")
        assert gateway.terminate() == 0
    finally:
        gateway.stop()
        api.close()
    books = Books(tmp_path, gateway.url)
    doubled = books.check(updates, api.sent)
    assert 1 <= doubled <= in_flight, "the one that was sent and not marked is said again; silence would be worse"
    assert books.reports() == len(places)


def test_a_web_message_kept_by_a_gateway_that_then_died_is_answered_by_the_next_one(
    tmp_path: Path, rasa: ScriptedRasa
) -> None:
    gateway = GatewayProcess(tmp_path, rasa.port, program="tests.faults.dying_gateway")
    try:
        gateway.launch(FAULT_AT="a web message is kept")
        wait_until(gateway.answers, "it did not start")
        with httpx.Client(base_url=gateway.url, timeout=HUNG_SECONDS) as page:
            opened = page.post("/api/conversations").json()
            where = f"/api/conversations/{opened['conversation']}/messages"
            headers = {"Authorization": f"Bearer {opened['token']}", "Idempotency-Key": "one"}
            with suppress(httpx.TransportError):  # a busy machine may say the numbers before it gets to die
                assert page.post(where, json={"text": SAID[1]}, headers=headers).status_code == 503
            wait_until(lambda: gateway.ended() == -9, "it lives")
            gateway.start()

            def again() -> httpx.Response:
                return page.post(where, json={"text": SAID[1]}, headers=headers)

            # A busy machine may say the numbers as a problem first; the page then asks again, as here.
            wait_until(lambda: again().status_code == 200, "it is not answered")
            replies = again().json()["replies"]
            assert "119" in replies[0]["text"]
            assert again().json()["replies"] == replies
    finally:
        gateway.stop()
    assert Books(tmp_path, gateway.url).reports() == 1


def test_told_to_stop_under_load_it_ends_in_ten_seconds_with_nothing_half_applied_or_doubled(
    tmp_path: Path, rasa: ScriptedRasa
) -> None:
    api = FakeTelegram()
    gateway = _gateway(tmp_path, rasa, api.url)
    rasa.seconds = 0.3
    try:
        updates = {api.user_says(9000 + number % CHATS, SAID[number % 2]) for number in range(UPDATES)}
        gateway.launch()
        wait_until(lambda: len(api.sent) >= 5, "it does not answer")
        assert gateway.terminate() == 0
        books = Books(tmp_path, gateway.url)
        assert books.half_applied() == []
        assert books.in_flight() == 0, "a send that was begun is marked before the end"
        books.close()
        gateway.launch(FAULT_CLOCK_AHEAD=str(CLAIMS_ARE_OVER))
        wait_until(lambda: api.pending() == 0 and _finished(gateway), "the rest is not done")
        assert gateway.terminate() == 0
    finally:
        gateway.stop()
        api.close()
    assert Books(tmp_path, gateway.url).check(updates, api.sent) == 0
