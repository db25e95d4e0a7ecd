"""Duties that only one process may have at a time: who holds one, until when."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from bot.storage.database import Database
from bot.storage.tables import Lease


def hold(database: Database, name: str, holder: str, now: datetime, lasts: timedelta) -> bool:
    """Take or renew the duty `name` for `lasts`. False: another holds it, and is heard of since it took it.

    A transaction of its own. After the holder's death somebody else gets it when `lasts` is over. What lasts longer
    than anybody may hold it was taken before the clock was set back, and counts as over.
    """
    over = (Lease.until < now) | (Lease.until > now + 2 * lasts)
    try:
        with database.begin() as session:
            mine = session.execute(
                update(Lease)
                .where(Lease.name == name, (Lease.holder == holder) | over)
                .values(holder=holder, until=now + lasts)
            )
            if mine.rowcount:  # type: ignore[attr-defined]  # the result of an UPDATE has it
                return True
            if session.scalar(select(Lease.name).where(Lease.name == name)) is not None:
                return False
            session.add(Lease(name=name, holder=holder, until=now + lasts))
        return True
    except IntegrityError:
        return False


def give_back(database: Database, name: str, holder: str, now: datetime) -> None:
    """Let the next one have the duty at once, as a process does that is told to stop."""
    with database.begin() as session:
        session.execute(
            update(Lease).where(Lease.name == name, Lease.holder == holder).values(until=now - timedelta(seconds=1))
        )


class Duty:
    """One duty as a process sees it: asked as often as one likes, renewed when a third of it is over."""

    def __init__(self, database: Database, name: str, holder: str, lasts: timedelta) -> None:
        self._database, self._name, self._holder, self._lasts = database, name, holder, lasts
        self._sure_until: datetime | None = None

    def __call__(self, now: datetime) -> bool:
        """Whether this process has the duty now."""
        if self._sure_until is not None and now < self._sure_until:
            return True
        mine = hold(self._database, self._name, self._holder, now, self._lasts)
        self._sure_until = now + self._lasts / 3 if mine else None
        return mine

    def give_back(self, now: datetime) -> None:
        """Let another process have it at once."""
        self._sure_until = None
        give_back(self._database, self._name, self._holder, now)
