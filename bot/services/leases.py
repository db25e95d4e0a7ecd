"""Duties that only one of several processes may do at a time: held for a while, taken over when nobody renews."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from bot.storage.database import Database
from bot.storage.tables import Lease as Row

LEASE_FOR = timedelta(seconds=30)
RENEW_EVERY = timedelta(seconds=10)


class Lease:
    """One duty, named `name`, as the process `holder` sees it. Its own transactions: a tick may fail, the lease not."""

    def __init__(self, database: Database, name: str, holder: str) -> None:
        self._database, self._name, self._holder = database, name, holder
        self._renewed: datetime | None = None

    def hold(self, now: datetime) -> bool:
        """Take or renew it; False: somebody else has it. Somebody who falls silent loses it after 30 seconds."""
        if self._renewed is not None and timedelta() <= now - self._renewed < RENEW_EVERY:
            return True
        mine = self._take(now)
        self._renewed = now if mine else None
        return mine

    def _take(self, now: datetime) -> bool:
        try:
            with self._database.begin() as session:
                ours = (Row.holder == self._holder) | (Row.until < now)
                taken = session.execute(
                    update(Row).where(Row.name == self._name, ours).values(holder=self._holder, until=now + LEASE_FOR)
                )
                if taken.rowcount:  # type: ignore[attr-defined]  # the result of an UPDATE has it
                    return True
                if session.scalar(select(Row.name).where(Row.name == self._name)) is not None:
                    return False
                session.add(Row(name=self._name, holder=self._holder, until=now + LEASE_FOR))
            return True
        except IntegrityError:
            return False
