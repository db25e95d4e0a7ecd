"""One Rasa for all tests of this folder, and one look inside Rasa's own environment."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from tests.nlu.rasa_server import ROOT, Server, running


@pytest.fixture(scope="session")
def rasa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running server; each test talks as a sender of its own."""
    workplace = tmp_path_factory.mktemp("rasa") / "work"
    workplace.mkdir()
    with running(workplace) as server:
        yield server


START = """
import runpy
from nlu import standin
standin.install()
runpy.run_module("tests.nlu.inside", None, "__main__")
"""


@pytest.fixture(scope="session")
def inside() -> dict[str, Any]:
    """What tests/nlu/inside.py found in the environment of Rasa, where pytest does not live."""
    command = [str(ROOT / ".venv-rasa/bin/python"), "-W", "ignore", "-c", START]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
