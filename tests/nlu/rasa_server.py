"""The real Rasa server as a child process, beside a stand-in for our action server that remembers every call."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.faults.gateway_process import HUNG_SECONDS, free_port

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "a-token-of-this-test"
SLOW_START_SECONDS = 600


@dataclass(frozen=True)
class Call:
    """One call of the action server."""

    sender: str
    action: str
    text: str
    events: int
    token: str
    message: int | None


@dataclass
class StandIn:
    """Answers as our actions would. The end of the sender's name scripts it, see `_events`."""

    calls: list[Call] = field(default_factory=list)

    def of(self, sender: str) -> list[str]:
        """The actions run for one sender after its session began."""
        return [call.action for call in self.calls if call.sender == sender and call.action != "action_session_start"]

    def answer(self, body: dict[str, Any], token: str) -> tuple[int, dict[str, Any]]:
        """Remember a call; status and answer to it."""
        heard = body["tracker"]["latest_message"] or {}
        sender, text = body["sender_id"], heard.get("text") or ""
        message = (heard.get("metadata") or {}).get("message")
        events = len(body["tracker"]["events"])
        self.calls.append(Call(sender, body["next_action"], text, events, token, message))
        if sender.endswith("broken"):
            return 500, {"error": "failed"}
        return 200, {"events": _events(sender, body["next_action"], text), "responses": []}


def _events(sender: str, action: str, text: str) -> list[dict[str, Any]]:
    if action == "action_session_start":
        loop = [{"event": "active_loop", "name": "report_form"}, _slot("requested_slot", "place")]
        return [
            {"event": "session_started"},
            *(loop if sender.endswith("returning") else []),
            {"event": "action", "name": "action_listen"},
        ]
    if not action.startswith("validate_"):
        return []
    first = {"validate_status_form": "report_code", "validate_supplement_form": "report_code"}
    asked = {"validate_report_form": "what", "validate_bind_form": "bind_said", **first}[action]
    over = sender.endswith("at-once") or text == "到此为止"
    return [_slot(asked, "given"), _slot("requested_slot", None if over else asked)]


def _slot(name: str, value: str | None) -> dict[str, Any]:
    return {"event": "slot", "name": name, "value": value}


@dataclass(frozen=True)
class Server:
    """A running Rasa: its process and port, what it said on its screen, where it works, and its action server."""

    process: int
    port: int
    screen: Path
    workplace: Path
    actions: StandIn
    client: httpx.Client

    def say(self, sender: str, text: str, message: int = 1, token: str = TOKEN) -> httpx.Response:
        """Post one message to the guarded door."""
        body = {"sender": sender, "message": text, "metadata": {"message": message}}
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self.client.post("/webhooks/rest/webhook", json=body, headers=headers)

    def keys(self, sender: str, text: str) -> list[str]:
        """The text keys said in answer."""
        answer = self.say(sender, text)
        assert answer.status_code == 200, answer.text
        return [said["custom"]["say"] for said in answer.json()]

    def parse(self, text: str) -> dict[str, Any]:
        """What /model/parse makes of a text."""
        answer = self.client.post("/model/parse", params={"token": TOKEN}, json={"text": text})
        found: dict[str, Any] = answer.json()
        return found


@contextmanager
def running(workplace: Path) -> Iterator[Server]:
    """Train if need be, start Rasa in an empty folder with its own home, wait until it answers, stop it."""
    train = [str(ROOT / ".venv-rasa/bin/python"), str(ROOT / "deploy/train.py")]
    subprocess.run(train, check=True, stdout=subprocess.DEVNULL)
    model = subprocess.run([*train, "--print"], check=True, capture_output=True, text=True).stdout.strip()
    home = workplace / "home"
    home.mkdir()
    screen = workplace.parent / "screen.txt"
    port = free_port()
    with _action_server() as (actions, actions_port), screen.open("wb") as output:
        child = subprocess.Popen(
            [
                *(str(ROOT / ".venv-rasa/bin/python"), "-m", "nlu", "run", "--enable-api", "--auth-token", TOKEN),
                *("-i", "127.0.0.1", "-p", str(port), "--model", model),
                *("--endpoints", str(ROOT / "endpoints.yml"), "--credentials", str(ROOT / "credentials.yml")),
            ],
            cwd=workplace,
            env=_environment(home, actions_port),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=HUNG_SECONDS, trust_env=False) as client:
            try:
                _wait(client, child, screen)
                yield Server(child.pid, port, screen, workplace, actions, client)
            finally:
                child.terminate()
                child.wait(HUNG_SECONDS)


def _environment(home: Path, actions_port: int) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(home),
        "TMPDIR": str(home),
        "HUTONG_RASA_TOKEN": TOKEN,
        "HUTONG_ACTIONS_PORT": str(actions_port),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONWARNINGS": "ignore",
    }


def _wait(client: httpx.Client, child: subprocess.Popen[bytes], screen: Path) -> None:
    deadline = time.monotonic() + SLOW_START_SECONDS
    while time.monotonic() < deadline:
        assert child.poll() is None, screen.read_text()
        try:
            if client.post("/model/parse", params={"token": TOKEN}, json={"text": "喂"}).status_code == 200:
                return
        except httpx.TransportError:
            pass
        threading.Event().wait(0.2)
    raise AssertionError(f"Rasa did not start:\n{screen.read_text()}")


@contextmanager
def _action_server() -> Iterator[tuple[StandIn, int]]:
    actions = StandIn()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            token = parse_qs(urlsplit(self.path).query).get("token", [""])[0]
            status, answer = actions.answer(body, token)
            payload = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield actions, server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
