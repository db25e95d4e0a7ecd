"""What stands behind the experiments with many processes: nothing is left of one, and its database comes back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil

from tests.faults.gateway_process import HUNG_SECONDS, ROOT, wait_until

EXPERIMENT = """
import subprocess, sys, threading
from pathlib import Path
from tests.faults.left_behind import LeftBehind
left = LeftBehind()
left.folder(Path(sys.argv[1]))
child = subprocess.Popen(["sh", "-c", "sleep 300 & wait"], start_new_session=True)
left.session(child.pid)
print(child.pid, flush=True)
threading.Event().wait()
"""


def test_an_experiment_that_is_killed_leaves_no_process_and_no_folder(tmp_path: Path) -> None:
    folder = tmp_path / "rows"
    folder.mkdir()
    words = [sys.executable, "-c", EXPERIMENT, str(folder)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as experiment:
        assert experiment.stdout is not None
        started = psutil.Process(int(experiment.stdout.readline()))
        everybody = [started, *started.children()]
        experiment.kill()
    _, alive = psutil.wait_procs(everybody, timeout=HUNG_SECONDS)
    assert not [one for one in alive if one.status() != psutil.STATUS_ZOMBIE]
    wait_until(lambda: not folder.exists(), "the folder is still there")


def test_the_database_of_the_set_up_with_many_comes_back_and_ends_when_it_is_told_to(tmp_path: Path) -> None:
    """Its server was killed, then its program: neither leaves a server nobody stops."""
    mark, log = tmp_path / "postgres" / "postmaster.pid", tmp_path / "log"
    told = {**os.environ, "HUTONG_VAR_DIR": str(tmp_path), "HUTONG_DATABASE_URL": ""}

    def start() -> subprocess.Popen[bytes]:
        """As its keeper does: again, when a busy machine did not let the server start in time."""
        while True:
            said = log.read_bytes().count(b"is there") if log.exists() else 0
            with log.open("ab") as lines:
                program = subprocess.Popen([sys.executable, "deploy/postgres.py"], cwd=ROOT, env=told, stdout=lines)
            wait_until(lambda: log.read_bytes().count(b"is there") > said or program.poll() is not None, "it hangs")  # noqa: B023
            if program.poll() is None:
                return program

    first = start()
    psutil.Process(server := int(mark.read_text().split()[0])).kill()
    assert first.wait(HUNG_SECONDS) == 1, "whoever keeps it alive starts both again"
    second = start()
    assert int(mark.read_text().split()[0]) != server
    second.kill()
    second.wait(HUNG_SECONDS)
    third = start()
    third.terminate()
    assert third.wait(HUNG_SECONDS) == 0
    assert not mark.exists()
