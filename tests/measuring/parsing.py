"""How long the real Rasa server takes to understand one message, and how much memory it holds then."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from bot import shipped
from tests.faults.gateway_process import ROOT
from tests.nlu import rasa_server

SETS = ROOT / "tests" / "nlu" / "strangers"
MEGA = 1024 * 1024


def measure() -> Iterator[tuple[str, str, str]]:
    """Rows of name, figure and goal."""
    texts = [text for file in sorted(SETS.glob("*.yml")) for said in shipped.content(file).values() for text in said]
    with tempfile.TemporaryDirectory() as folder:
        workplace = Path(folder) / "rasa"
        workplace.mkdir()
        with rasa_server.running(workplace) as server:
            took = []
            for text in texts:
                began = time.perf_counter()
                server.parse(text)
                took.append((time.perf_counter() - began) * 1000)
            memory = psutil.Process(server.process).memory_info().rss / MEGA
    took.sort()
    yield f"/model/parse of {len(texts)} messages, median", f"{statistics.median(took):.1f} ms", "<= 25"
    yield "  p99", f"{took[int(len(took) * 0.99)]:.1f} ms", ""
    yield "  memory of the Rasa process", f"{memory:.0f} MB", "<= 900"
