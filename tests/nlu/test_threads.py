"""A trap of numpy: its threads spin between two sums, and on a small machine take a processor from everybody else."""

from __future__ import annotations

import json
import os
import subprocess

import pytest

from nlu.__main__ import COUNTING
from tests.nlu.rasa_server import ROOT

COUNTED = """
import json, sys
from nlu import __main__ as start
before = "numpy" in sys.modules
start.count_alone()
import numpy, threadpoolctl
print(json.dumps([before, [pool["num_threads"] for pool in threadpoolctl.threadpool_info()]]))
"""


@pytest.mark.parametrize(("chosen", "threads"), [(None, 1), ("2", 2)])
def test_sums_of_a_sentence_are_done_by_one_thread_unless_somebody_chose_otherwise(
    chosen: str | None, threads: int
) -> None:
    env = {name: value for name, value in os.environ.items() if name not in COUNTING}
    env |= dict.fromkeys(COUNTING, chosen) if chosen else {}
    command = [str(ROOT / ".venv-rasa/bin/python"), "-W", "ignore", "-c", COUNTED]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    too_late, pools = json.loads(done.stdout)
    assert not too_late, "numpy was there before its threads were counted"
    assert pools
    assert set(pools) == {min(threads, os.cpu_count() or 1)}
