"""What waits to be said unasked and was not sent yet gets other words: two news of one moment are one message."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select

from bot import texts
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import Outbox


def unsent(work: Work, natural_keys: Collection[str]) -> Outbox | None:
    """One of these that still waits; None: none was put there, or it has gone out."""
    if not natural_keys:
        return None
    waiting = select(Outbox).where(
        Outbox.natural_key.in_(natural_keys), Outbox.state == "due", Outbox.sent_at.is_(None)
    )
    return work.session.scalar(waiting.order_by(Outbox.id).limit(1))


def reword(work: Work, row: Outbox, key: str, args: Mapping[str, Any]) -> None:
    """Other words for what waits, in the language it would have been said in."""
    before = mailbox.args_of(work, row)
    kept = {texts.LANGUAGE: before[texts.LANGUAGE]} if texts.LANGUAGE in before else {}
    row.key, row.args_sealed = key, work.seal("outbox.args", row.uid, {**args, **kept})
    work.session.flush()
