"""How long people wait in an emergency, from the records: until staff are told, and until a human writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import func, or_, select

from bot.services.casework import takeover
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
    """From the moment the words of an urgent report came (发送) until an alert about it reached a device of staff.

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
    return _waits(found, (first[one.uid] - (one.sent_at or one.received_at) for one in found if one.uid in first))


def until_a_human_wrote(work: Work, since: datetime) -> Waits:
    """From the moment an S0, or a report of a child who writes for himself, began to wait until a human wrote to its
    reporter in the same talk. What was raised or opened again waits since then; who was talked with at that moment
    did not wait. `since`: when the waiting began.

    The goal is report.s0.human_takeover_within.
    """
    rows = work.session.scalars(select(Report).where(Report.clock_from >= since))
    found = {one.uid: _waits_since(one) for one in rows if one.severity == "S0" or takeover.from_a_child(work, one)}
    talks = work.session.execute(
        select(Takeover.report, func.min(Takeover.first_words_at))
        .join(Report, Report.uid == Takeover.report)
        .where(
            Report.clock_from >= since,
            Takeover.first_words_at.is_not(None),
            or_(Takeover.ended_at.is_(None), Takeover.ended_at > Report.clock_from),
        )
        .group_by(Takeover.report)
    )
    waited = [max(at, found[uid]) - found[uid] for uid, at in talks if at is not None and uid in found]
    return _waits(found, waited)


def _waits_since(report: Report) -> datetime:
    """When somebody began to wait: with the words that made it a report, or when it was raised or opened again."""
    if report.clock_from == report.received_at and report.sent_at is not None:
        return report.sent_at
    return report.clock_from


def _urgent(work: Work, since: datetime) -> Sequence[Report]:
    return work.session.scalars(select(Report).where(Report.received_at >= since, Report.severity.in_(URGENT))).all()


def _waits(found: Collection[object], times: Iterable[timedelta]) -> Waits:
    return Waits(len(found), tuple(sorted(times)))
