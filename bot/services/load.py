"""How the house stands at a moment, in numbers for operation: what waits, and for how long. Nothing of who or what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, text

from bot.services.staff import access
from bot.services.work import Work
from bot.storage.tables import Conversation, Inbox, Lease, Outbox, Report


def tell(work: Work) -> dict[str, float]:
    """Names and numbers; ages in seconds, 0 when nothing waits."""
    pending, oldest = work.session.execute(
        select(func.count(), func.min(Inbox.received_at)).where(Inbox.state == "kept")
    ).one()
    # The web page fetches its own; only a channel that is brought its words can leave them lying.
    due, first = work.session.execute(
        select(func.count(), func.min(Outbox.not_before))
        .join(Conversation, Conversation.uid == Outbox.conversation)
        .where(Outbox.state == "due", Outbox.not_before <= work.now, Conversation.channel != "web")
    ).one()
    emergency = work.session.scalar(
        select(func.min(Report.clock_from)).where(
            Report.severity == "S0", Report.acknowledged_at.is_(None), Report.state.not_in(access.ENDED)
        )
    )
    clock = work.session.scalar(select(Lease.until).where(Lease.name == "clock"))
    aside = work.session.scalar(select(func.count()).where(Inbox.state == "quarantined"))
    return {
        "inbox_pending": pending,
        "inbox_oldest_seconds": _since(work.now, oldest),
        "outbox_due": due,
        "outbox_oldest_seconds": _since(work.now, first),
        "emergency_unacknowledged_seconds": _since(work.now, emergency),
        "clock_overdue_seconds": _since(work.now, clock),
        "quarantined": aside or 0,
        **_background(work),
    }


def _background(work: Work) -> dict[str, float]:
    """Batches the workers share; there are such on PostgreSQL only."""
    if work.dialect != "postgresql":
        return {"background_waiting": 0, "background_failed": 0}
    counted = work.session.execute(text("select status::text, count(*) from procrastinate_jobs group by status"))
    by_status: dict[str, int] = {status: count for status, count in counted}
    waiting = by_status.get("todo", 0) + by_status.get("doing", 0)
    return {"background_waiting": waiting, "background_failed": by_status.get("failed", 0)}


def _since(now: datetime, moment: datetime | None) -> float:
    return 0.0 if moment is None else max((now - moment).total_seconds(), 0.0)
