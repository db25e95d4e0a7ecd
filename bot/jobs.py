"""The timetable: what is done when nobody writes. APScheduler is only the clock; all state is our rows.

Every tick is one function of a transaction and a moment that returns counts; running it twice changes nothing.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy.exc import SQLAlchemyError

from bot.background import handing
from bot.gateway.metrics import LAST_TICK
from bot.services import leases
from bot.services.casework import alerts, clocks, police
from bot.services.contact import cards as contact_cards
from bot.services.contact import ladder as contact_ladder
from bot.services.contact import referrals
from bot.services.contact import waiting as contact_waiting
from bot.services.entrusted import clock as entrusted_clock
from bot.services.privacy import letting_go, retention
from bot.services.register import county_splits, handovers, leaving, quarterly, reassessing
from bot.services.reporting import attachments
from bot.services.staff import signing_in
from bot.services.talk import silence
from bot.services.visits import digests, ladder, recording
from bot.services.visits import plans as visit_plans
from bot.services.work import Work
from bot.storage.crypto import Vault
from bot.storage.database import Database
from bot.storage.once import anew
from bot.storage.tables import Report

LOG = logging.getLogger("hutong.clock")
LEASE = "clock"
LET_IN_SECONDS = 0.003
"""Between two batches other processes, who ask SQLite every millisecond, get their turn."""
LEASE_FOR, RENEWED_SECONDS = timedelta(seconds=15), 5
"""Whoever takes over finds out within one renewal: 20 s after the last sign of life of the one before."""

Counts = dict[str, int]


@dataclass(frozen=True)
class Job:
    """One recurring duty: its name, how often it is looked at (seconds), and the function that does it.

    A tick that counts something under "left" is run again at the same moment, in a transaction of its own.
    `shared`: the tick where workers share the long part of it (PostgreSQL); it hands that out instead of doing it.
    """

    name: str
    every_seconds: int
    tick: Callable[[Work], Counts]
    shared: Callable[[Work], Counts] | None = None


def tell_about_reports(work: Work) -> Counts:
    """Alerts, repeats and ladder steps whose time has come."""
    told = 0
    reports = alerts.due_reports(work)
    for uid in reports:
        told += alerts.carry_out(work, work.session.get_one(Report, uid))
    return {"reports": len(reports), "told": told}


def settle_silence(work: Work) -> Counts:
    """Talks that stopped half-way: told harm becomes a report, one reminder, then letting go."""
    return silence.settle(work)


def keep_cases_moving(work: Work) -> Counts:
    """Feedback that is due, questions that wait, talks gone silent, holders who are gone, police records that lack."""
    return {**clocks.tick(work), **police.remind(work)}


def ask_families(work: Work) -> Counts:
    """The weekly questions of parents, carers and children, rungs of the silence ladder, looks at referrals."""
    contact_waiting.take_back(work)
    cards, asked = contact_cards.tick(work), contact_ladder.tick(work)
    more = int(asked["people"] == contact_ladder.AT_ONCE)
    return {**asked, "referral_checks": referrals.tick(work), "home_cards": cards, "left": more}


def let_go(work: Work) -> Counts:
    """Erase what need not be kept any longer."""
    return {
        "receipts": retention.erase_receipts(work),
        "self_checks": retention.erase_self_checks(work),
        "raw": retention.erase_raw(work),
        "addresses": retention.erase_addresses(work),
        "attempts": retention.forget_attempts(work),
        "links": signing_in.forget(work),
        "attachments": attachments.erase_stray(work),
        "reports": letting_go.erase(work),
    }


def look_after_visits(work: Work) -> Counts:
    """The morning: what is late goes up, who grows out of the service is seen to, then everybody is told once."""
    counts = _before_the_digests(work)
    return counts if counts["left"] else {**counts, **digests.send(work)}


def share_visits(work: Work) -> Counts:
    """As `look_after_visits`; the digests are written by the workers, county by county."""
    counts = _before_the_digests(work)
    return counts if counts["left"] else {**counts, "handed_out": handing.hand_out_digests(work)}


def _before_the_digests(work: Work) -> Counts:
    counts: Counts = {}
    for step in (ladder.climb, handovers.tick):
        counts |= step(work)
        if counts["left"]:
            break
    return counts


def look_after_register(work: Work) -> Counts:
    """Whoever is out of date is assessed anew; before a quarter ends its update is brought to mind."""
    return {**reassessing.tick(work), "reminded": _remind_of_the_register(work)}


def share_register(work: Work) -> Counts:
    """As `look_after_register`; whoever is out of date is assessed by the workers, batch by batch."""
    return {"handed_out": handing.hand_out_reassessing(work), "reminded": _remind_of_the_register(work)}


def _remind_of_the_register(work: Work) -> int:
    return quarterly.remind(work) + county_splits.remind(work) + leaving.remind(work)


def look_after_entrusted_care(work: Work) -> Counts:
    """Steps of 委托照护 that are due, and arrangements of whoever is 18."""
    return entrusted_clock.tick(work)


JOBS: tuple[Job, ...] = (
    Job("alerts", 5, tell_about_reports),
    Job("silence", 30, settle_silence),
    Job("cases", 60, keep_cases_moving),
    Job("contact", 60, ask_families),
    Job("retention", 60, let_go),
    Job("visit_plans", 20, visit_plans.changed),
    Job("visits", 60, look_after_visits, share_visits),
    Job("visit_police", 60, recording.prompt_for_police),
    Job("register", 60, look_after_register, share_register),
    Job("entrusted", 300, look_after_entrusted_care),
)


def run(database: Database, vault: Vault, name: str, now: datetime, shared: bool = False) -> Counts:
    """Run one tick as if it were `now`, until nothing is left of it. `shared`: leave long work to the workers.

    Raises KeyError naming the known jobs.
    """
    job = next((job for job in JOBS if job.name == name), None)
    if job is None:
        raise KeyError(f"no job {name}; there are: {', '.join(known.name for known in JOBS)}")
    tick = job.shared if shared and job.shared is not None else job.tick
    total: Counts = {}
    left = 1

    def transaction() -> Counts:
        with database.begin() as session:
            return tick(Work(session, vault, now))

    while left:
        counts = anew(transaction)  # people write meanwhile
        left = counts.pop("left", 0)
        if left:
            time.sleep(LET_IN_SECONDS)
        for name, count in counts.items():
            total[name] = total.get(name, 0) + count
    return total


def hold(database: Database, holder: str, now: datetime) -> bool:
    """Take or renew the clock's lease, so that of several schedulers one ticks (takeover after 15 s of silence)."""
    return leases.hold(database, LEASE, holder, now, LEASE_FOR)


class Clock:
    """The running timetable of one process. `woken` is called when a tick may have put something in the outbox."""

    def __init__(
        self, database: Database, vault: Vault, holder: str, now: Callable[[], datetime], woken: Callable[[], None]
    ) -> None:
        self._database, self._vault, self._holder, self._now, self._woken = database, vault, holder, now, woken
        self._scheduler = AsyncIOScheduler(
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}, timezone="UTC"
        )
        self._minding: asyncio.Task[None] | None = None
        self.last_tick: datetime | None = None

    def start(self) -> None:
        """Begin ticking; each job also runs once at once."""
        at_once = datetime.now(UTC)  # APScheduler goes by the machine's clock, whatever `now` is
        for job in JOBS:
            trigger = IntervalTrigger(seconds=job.every_seconds, timezone="UTC")
            self._scheduler.add_job(self._tick, trigger, args=[job.name], id=job.name, next_run_time=at_once)
        self._scheduler.start()
        self._minding = asyncio.create_task(self._mind())

    def stop(self) -> None:
        """Stop ticking; a running tick ends with its transaction."""
        if self._minding is not None:
            self._minding.cancel()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def give_back(self) -> None:
        """Let another process tick at once, as one does that was told to stop."""
        with suppress(SQLAlchemyError):  # without the database it runs out by itself
            leases.give_back(self._database, LEASE, self._holder, self._now())

    async def _mind(self) -> None:
        """Hold on to the duty while a tick takes long, which must not look like a death; see that ticks come."""
        while True:
            await asyncio.sleep(RENEWED_SECONDS)
            self.wake_who_sleeps()
            with suppress(SQLAlchemyError):  # the ticks tell
                await asyncio.to_thread(hold, self._database, self._holder, self._now())

    def wake_who_sleeps(self) -> None:
        """When the machine's clock was set back, APScheduler would wait until it has come to where it was before."""
        now = datetime.now(UTC)
        for job in self._scheduler.get_jobs():
            if job.next_run_time > now + job.trigger.interval + timedelta(seconds=1):
                LOG.warning("the clock of this machine was set back: %s goes on", job.id)
                job.modify(next_run_time=now)

    async def _tick(self, name: str) -> None:
        try:
            await asyncio.to_thread(self._tick_now, name)
        except asyncio.CancelledError:
            return  # told to stop: in its thread the tick ends with its transaction; for APScheduler it had failed
        self._woken()

    def _tick_now(self, name: str) -> None:
        now = self._now()
        try:
            if hold(self._database, self._holder, now):
                counts = run(self._database, self._vault, name, now, shared=not self._database.is_sqlite)
                if counts.get("broken"):
                    LOG.error("tick %s: %s files cannot be read", name, counts["broken"])
            self.last_tick = now
            LAST_TICK.set(now.timestamp())
        except SQLAlchemyError as error:
            LOG.error("tick %s failed: %s", name, type(error).__name__)
