"""After a backup was put back: what it still wanted to say had been said meanwhile, and nobody hears it twice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, text, update

from bot.services import journal
from bot.services.mail import sending
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Conversation, Outbox

UNUSED = 1_000_000
"""More numbers than messages were said between a backup and the loss of what it is a backup of."""


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
    _number_on(work)
    journal.record(work, journal.OPERATOR, "backup restored", "outbox", withdrawn=count, lost_at=lost_at.isoformat())
    return count


def _number_on(work: Work) -> None:
    """What is said from now on has a number nobody was given before the loss.

    An open page asks for what comes after the last number it saw: with numbers given a second time it would wait for
    ever. A withdrawn message of a talk with nobody holds the place, because SQLite counts on from its highest row.
    """
    nobody = opaque_id()
    work.session.add(Conversation(uid=nobody, channel="nobody", created_at=work.now))
    work.session.flush()
    number = (work.session.scalar(select(func.max(Outbox.id))) or 0) + UNUSED
    held = {"key": "chat.welcome", "state": "withdrawn", "not_before": work.now, "created_at": work.now}
    work.session.add(Outbox(id=number, uid=opaque_id(), conversation=nobody, **held))
    work.session.flush()
    if work.session.get_bind().dialect.name == "postgresql":
        counted = text("SELECT setval(pg_get_serial_sequence('outbox', 'id'), :number)")
        work.session.execute(counted, {"number": number})
