"""Guarantee 3, the bound of it: whatever hangs, a process that was told to stop ends within ten seconds."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import __main__ as gateway
from bot import app as application
from bot import ending
from bot.app import App
from bot.background import handing
from bot.clock import utc_now
from bot.gateway.telegram import running
from bot.jobs import Clock
from bot.services.work import Work
from bot.settings import load
from bot.storage.database import Database, open_vault
from tests.builders import World
from tests.faults.gateway_process import HUNG_SECONDS, ROOT, free_port
from tests.faults.talking import ON_SQLITE, until

HANGS = """
import threading
from bot import ending
ending.AT_LAST_SECONDS = 0.1
threading.Thread(target=threading.Event().wait).start()
ending.at_last()
"""


def test_all_the_patience_with_what_is_ending_fits_into_ten_seconds() -> None:
    """Requests, talks, sends and batches come to their end at the same time."""
    granted = max(gateway.DRAIN_SECONDS, application.FINISH_SECONDS, running.DRAIN_SECONDS)
    assert granted < ending.AT_LAST_SECONDS < 10


def test_a_thread_that_never_comes_back_holds_no_process_that_was_told_to_stop() -> None:
    ended = subprocess.run([sys.executable, "-c", HANGS], cwd=ROOT, timeout=HUNG_SECONDS, check=False)
    assert ended.returncode == 0


@ON_SQLITE
async def test_a_tick_that_is_running_when_it_is_told_to_stop_is_no_failure(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    began, over = threading.Event(), threading.Event()

    def long(_: str) -> None:
        began.set()
        over.wait(HUNG_SECONDS)

    clock = Clock(world.database, world.vault, "test", world.now, lambda: None)
    monkeypatch.setattr(clock, "_tick_now", long)
    clock.start()
    await until(began.is_set)
    clock.stop()
    await until(lambda: len(asyncio.all_tasks()) == 1)
    over.set()
    assert "raised an exception" not in caplog.text


async def test_a_worker_waits_for_no_batch_that_hangs_and_leaves_it_to_another(
    postgres: Database, key_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, over = threading.Event(), threading.Event()

    def hangs(_: Work, **__: object) -> dict[str, int]:
        began.set()
        over.wait(HUNG_SECONDS)
        return {}

    monkeypatch.setitem(handing.WORK, handing.ROTATE, hangs)  # type: ignore[arg-type]
    monkeypatch.setattr(application, "_get_ready", lambda _: None)
    monkeypatch.setattr(application, "FINISH_SECONDS", 0.2)
    words = {
        "HUTONG_DATABASE_URL": postgres.url,
        "HUTONG_KEY_FILE": str(key_file),
        "HUTONG_VAR_DIR": str(tmp_path),
        "HUTONG_ROLES": "worker",
        "HUTONG_RASA_URL": f"http://127.0.0.1:{free_port()}",
    }
    worker = App(load(words), utc_now)
    await worker.start()
    with postgres.begin() as session:
        handing.hand_out(Work(session, open_vault(postgres, key_file), utc_now()), handing.ROTATE, [{}])
    await until(began.is_set)
    try:
        await asyncio.wait_for(worker.finish(), HUNG_SECONDS)
        with postgres.read() as session:
            assert session.scalars(text("select status::text from procrastinate_jobs")).all() == ["doing"]
    finally:
        over.set()
    await worker.close()
