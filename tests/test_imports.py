"""A trap of Python: what a process reads first decides whether modules that need each other are there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", ["actions.base", "bot.__main__", "bot.cli", "bot.services.contact.weekly"])
def test_each_program_can_read_its_modules_in_its_own_order(name: str) -> None:
    done = subprocess.run([sys.executable, "-c", f"import {name}"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-600:]
