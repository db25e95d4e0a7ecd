"""The whole system as it runs: gateway, action server and real Rasa, started once for all conversations."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conversations import moved
from tests.faults.fake_bot_api import TOKEN, FakeTelegram
from tests.faults.gateway_process import HUNG_SECONDS, ROOT, GatewayProcess, free_port, wait_until

RASA = ROOT / ".venv-rasa" / "bin" / "python"
STARTS_WITHIN = 600.0
"""Seconds for each of the three; a busy machine is no fault of theirs."""
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "PYTHONWARNINGS": "ignore"}


class Running:
    """The three processes on one folder. `rasa` and `actions` can be killed and started again."""

    def __init__(self, folder: Path, extra: dict[str, str] | None = None, clock: Path | None = None) -> None:
        """clock: a file that moves the time of gateway and action server, see moved.py."""
        self.rasa_port, self.actions_port = free_port(), free_port()
        self.folder = folder
        self.telegram = FakeTelegram()
        # Whatever any of the three puts aside for a while lies in our folder, where the canary test looks for it.
        temporary = folder / "temporary"
        temporary.mkdir()
        doors = {
            "HUTONG_ACTIONS_PORT": str(self.actions_port),
            "HUTONG_TELEGRAM_TOKEN": TOKEN,
            "HUTONG_TELEGRAM_API": self.telegram.url,
            "TMPDIR": str(temporary),
        }
        moves = {moved.FILE: str(clock)} if clock is not None else {}
        self.gateway = GatewayProcess(
            folder,
            self.rasa_port,
            {**doors, **moves, **(extra or {})},
            moved.__name__,
            moved.__name__,
            reads=True,
        )
        self._env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("HUTONG_")},
            **QUIET,
            "HUTONG_VAR_DIR": str(folder / "var"),
            "TMPDIR": str(temporary),
            "HUTONG_RASA_TOKEN": "test",
            "HUTONG_ACTIONS_PORT": str(self.actions_port),
            **moves,
            moved.PROGRAM: "actions",
        }
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        """Everything, until each part says it is ready."""
        self.gateway.start(STARTS_WITHIN)
        self.start_actions()
        self.start_rasa()

    def start_actions(self) -> None:
        """The action server."""
        self._run("actions", [sys.executable, "-m", moved.__name__])
        wait_until(lambda: self._part("actions") == "ok", "the action server did not start", STARTS_WITHIN)

    def start_rasa(self) -> None:
        """Rasa with the model of the present inputs."""
        model = subprocess.run(
            [str(RASA), "deploy/train.py", "--print"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.strip()
        command = [str(RASA), "-m", "nlu", "run", "--enable-api", "--auth-token", "test", "-i", "127.0.0.1"]
        self._run("rasa", [*command, "-p", str(self.rasa_port), "--model", model])
        wait_until(lambda: self._part("rasa") == "ok" and self._loaded(), self._tail("rasa"), STARTS_WITHIN)

    def _loaded(self) -> bool:
        return self.parse("你好") is not None

    def parse(self, text: str) -> dict[str, object] | None:
        """What /model/parse says of a text."""
        try:
            answer = httpx.post(
                f"http://127.0.0.1:{self.rasa_port}/model/parse",
                params={"token": "test"},
                json={"text": text},
                timeout=HUNG_SECONDS,
            )
        except httpx.HTTPError:
            return None
        return dict(answer.json()) if answer.status_code == 200 else None

    def kill(self, part: str) -> None:
        """kill -9 of "rasa" or "actions"."""
        self._processes[part].kill()
        self._processes[part].wait()

    def stop(self) -> None:
        """End everything that was started here."""
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            try:
                process.wait(timeout=HUNG_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
        self.gateway.stop()
        self.telegram.close()

    def _part(self, name: str) -> str:
        try:
            return str(httpx.get(f"{self.gateway.url}/ready", timeout=5).json()[name])
        except (httpx.HTTPError, ValueError, KeyError):
            return "down"

    def _tail(self, name: str) -> str:
        log = self.folder / f"{name}.log"
        return log.read_text()[-3000:] if log.exists() else f"{name} wrote nothing"

    def _run(self, name: str, command: list[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(command, cwd=ROOT, env=self._env, stdout=log, stderr=log)


class Person:
    """Somebody at the page: writes, taps, reads. `heard` holds every message in order."""

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(base_url=url, timeout=HUNG_SECONDS)
        opened = self._client.post("/api/conversations").json()
        self._where = f"/api/conversations/{opened['conversation']}/messages"
        self._client.headers["Authorization"] = f"Bearer {opened['token']}"
        self.heard: list[dict[str, object]] = []

    def say(self, text: str) -> str:
        """Write; returns all that was answered, joined."""
        return self._post({"text": text})

    def tap(self, label: str) -> str:
        """Tap the latest button whose label contains these words."""
        for message in reversed(self.heard):
            for choice in message["choices"]:  # type: ignore[attr-defined]
                if label in choice["label"]:
                    return self._post({"choice": choice["value"]})
        raise AssertionError(f"no button {label} among {[m['choices'] for m in self.heard]}")

    def send(self, name: str, data: bytes) -> str:
        """Send a photo, recording or file; returns all that was answered, joined."""
        answer = self._client.post(self._where, files={name: ("recording", data)})
        assert answer.status_code == 200, answer.text
        self.heard += answer.json()["replies"]
        return "\n".join(str(reply["text"]) for reply in answer.json()["replies"])

    def look(self) -> str:
        """Everything said so far, as the device fetches it."""
        messages = self._client.get(self._where).json()["messages"]
        self.heard = messages
        return "\n".join(str(message["text"]) for message in messages)

    def _post(self, body: dict[str, str]) -> str:
        answer = self._client.post(self._where, json=body)
        assert answer.status_code == 200, answer.text
        replies = answer.json()["replies"]
        self.heard += replies
        return "\n".join(str(reply["text"]) for reply in replies)


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    found = Running(tmp_path_factory.mktemp("running"))
    try:
        found.start()
        yield found
    finally:
        found.stop()


@pytest.fixture
def person(running: Running) -> Person:
    return Person(running.gateway.url)


@pytest.fixture
def director(running: Running) -> Person:
    """A child director of a village of their own, bound by an invite code."""
    return bound(running, "child_director", "220184104201")


def bound(running: Running, role: str, area: str) -> Person:
    """A staff member bound through the chat."""
    invited = json.loads(running.gateway.cli("staff", "add", "--name", "王主任", "--role", role, "--area", area))
    somebody = Person(running.gateway.url)
    assert "绑定好了" in somebody.say(f"我有邀请码 {invited['invite_code']}")
    return somebody
