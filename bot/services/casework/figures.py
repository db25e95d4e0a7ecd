"""How long people wait in an emergency, from the records: until staff are told, and until a human writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import func, select

from bot.services.casework.telling import URGENT
from bot.services.work import Work
from bot.storage.tables import Outbox, Report, Takeover


@dataclass(frozen=True)
class Waits:
    """Waiting times of some reports, sorted. `of`: how many there are; whoever is not in `times` waits still."""

    of: int
    times: tuple[timedelta, ...]

    def within(self, limit: timedelta) -> int:
        """How many waited no longer than this."""
        return sum(one <= limit for one in self.times)

    def at(self, share: float) -> timedelta | None:
        """The time within which this share of all reports was served; None: not so many were."""
        place = max(1, ceil(self.of * share))
        return self.times[place - 1] if place <= len(self.times) else None


def until_told(work: Work, since: datetime) -> Waits:
    """From the moment an urgent report was received until an alert about it reached a device of staff.

    A device on the web has it when it fetched it; on Telegram when the Bot API took it.
    """
    first: dict[str, datetime] = {}
    rows = work.session.execute(
        select(Outbox.natural_key, Outbox.sent_at).where(
            Outbox.natural_key >= "alert:",
            Outbox.natural_key < "alert;",
            Outbox.sent_at.is_not(None),
            Outbox.created_at >= since,
        )
    )
    for key, sent_at in rows:
        if sent_at is None:
            continue
        report = str(key).split(":")[1]
        first[report] = min(sent_at, first.get(report, sent_at))
    found = _urgent(work, since)
    return _waits(found, (first[one.uid] - one.received_at for one in found if one.uid in first))


def until_a_human_wrote(work: Work, since: datetime) -> Waits:
    """From receiving an S0, or a report a child made, until a human wrote to its reporter in the same talk.

    The goal is report.s0.human_takeover_within.
    """
    rows = work.session.execute(
        select(Takeover.report, func.min(Takeover.first_words_at))
        .where(Takeover.first_words_at.is_not(None), Takeover.began_at >= since)
        .group_by(Takeover.report)
    )
    first = {report: at for report, at in rows if at is not None}
    found = [one for one in _urgent(work, since) if one.severity == "S0" or one.uid in first]
    return _waits(found, (first[one.uid] - one.received_at for one in found if one.uid in first))


def _urgent(work: Work, since: datetime) -> Sequence[Report]:
    return work.session.scalars(select(Report).where(Report.received_at >= since, Report.severity.in_(URGENT))).all()


def _waits(found: Sequence[Report], times: Iterable[timedelta]) -> Waits:
    return Waits(len(found), tuple(sorted(times)))
