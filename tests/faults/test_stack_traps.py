"""What the libraries do by default and must not do here; each trap was measured once and must stay closed."""

from __future__ import annotations

import ast
import importlib.util
import inspect
import logging
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import httpcore
import httpx
import pytest
from apscheduler.jobstores.memory import MemoryJobStore
from sqlalchemy.exc import OperationalError

from bot import jobs as timetable
from bot import shipped
from bot.clock import utc_now
from bot.jobs import JOBS, Clock
from bot.storage.database import BUSY_SECONDS, Database
from tests.builders import World
from tests.conftest import Hands
from tests.faults.gateway_process import ROOT
from tests.faults.talking import ON_SQLITE, until


@ON_SQLITE
async def test_the_clock_keeps_few_jobs_in_memory_only_and_never_drops_a_late_run(world: World, hands: Hands) -> None:
    """By default a run one second late is dropped, and a shared job store runs everything twice or deletes it."""
    clock = Clock(world.database, world.vault, "test", world.now, lambda: None)
    clock.start()
    try:
        scheduler = clock._scheduler
        jobs = scheduler.get_jobs()
        assert sorted(job.id for job in jobs) == sorted(job.name for job in JOBS)
        assert len(jobs) < 40, "a job a child would need hours"
        assert {(job.misfire_grace_time, job.coalesce, job.max_instances) for job in jobs} == {(None, True, 1)}
        assert [type(store) for store in scheduler._jobstores.values()] == [MemoryJobStore]
    finally:
        clock.stop()


async def test_a_tick_that_was_due_an_hour_ago_is_done_once_and_not_a_hundred_times(
    world: World, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process stood still for an hour: with coalescing each job runs once."""
    ran: list[str] = []
    # No job comes twice of itself while this test lasts: an hour is five times 700 seconds and 100.
    monkeypatch.setattr(timetable, "JOBS", [replace(job, every_seconds=700) for job in JOBS])
    clock = Clock(world.database, world.vault, "test", world.now, lambda: None)
    monkeypatch.setattr(clock, "_tick_now", ran.append)
    clock.start()
    await until(lambda: len(ran) >= len(JOBS))
    ran.clear()
    for job in clock._scheduler.get_jobs():
        job.modify(next_run_time=utc_now() - timedelta(hours=1))
    await until(lambda: len(ran) >= len(JOBS))
    await until(lambda: all(job.next_run_time > utc_now() for job in clock._scheduler.get_jobs()))
    clock.stop()
    assert sorted(ran) == sorted(job.name for job in JOBS)


@pytest.mark.parametrize("days", [-30, 4], ids=["behind the machine's", "ahead of the machine's"])
async def test_the_clock_ticks_at_once_whatever_day_the_house_has(
    world: World, hands: Hands, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    """APScheduler goes by the machine's clock: told to begin at another's now, it would begin in four days."""
    ran: list[str] = []
    hands.moment = utc_now() + timedelta(days=days)
    clock = Clock(world.database, world.vault, "test", world.now, lambda: None)
    monkeypatch.setattr(clock, "_tick_now", ran.append)
    clock.start()
    await until(lambda: len(ran) >= len(JOBS))
    clock.stop()


async def test_a_clock_that_is_set_back_does_not_stand_still_until_it_has_caught_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For APScheduler the next run then lies an hour, or thirty days, ahead."""
    ran: list[str] = []
    clock = Clock(world.database, world.vault, "test", world.now, lambda: None)
    monkeypatch.setattr(clock, "_tick_now", ran.append)
    clock.start()
    await until(lambda: len(ran) >= len(JOBS))
    for job in clock._scheduler.get_jobs():
        job.modify(next_run_time=utc_now() + timedelta(days=30))
    ran.clear()
    clock.wake_who_sleeps()
    await until(lambda: {job.name for job in JOBS} <= set(ran))
    clock.stop()


START = """
import logging, os, runpy, sys
import bot.__main__ as gateway
class Stop(Exception): pass
def stop(*_): raise Stop
gateway.App = stop
try: gateway.main()
except Stop: pass
print({name: logging.getLogger(name).getEffectiveLevel() for name in ("httpx", "httpcore", "apscheduler")})
"""


def test_libraries_that_log_addresses_are_quiet_in_the_gateway() -> None:
    """httpx logs each address at INFO; Telegram's contain the token."""
    done = subprocess.run([sys.executable, "-c", START], cwd=ROOT, capture_output=True, text=True, check=True)
    levels: dict[str, int] = ast.literal_eval(done.stdout.strip().splitlines()[-1])
    assert all(level >= logging.WARNING for level in levels.values()), levels


def test_httpx_still_logs_addresses_at_info_so_the_quiet_is_needed(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="httpx")  # other tests may have made it quiet
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200))) as client:
        client.get("http://x.test/bot123:SECRET/getMe")
    assert "SECRET" in caplog.text


def test_rasa_is_started_on_loopback_with_a_token_and_without_telemetry() -> None:
    script = (ROOT / "deploy/rasa.sh").read_text()
    assert '--auth-token "$HUTONG_RASA_TOKEN"' in script
    assert "-i 127.0.0.1" in script
    assert "RASA_TELEMETRY_ENABLED=false" in script
    assert "cors" not in script
    assert "unset HUTONG_DATABASE_URL HUTONG_KEY_FILE HUTONG_TELEGRAM_TOKEN" in script, "Rasa holds no secret of ours"


def test_rasas_surroundings_keep_nothing_on_disk_and_ask_for_the_token() -> None:
    endpoints = shipped.content(ROOT / "endpoints.yml")
    assert endpoints["action_endpoint"] == {
        "url": "http://127.0.0.1:${HUTONG_ACTIONS_PORT}/webhook",
        "token": "${HUTONG_RASA_TOKEN}",
    }
    assert "enable_selective_domain" not in endpoints["action_endpoint"], "the SDK answers 449 without a domain"
    assert endpoints["tracker_store"]["type"] == "nlu.tracker_store.BoundedTrackerStore"
    assert endpoints["tracker_store"]["events"] <= 50
    assert "event_broker" not in endpoints
    assert list(shipped.content(ROOT / "credentials.yml")) == ["nlu.channel.GuardedRest"]


def test_no_component_of_the_pipeline_looks_for_word_boundaries_or_needs_tensorflow() -> None:
    """Between Chinese characters there is no boundary: the keyword classifier always looks for one."""
    pipeline = shipped.content(ROOT / "config.yml")["pipeline"]
    names = [part["name"] for part in pipeline]
    assert not {"KeywordIntentClassifier", "DIETClassifier", "ResponseSelector", "TEDPolicy"} & set(names)
    assert all(part.get("use_word_boundaries") is False for part in pipeline if "Regex" in part["name"])


@pytest.mark.parametrize("folder", ["bot", "nlu", "actions"])
def test_no_pattern_of_ours_uses_a_word_boundary(folder: str) -> None:
    """`\\b走访\\b` is not in 我今天走访了."""
    strings = [
        (file.name, node.value)
        for file in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert [(name, text[:40]) for name, text in strings if "\\b" in text] == []


def test_no_service_takes_the_day_of_a_moment_in_greenwich() -> None:
    """`now` comes in UTC; its day is yesterday's here until eight in the morning. The day is `Work.today`."""
    taken = [
        (file.name, node.lineno)
        for file in (ROOT / "bot" / "services").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "date"
        if isinstance(node.value, ast.Attribute) and node.value.attr == "now"
    ]
    assert taken == []


def test_the_servers_of_ours_listen_on_loopback_unless_told() -> None:
    from bot.settings import load

    assert load({}).web_host == "127.0.0.1"
    assert 'host="127.0.0.1"' in (ROOT / "actions/__main__.py").read_text()


@pytest.mark.usefixtures("as_granted")
def test_a_database_server_that_takes_the_call_and_says_nothing_is_given_up_within_five_seconds() -> None:
    """By default psycopg waits for ever, and SQLAlchemy half a minute for a free connection."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        database = Database(f"postgresql+psycopg://nobody@127.0.0.1:{mute.getsockname()[1]}/x")
        with pytest.raises(OperationalError), database.read() as session:
            session.connection()
        assert database.engine.pool._timeout == BUSY_SECONDS < 5  # type: ignore[attr-defined]
        database.close()


def test_rasa_is_not_told_to_leave_the_domain_out_because_the_newer_sdk_answers_nothing_without_it() -> None:
    endpoints = shipped.content(ROOT / "endpoints.yml")
    assert "enable_selective_domain" not in endpoints["action_endpoint"]


def test_httpcore_finds_what_it_looks_for_at_every_request() -> None:
    """httpcore imports sniffio several times a request; missing, each try searches the disk anew: 15 % of a turn."""
    source = inspect.getsource(httpcore._synchronization.current_async_library)
    assert "import sniffio" in source, "httpcore has changed: is sniffio still needed?"
    assert importlib.util.find_spec("sniffio") is not None
