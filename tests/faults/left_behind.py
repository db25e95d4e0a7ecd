"""What an experiment started ends with it, however it ends: told to stop, failed, or killed -9 itself.

A process of its own, in a session of its own, reads the experiment's words; when there is nobody any more who could say
"done", it kills the sessions it was told of and removes the folders, with whatever database serves below them.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil

from tests.faults.gateway_process import ROOT


class LeftBehind:
    """The experiment's end of the pipe."""

    def __init__(self) -> None:
        self._watcher = subprocess.Popen(
            [sys.executable, "-m", __name__], cwd=ROOT, stdin=subprocess.PIPE, text=True, start_new_session=True
        )

    def session(self, leader: int) -> None:
        """All processes of this session end with the experiment."""
        self._say(f"session {leader}")

    def folder(self, path: Path) -> None:
        """This folder goes with the experiment, and first every PostgreSQL that serves below it."""
        self._say(f"folder {path}")

    def done(self) -> None:
        """Everything has been ended; nobody needs to."""
        self._say("done")
        self._watcher.wait()

    def _say(self, words: str) -> None:
        assert self._watcher.stdin is not None
        self._watcher.stdin.write(words + "\n")
        self._watcher.stdin.flush()


def main() -> None:
    """Listen until the experiment is gone."""
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)
    sessions: set[int] = set()
    folders: list[str] = []
    for line in sys.stdin:
        word, _, rest = line.strip().partition(" ")
        if word == "done":
            return
        if word == "session":
            sessions.add(int(rest))
        else:
            folders.append(rest)
    for one in psutil.process_iter():
        with suppress(psutil.Error, ProcessLookupError, PermissionError):
            serves = one.name() == "postgres" and any(Path(one.cwd()).is_relative_to(path) for path in folders)
            if serves or os.getsid(one.pid) in sessions:
                one.kill()
    for path in folders:
        shutil.rmtree(path, ignore_errors=True)


if __name__ == "__main__":
    main()
