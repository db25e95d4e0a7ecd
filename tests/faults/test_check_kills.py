"""A self-check with Rasa away whose gateway dies and is back the next day: buttons alone lead to its end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx

from tests.faults.gateway_process import HUNG_SECONDS, GatewayProcess, free_port, wait_until

DIES = {"FAULT_AT": "a harmless web message is settled", "FAULT_AFTER": "5"}
"""Where the gateway dies, and how many taps pass there before."""
NEXT_DAY = str(20 * 3600)
MOST = 40
KNOWN = ("=no", "=alive", "=away_for_work", "=cross_county", "=24", "=short_visit", "=none", "=6-11", "=9")


class Family:
    """A phone that sends each tap with its key until it is answered, as the page does."""

    def __init__(self, gateway: GatewayProcess) -> None:
        self._gateway = gateway
        self.taps = self.died_of = 0
        opened = self._ask("POST", "/api/conversations").json()
        self._where = f"/api/conversations/{opened['conversation']}/messages"
        self._headers = {"Authorization": f"Bearer {opened['token']}"}

    def tap(self, value: str) -> list[dict[str, Any]]:
        """Tap; what the gateway died of is sent once more with the same key, and the answer is the same."""
        self.taps += 1
        keyed = {**self._headers, "Idempotency-Key": f"tap-{self.taps}"}
        replies: list[dict[str, Any]] = self._ask("POST", self._where, {"choice": value}, keyed).json()["replies"]
        if self.died_of == self.taps:
            assert self._ask("POST", self._where, {"choice": value}, keyed).json()["replies"] == replies
        return replies

    def heard(self) -> list[dict[str, Any]]:
        """Everything said to this phone."""
        messages: list[dict[str, Any]] = self._ask("GET", self._where, None, self._headers).json()["messages"]
        return messages

    def _client(self) -> httpx.Client:
        return httpx.Client(base_url=self._gateway.url, timeout=HUNG_SECONDS)

    def _ask(self, how: str, where: str, body: object = None, headers: dict[str, str] | None = None) -> httpx.Response:
        """Ask until there is an answer; where the gateway dies of it, the next one gives it the next day."""
        found: list[httpx.Response] = []

        def answered() -> bool:
            try:
                with self._client() as phone:
                    found[:] = [phone.request(how, where, json=body, headers=headers)]
            except httpx.TransportError:
                if self._gateway.ended() == -9:
                    self.died_of = self.taps
                    self._gateway.launch(FAULT_AT="", FAULT_CLOCK_AHEAD=NEXT_DAY)
                return False
            return found[0].status_code < 400

        wait_until(answered, f"{how} {where} is not answered")
        return found[0]


def test_killed_in_the_middle_and_come_back_to_the_next_day_it_ends_with_the_right_result(tmp_path: Path) -> None:
    gateway = GatewayProcess(tmp_path, free_port(), DIES, program="tests.faults.dying_gateway")
    try:
        gateway.start()
        family = Family(gateway)
        said = family.tap("flow:eligibility")
        for _ in range(MOST):
            if said[-1]["text"].startswith("初步判断（"):
                break
            said = family.tap(_known(said[-1]["choices"]))
            if family.taps == family.died_of:
                asked, said = said[-1]["text"], family.tap("flow:eligibility")
                assert said[-1]["text"] == asked, "the next day it goes on where it was"
        assert family.died_of > 1, "it died in the middle"
        assert "✔ 初步符合“留守儿童”" in said[-1]["text"]
        questions = [one["text"] for one in family.heard() if "eligibility.edit=menu" in _values(one["choices"])]
        assert len(questions) == len(set(questions)) + 1, "nothing is asked twice but what was open over night"
    finally:
        gateway.stop()
    assert "Traceback" not in gateway.log.read_text()


def _known(choices: list[dict[str, str]]) -> str:
    """The button a family taps whose parents both work away."""
    values = _values(choices)
    return next((value for wanted in KNOWN for value in values if value.endswith(wanted)), values[0])


def _values(choices: list[dict[str, str]]) -> list[str]:
    return [choice["value"] for choice in choices]
