"""Wrong guesses of codes, counted per hour: per conversation, per code and for everybody together."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from bot.services.work import Work
from bot.storage.tables import Attempt

HOUR = timedelta(hours=1)
EVERYBODY = "*"


def note_wrong(work: Work, door: str, *who: str) -> None:
    """Count one wrong guess at a door ("code" or "invite") for each of `who` (conversation, hash of the code)."""
    work.session.add_all(Attempt(door=door, who=name, at=work.now) for name in (*who, EVERYBODY))
    work.session.flush()


def count(work: Work, door: str, who: str) -> int:
    """Wrong guesses within the last hour."""
    return (
        work.session.scalar(
            select(func.count()).where(Attempt.door == door, Attempt.who == who, Attempt.at > work.now - HOUR)
        )
        or 0
    )
