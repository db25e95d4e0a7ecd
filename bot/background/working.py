"""Who does what was handed out: the part of a worker process that runs Procrastinate, and the sweep after a kill."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision, SyncPsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from procrastinate.worker import Worker
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.background.handing import WORK
from bot.services.leases import Duty
from bot.services.work import Work
from bot.storage.crypto import Vault, opaque_id
from bot.storage.database import Database

LOG = logging.getLogger("hutong.background")
SWEEP, SWEEP_FOR = "background sweep", timedelta(seconds=15)
SWEEP_SECONDS = 5.0
SILENT_SECONDS = 30.0
"""A worker that says nothing for so long is dead; it says something every third of that."""
AT_ONCE = 2
CONNECTIONS = AT_ONCE + 2
"""A worker opens so many beside those of its `Database`: one a batch, one to be told, one to say that it lives."""
DRAIN_SECONDS = 5.0
LONGEST_WAIT, MOST_TRIES = 300, 36
"""The last try comes about two and a half hours after the first."""


class BatchFailed(RuntimeError):
    """A batch was not done; it comes again later, each time after a longer while (`Again`)."""


class Again(BaseRetryStrategy):
    """When a batch that failed comes again: after 2, 4, 8 … seconds, at last every `LONGEST_WAIT`.

    Procrastinate counts as a try what a killed worker left as well; without a longest wait one failure after a few
    kills would put the batch off for hours.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """None: not any more."""
        if job.attempts >= MOST_TRIES:
            return None
        return RetryDecision(retry_in={"seconds": min(2 ** (job.attempts + 1), LONGEST_WAIT)})


class Background:
    """The part of a worker process that does what was handed out, and takes up what a kill left `doing`."""

    def __init__(
        self, database: Database, vault: Vault, now: Callable[[], datetime], woken: Callable[[], None] = lambda: None
    ) -> None:
        self._database, self._vault, self._now, self._woken = database, vault, now, woken
        self._sweeper = Duty(database, SWEEP, opaque_id(), SWEEP_FOR)
        self.silent_seconds = SILENT_SECONDS

    async def run(self, stopping: asyncio.Event) -> None:
        """Work until told to stop. A database that is away only makes it wait."""
        while not stopping.is_set():
            try:
                await self._work(stopping)
            except (ConnectorException, SQLAlchemyError) as error:
                LOG.error("background work: database not reachable (%s)", type(error).__name__)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), 1.0)

    async def _work(self, stopping: asyncio.Event) -> None:
        address = make_url(self._database.url).set(drivername="postgresql").render_as_string(hide_password=False)
        connector = PsycopgConnector(conninfo=address, min_size=1, max_size=CONNECTIONS, timeout=3.0)
        app = _app(connector, self._do)
        async with app.open_async():
            one = Worker(
                app,
                concurrency=AT_ONCE,
                delete_jobs="successful",
                install_signal_handlers=False,
                shutdown_graceful_timeout=DRAIN_SECONDS,
                update_heartbeat_interval=self.silent_seconds / 3,
                stalled_worker_timeout=self.silent_seconds,
            )
            worker = asyncio.create_task(one.run())  # type: ignore[no-untyped-call]
            beside = [asyncio.create_task(part) for part in (self._keep_sweeping(app), self._stay_alive(one))]
            told = asyncio.create_task(stopping.wait())
            try:
                await asyncio.wait({worker, told, *beside}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in (told, *beside, worker):
                    task.cancel()
                ended = await asyncio.gather(worker, *beside, return_exceptions=True)
        for error in ended:
            if isinstance(error, Exception):
                raise error

    async def _keep_sweeping(self, app: App) -> None:
        while True:
            if await asyncio.to_thread(self._sweeper, self._now()):
                await sweep(app, self.silent_seconds)
            await asyncio.sleep(min(SWEEP_SECONDS, self.silent_seconds))

    async def _stay_alive(self, worker: Worker) -> None:
        """Say that this worker lives, beside Procrastinate's own saying so: that one ends for good when it fails once.

        It would be noticed only by a look at all such parts that ends with the first of them that ends; without
        periodic tasks one ends at once. A worker that works and is held for dead has each batch taken from its hands.
        """
        while True:
            await asyncio.sleep(self.silent_seconds / 3)
            if worker.worker_id is not None:
                await worker.app.job_manager.update_heartbeat(worker.worker_id)

    async def _do(self, name: str, batch: Mapping[str, Any]) -> None:
        await asyncio.to_thread(self._do_now, name, batch)
        self._woken()

    def _do_now(self, name: str, batch: Mapping[str, Any]) -> None:
        try:
            with self._database.begin() as session:
                counts = WORK[name](Work(session, self._vault, self._now()), **batch)
            if counts.get("broken"):
                LOG.error("background work: in a batch of %s %s files cannot be read", name, counts["broken"])
        except Exception as error:  # noqa: BLE001 - raised again, without what an error may carry of what was said
            LOG.error("background work: a batch of %s failed: %s", name, type(error).__name__)
            raise BatchFailed(f"{name}: {type(error).__name__}") from None


async def sweep(app: App, silent_seconds: float) -> int:
    """Give batches that dead workers left `doing` to others again. Returns how many."""
    left = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent_seconds))
    for job in left:
        LOG.warning("background work: batch %s of %s was left by a dead worker", job.id, job.task_name)
        with contextlib.suppress(ConnectorException):  # done or given out meanwhile
            await app.job_manager.retry_job(job)
    return len(left)


def _app(connector: PsycopgConnector | SyncPsycopgConnector, do: Callable[[str, Mapping[str, Any]], Any]) -> App:
    """Procrastinate's view of `WORK`: one task for each name, its arguments one batch."""
    app = App(connector=connector)

    def add(name: str) -> None:
        @app.task(name=name, retry=Again())
        async def one(**batch: Any) -> None:
            await do(name, batch)

    for name in WORK:
        add(name)
    return app


def only_handing_out() -> App:
    """For a process that hands batches out, by the connection of its own transaction, and does none."""
    return _app(SyncPsycopgConnector(), _nothing)


async def _nothing(name: str, batch: Mapping[str, Any]) -> None:
    raise AssertionError(f"{name}: this end only hands out")
