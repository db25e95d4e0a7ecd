"""Work for the workers' queue while processes are killed: children whose day has come, in batches; each once."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import suppress
from pathlib import Path

from sqlalchemy import func, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from bot.background import handing
from bot.care import calendar
from bot.clock import utc_now
from bot.services.register import reassessing
from bot.services.work import Work
from bot.storage.database import Database, open_vault
from bot.storage.tables import Child, ChildAssessment, Outbox
from tests.measuring.province import fill

CHILDREN, AT_ONCE, EVERY = 3_000, 150, 20.0


class SharedWork:
    """A province on file before the processes start; all of it is assessed anew, and again and again a part of it.

    The checker counts assessments: one that was filed, one by the reading in force, one for each day that came.
    """

    def __init__(self, database: str, key_file: Path) -> None:
        self._database = Database(database, connections=2)
        self._vault = open_vault(self._database, key_file)
        fill(self._database, self._vault, CHILDREN, assessed=True)
        self._asked: Counter[str] = Counter()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep_asking, daemon=True)

    def start(self) -> None:
        """Let days come."""
        self._thread.start()

    def stop(self) -> None:
        """Ask for nothing more."""
        self._stopping.set()
        self._thread.join()

    def _keep_asking(self) -> None:
        while not self._stopping.wait(EVERY):
            with suppress(SQLAlchemyError):
                self._asked.update(self._ask())

    def _ask(self) -> list[str]:
        """Of those who are up to date, so that what is asked for is not yet being done for another reason."""
        up_to_date = (
            select(ChildAssessment.child)
            .group_by(ChildAssessment.child)
            .having(func.count() == 2)
            .order_by(ChildAssessment.child)
            .limit(AT_ONCE)
        )
        with self._database.begin() as session:
            uids = [one for one in session.scalars(up_to_date) if one not in self._asked]
            today = calendar.local(utc_now()).date()
            session.execute(update(Child).where(Child.uid.in_(uids)).values(recheck_on=today))
        return uids

    def unfinished(self) -> int:
        """Batches that wait or are being done, and children nobody has come to yet."""
        with self._database.read() as session:
            work = Work(session, self._vault, utc_now())
            batches = sum(handing.waiting(work, name) for name in handing.WORK)
            return batches + reassessing.waiting(work)

    def open_ends(self) -> list[str]:
        """Batches that are not done, and how many children wait for one."""
        with self._database.read() as session:
            rows = session.execute(
                text("select id, task_name, status, attempts, scheduled_at, worker_id from procrastinate_jobs")
            )
            work = Work(session, self._vault, utc_now())
            return [*(str(tuple(row)) for row in rows), f"{reassessing.waiting(work)} children wait"]

    def check(self) -> tuple[list[str], str, tuple[int, int]]:
        """What was not done exactly once, a sentence of what was done, and its two figures."""
        with self._database.read() as session:
            counted = select(ChildAssessment.child, func.count()).group_by(ChildAssessment.child)
            found = {child: count for child, count in session.execute(counted)}
            failed = session.scalar(text("select count(*) from procrastinate_jobs where status = 'failed'")) or 0
            digests = list(session.scalars(select(Outbox.natural_key).where(Outbox.key == "visits.digest")))
        wrong = [
            f"child {child}: assessed {count} times, {2 + self._asked[child]} wanted"
            for child, count in found.items()
            if count != 2 + self._asked[child]
        ]
        wrong += [f"{failed} batches failed"] if failed else []
        wrong += [f"{len(found)} of {CHILDREN} children assessed"] if len(found) != CHILDREN else []
        wrong += ["a morning message is there twice"] if len(digests) != len(set(digests)) else []
        self._database.close()
        wrong += [] if digests else ["nobody had a morning message"]
        done = sum(found.values()) - CHILDREN
        told = f"{done} assessments in batches, {len(digests)} morning messages by county: {len(wrong)} wrong"
        return wrong, told, (done, len(digests))
