"""After a backup was put back: what it still wanted to say had been said meanwhile, and nobody hears it twice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from bot.services import journal
from bot.services.mail import sending
from bot.services.work import Work
from bot.storage.tables import Conversation, Outbox


def nothing_twice(work: Work, lost_at: datetime) -> int:
    """Withdraw what was due on Telegram before the database was lost; returns how many.

    Between backup and loss it was sent, or could have been: the backup cannot know. Alerts that nobody has acknowledged
    are repeated by their ladder, so no emergency falls silent. What falls due later, and the page, stay as they are.
    """
    on_telegram = select(Conversation.uid).where(Conversation.channel == "telegram")
    done = work.session.execute(
        update(Outbox)
        .where(Outbox.state.in_(sending.WAITING), Outbox.not_before <= lost_at, Outbox.conversation.in_(on_telegram))
        .values(state="withdrawn")
    )
    count: int = done.rowcount  # type: ignore[attr-defined]  # the result of an UPDATE has it
    journal.record(work, journal.OPERATOR, "backup restored", "outbox", withdrawn=count, lost_at=lost_at.isoformat())
    return count
