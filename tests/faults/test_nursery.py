"""What nursery.py starts is a process of its own, like any other program."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.faults.gateway_process import COMPILED, ROOT
from tests.faults.nursery import Child, nursery

RUN = ["timeit", "-n1", "-r1"]
TELLS = "import json, os, sys; os.write(1, json.dumps([os.getpid(), dict(os.environ), sys.argv]).encode())"
WAITS = "import os, signal; os.write(1, b'here'); signal.pause()"


def _started(folder: Path, code: str, **env: str) -> Child:
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        return nursery(ROOT, COMPILED).start([*RUN, code], env, out.fileno(), err.fileno())


def test_it_has_a_number_and_an_environment_of_its_own_and_ends_with_zero(tmp_path: Path) -> None:
    child = _started(tmp_path, TELLS, HUTONG_MODE="one")
    assert child.wait() == child.poll() == 0
    told = json.JSONDecoder().raw_decode((tmp_path / "out").read_text())[0]
    assert told[:2] == [child.pid, {"HUTONG_MODE": "one"}]
    assert told[2][1:] == [*RUN[1:], TELLS]
    assert child.pid != os.getpid()


def test_killed_it_says_so_and_nobody_else_ends(tmp_path: Path) -> None:
    (other := tmp_path / "other").mkdir()
    killed, lives = _started(tmp_path, WAITS), _started(other, WAITS)
    assert killed.poll() is None
    killed.kill()
    assert killed.wait() == -9
    with pytest.raises(subprocess.TimeoutExpired):
        lives.wait(0)
    lives.kill()
    assert lives.wait() == -9


def test_an_error_is_a_status_and_stands_in_its_own_output(tmp_path: Path) -> None:
    child = _started(tmp_path, "raise SystemExit('no room')")
    assert child.wait() == 1
    assert "no room" in (tmp_path / "err").read_text()


def test_what_one_changes_no_other_sees(tmp_path: Path) -> None:
    _started(tmp_path, "import bot.app, sys; bot.app.LOOKED = 1; sys.modules.pop('bot.settings')").wait()
    child = _started(tmp_path, "import bot.app, sys; assert 'bot.settings' in sys.modules; print(bot.app.LOOKED)")
    assert child.wait() == 1
    assert "AttributeError" in (tmp_path / "err").read_text()
