"""The processes of deploy/Procfile.many on a database of their own, to be killed."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import httpx
import psutil

from tests.faults import daytime
from tests.faults.fake_bot_api import TOKEN
from tests.faults.gateway_process import COMPILED, ROOT, wait_until
from tests.faults.left_behind import LeftBehind

START_SECONDS = 180.0
LINES = dict(line.split(": ", 1) for line in (ROOT / "deploy" / "Procfile.many").read_text().splitlines())
"""Name and command of each process."""


class Many:
    """The processes of the process file, each in a session of its own below its keeper."""

    def __init__(self, folder: Path, port: int, api: str, public: str, left_behind: LeftBehind) -> None:
        self.log, self.port, self._left_behind = folder / "all.log", port, left_behind
        self._var = folder / "var"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HUTONG_")}
        self.env = {
            **kept,
            **COMPILED,
            "MANY_PORT": str(port),
            "HUTONG_VAR_DIR": str(self._var),
            "HUTONG_TELEGRAM_TOKEN": TOKEN,
            "HUTONG_TELEGRAM_API": api,
            "HUTONG_TELEGRAM_MODE": "webhook",
            "HUTONG_PUBLIC_URL": public,
        }
        self.keepers: dict[str, subprocess.Popen[bytes]] = {}

    def prepare(self) -> str:
        """Start the database, make keys and tables; returns the database's address."""
        self._var.mkdir(mode=0o700)
        self._start({"database"})
        place = self._var / "database.url"
        wait_until(lambda: place.exists() and place.read_text(), "the database does not start", START_SECONDS)
        told = {**self.env, "HUTONG_DATABASE_URL": place.read_text()}
        subprocess.run([sys.executable, "-m", daytime.__name__, "bot.cli", "init"], cwd=ROOT, env=told, check=True)
        return place.read_text()

    def start(self, without: tuple[str, ...]) -> None:
        """Start every other line but those whose name begins as told."""
        self._start({name for name in LINES if not name.startswith(("database", *without))})
        for number in (1, 2):
            wait_until(lambda number=number: self._healthy(number), "the gateways do not start", START_SECONDS)

    def _start(self, names: set[str]) -> None:
        for name in names:
            with self.log.open("ab") as log:
                self.keepers[name] = subprocess.Popen(
                    ["/bin/sh", "-c", re.sub(r"-m (?=(bot|actions)( |$))", f"-m {daytime.__name__} ", LINES[name])],
                    cwd=ROOT,
                    env=self.env,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            self._left_behind.session(self.keepers[name].pid)

    def _healthy(self, number: int) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port + number}/health", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self, name: str, chance: random.Random) -> bool:
        """kill -9 of the program itself, not of its keeper; of the database either its program or the server.

        False: it was just starting again.
        """
        try:
            if name == "database" and chance.random() < 0.5:
                found = [psutil.Process(int((self._var / "postgres" / "postmaster.pid").read_text().split()[0]))]
            else:
                found = psutil.Process(self.keepers[name].pid).children(recursive=True)
            programs = [one for one in found if "python" in one.name() or one.name() == "postgres"]
            for one in programs:
                one.kill()
        except (OSError, IndexError, psutil.NoSuchProcess):
            return False
        return bool(programs)

    def stop(self) -> None:
        """End all: their sessions are told, and whatever is left of them after that is killed. The database at last."""
        others = [keeper for name, keeper in self.keepers.items() if name != "database"]
        for keepers in (others, [keeper for keeper in self.keepers.values() if keeper not in others]):
            everybody = [one for keeper in keepers for one in _below(keeper.pid)]
            for keeper in keepers:
                with suppress(ProcessLookupError):
                    os.killpg(keeper.pid, signal.SIGTERM)
            _, left = psutil.wait_procs(everybody, timeout=25)
            for one in left:
                one.kill()
            for keeper in keepers:
                keeper.wait()


def _below(pid: int) -> list[psutil.Process]:
    try:
        return [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
