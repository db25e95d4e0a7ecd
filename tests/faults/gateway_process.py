"""A real gateway process to kill, and a scripted Rasa beside it; both on loopback, both ended by the test."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx

from tests.faults.nursery import Child, nursery

ROOT = Path(__file__).resolve().parents[2]
HUNG_SECONDS = 180.0
"""What takes so long hangs. It measures nothing: a busy machine needs many times what an idle one does."""
# Below those the system gives to outgoing connections: what a killed gateway leaves is not taken before its next start.
PORTS = range(12_000, 32_000)
COMPILED = {"PYTHONPYCACHEPREFIX": str(ROOT / ".pytest_cache" / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
"""What is started again and again is compiled once, also where Python is told not to write beside the sources."""
_ports = iter(random.sample(PORTS, len(PORTS)))


def free_port() -> int:
    """A loopback port nobody listens on, another one each time."""
    for port in _ports:
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("every port is taken")


class ScriptedRasa:
    """Answers the REST door with `answer` after `seconds`."""

    def __init__(self) -> None:
        self.port = free_port()
        self.calls: list[dict[str, object]] = []
        self.answer: object = [{"custom": {"say": "chat.greet"}}]
        self.seconds = 0.0
        outer = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.calls.append(json.loads(body))
                threading.Event().wait(outer.seconds)
                data = json.dumps(outer.answer).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Keep the test's output quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Door)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()


class GatewayProcess:
    """`python -m bot` on its own folder, or another program that runs it. `log` collects everything it prints.

    Its sources are read already (nursery.py), except where it `reads` them itself.
    """

    def __init__(
        self,
        folder: Path,
        rasa_port: int,
        extra: dict[str, str] | None = None,
        program: str = "bot",
        cli: str = "bot.cli",
        *,
        reads: bool = False,
    ) -> None:
        self.folder, self.port, self._program, self._cli = folder, free_port(), program, cli
        self._reads = reads
        self._asks = httpx.Client(timeout=5, limits=httpx.Limits(max_keepalive_connections=0))
        self.log = folder / "gateway.log"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HUTONG_")}
        self._env = {
            **kept,
            "HUTONG_VAR_DIR": str(folder / "var"),
            "HUTONG_WEB_PORT": str(self.port),
            "HUTONG_RASA_URL": f"http://127.0.0.1:{rasa_port}",
            "HUTONG_RASA_TOKEN": "test",
            **COMPILED,
            **(extra or {}),
        }
        self._process: subprocess.Popen[bytes] | Child | None = None

    @property
    def url(self) -> str:
        """Address of its web server."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, within: float = HUNG_SECONDS) -> None:
        """Start and wait until it answers."""
        self.launch()
        wait_until(self.answers, f"the gateway did not start:\n{self.log.read_text()[-2000:]}", within)

    def launch(self, **more: str) -> None:
        """Start and wait for nothing, with more environment variables for this once."""
        env = {**self._env, **more}
        with self.log.open("ab") as log:
            if self._reads:
                words = [sys.executable, "-m", self._program]
                self._process = subprocess.Popen(words, cwd=ROOT, env=env, stdout=log, stderr=log)
            else:
                self._process = nursery(ROOT, COMPILED).start([self._program], env, log.fileno(), log.fileno())

    def ended(self) -> int | None:
        """Its exit status (-9: killed), None while it runs."""
        assert self._process is not None
        return self._process.poll()

    def answers(self) -> bool:
        """Whether its web server answers."""
        assert self._process is not None
        assert self._process.poll() is None, self.log.read_text()[-3000:]
        try:
            return self._asks.get(f"{self.url}/health").status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self) -> None:
        """kill -9, at once."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def terminate(self) -> int:
        """SIGTERM; returns the exit status."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=HUNG_SECONDS)

    def stop(self) -> None:
        """End it if it still runs."""
        if self._process is not None and self._process.poll() is None:
            self.kill()

    def cli(self, *words: str) -> str:
        """Run `hutong …` on the same folder."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            program = nursery(ROOT, COMPILED).start([self._cli, *words], self._env, out.fileno(), err.fileno())
            status = program.wait(HUNG_SECONDS)
            out.seek(0)
            err.seek(0)
            assert status == 0, f"{words}: {status}\n{err.read().decode()}"
            return out.read().decode()


def wait_until(holds: object, otherwise: str, seconds: float = HUNG_SECONDS) -> None:
    """Look until `holds()` is true. Waiting for another process is the one place where real time passes."""
    end = time.monotonic() + seconds
    pause = threading.Event()
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end, otherwise
        pause.wait(0.05)


@contextmanager
def running_gateway(
    folder: Path, extra: dict[str, str] | None = None, *, reads: bool = False
) -> Iterator[tuple[GatewayProcess, ScriptedRasa]]:
    """A gateway and its scripted Rasa for one test."""
    rasa = ScriptedRasa()
    gateway = GatewayProcess(folder, rasa.port, extra, reads=reads)
    try:
        gateway.start()
        yield gateway, rasa
    finally:
        gateway.stop()
        rasa.close()
