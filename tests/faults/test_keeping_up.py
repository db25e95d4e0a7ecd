"""`deploy/keep.sh`: what it starts again when, by the pauses it asks for. The pauses themselves are not waited for."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from pathlib import Path

from tests.faults.gateway_process import HUNG_SECONDS, ROOT


def keep(tmp_path: Path, program: str, sleep: str = "exit 0") -> subprocess.Popen[str]:
    """The keeper of a shell line, with a `sleep` of ours."""
    stand_in = tmp_path / "sleep"
    stand_in.write_text(f"#!/bin/sh\n{sleep}\n")
    stand_in.chmod(0o755)
    words = ["sh", str(ROOT / "deploy" / "keep.sh"), "sh", "-c", program]
    path = f"{tmp_path}:{os.environ['PATH']}"
    return subprocess.Popen(words, env={**os.environ, "PATH": path}, stdout=subprocess.PIPE, text=True)


def pauses(keeper: subprocess.Popen[str], count: int) -> list[int]:
    assert keeper.stdout is not None
    lines = [keeper.stdout.readline() for _ in range(count)]
    keeper.send_signal(signal.SIGTERM)
    keeper.wait(HUNG_SECONDS)
    keeper.stdout.close()
    return [int(found.group(1)) for line in lines if (found := re.search(r"again in (\d+) s", line))]


def test_who_dies_at_once_is_started_more_and_more_seldom_but_never_a_minute_apart(tmp_path: Path) -> None:
    """What a successor waits for adds up with its lease: together less than a minute."""
    assert pauses(keep(tmp_path, "exit 1"), 6) == [1, 2, 4, 8, 15, 15]


def test_who_had_been_well_is_started_again_at_once(tmp_path: Path) -> None:
    date = tmp_path / "date"
    date.write_text(
        f"#!/bin/sh\nn=$(cat {tmp_path}/n 2>/dev/null || echo 0)\necho $((n + 20)) >{tmp_path}/n\necho $n\n"
    )
    date.chmod(0o755)
    assert pauses(keep(tmp_path, "exit 1"), 4) == [1, 1, 1, 1]


def test_what_says_that_trying_again_cannot_help_is_not_tried_again(tmp_path: Path) -> None:
    keeper = keep(tmp_path, "exit 78")
    assert keeper.wait(HUNG_SECONDS) == 78
    assert keeper.stdout is not None
    assert keeper.stdout.read() == ""
    keeper.stdout.close()
