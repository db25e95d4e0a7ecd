"""Programs that need not read their sources again: a process that has read them forks one of its own for each start.

Reading them takes most of a start, and the tests start a gateway or a command some hundred times. What is started is a
process with an environment, output, end and exit status of its own, to be told to stop or killed like any other; the
clock is not read in yet, so that a program can still put another in its place. How `python -m` itself starts is shown
where a test asks for it (`GatewayProcess(reads=True)`).
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from datetime import date
from pathlib import Path

READ = ("bot.app", "bot.gateway.telegram.running", "typer")
LONGEST = 1 << 20
_nurseries: list[Nursery] = []


class Child:
    """A started program, as subprocess.Popen would give it."""

    def __init__(self, pid: int, end: socket.socket) -> None:
        self.pid, self._end = pid, end
        self._status: int | None = None

    def poll(self) -> int | None:
        """Its exit status, negative for the signal that killed it; None while it runs."""
        return self._look(0.0)

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status, when it has one. Raises subprocess.TimeoutExpired."""
        status = self._look(timeout)
        if status is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0.0)
        return status

    def send_signal(self, sign: int) -> None:
        """Send it, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, sign)

    def kill(self) -> None:
        """kill -9."""
        self.send_signal(signal.SIGKILL)

    def _look(self, seconds: float | None) -> int | None:
        if self._status is None:
            self._end.settimeout(seconds)
            try:
                self._status = int(self._end.recv(LONGEST))
            except (BlockingIOError, TimeoutError):
                return None
            self._end.close()
        return self._status


class Nursery:
    """Our end: asks the process that has read everything."""

    def __init__(self, root: Path, env: dict[str, str]) -> None:
        self._asking, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            words = [sys.executable, "-m", __name__, str(theirs.fileno())]
            self._process = subprocess.Popen(
                words, cwd=root, env={**os.environ, **env}, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()]
            )

    def start(self, words: list[str], env: dict[str, str], out: int, err: int) -> Child:
        """`python -m` these words with this environment, writing to these two."""
        end, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            told = json.dumps({"words": words, "env": env}).encode()
            socket.send_fds(self._asking, [told], [theirs.fileno(), out, err])
        return Child(int(end.recv(LONGEST)), end)


def nursery(root: Path, env: dict[str, str]) -> Nursery:
    """The one of this process; it ends with us."""
    if not _nurseries:
        _nurseries.append(Nursery(root, env))
    return _nurseries[0]


def _serve(asked: socket.socket) -> list[str] | None:
    """Fork for whoever asks. Returns in each child what it has to run, and None when nobody can ask any more."""
    while True:
        told, received, _, _ = socket.recv_fds(asked, LONGEST, 3)
        if not told:
            return None
        _bury()
        end, out, err = received
        what = json.loads(told)
        if os.fork() == 0:
            asked.close()
            if (child := os.fork()) == 0:
                _be(what["env"], end, out, err)
                return list(what["words"])
            _keep(child, socket.socket(fileno=end))
        for received_one in received:
            os.close(received_one)


def _bury() -> None:
    """Let those go that kept a child to its end."""
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                return
        except ChildProcessError:
            return


def _keep(child: int, end: socket.socket) -> None:
    """Tell who the child is, and how it ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for output in (1, 2):  # whoever reads what the child writes must see its end
        os.close(output)
    end.send(str(child).encode())
    _, status = os.waitpid(child, 0)
    try:
        end.send(str(os.waitstatus_to_exitcode(status)).encode())
    finally:
        os._exit(0)


def _be(env: dict[str, str], end: int, out: int, err: int) -> None:
    """What a process of its own has from its start."""
    os.close(end)
    for given, place in ((out, 1), (err, 2)):
        os.dup2(given, place)
        os.close(given)
    os.environ.clear()
    os.environ.update(env)
    tempfile.tempdir = None


def _prepare() -> None:
    """What every gateway makes beside its first answers (`bot.app`), and Alembic, read for the first migration."""
    from sqlalchemy.orm import configure_mappers

    from bot.care import model
    from bot.reading import danger
    from bot.reading.persons import named
    from bot.services.talk import policy_answers, rehearsal
    from bot.storage.database import Database
    from bot.storage.migrate import upgrade

    model.in_force(date.today())  # noqa: DTZ011 - another day of a child only makes it read once more
    danger.prepare()
    named.prepare()
    rehearsal.read_once()
    policy_answers.get_ready()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/empty.db")
        upgrade(database)
        database.close()
    configure_mappers()


def main() -> None:
    """Read everything, then fork for whoever asks."""
    asked = socket.socket(fileno=int(sys.argv[1]))
    for name in READ:
        importlib.import_module(name)
    _prepare()
    assert "bot.clock" not in sys.modules, "a program could not put another clock in its place"
    assert threading.active_count() == 1, "what runs beside would not be there in a child"
    gc.collect()
    gc.freeze()
    words = _serve(asked)
    if words is not None:
        # All that was read stays frozen: a child that looks for garbage would walk through it, and copy every page.
        sys.argv = words
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
