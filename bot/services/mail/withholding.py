"""What is not to be said, though somebody must take it for said: it waits, it passes, and it reaches nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from bot.services.work import Work
from bot.storage.tables import Outbox

WITHHELD, PASSED = "withheld", "passed"
"""Until the moment at which it would be said, and from then on."""
UNSAID = ("withdrawn", WITHHELD, PASSED)
"""States of what nobody hears."""


def withhold(work: Work, conversation: str, start: str, behind: Mapping[str, Any]) -> list[str | None]:
    """What was still to be said unasked in a conversation, its key beginning with `start`, is never said, and `behind`
    is kept in its place. Returns the keys."""
    waiting = select(Outbox).where(
        Outbox.conversation == conversation,
        Outbox.state == "due",
        Outbox.natural_key.startswith(start, autoescape=True),
    )
    rows = work.session.scalars(waiting).all()
    for row in rows:
        row.state, row.args_sealed = WITHHELD, work.seal("outbox.args", row.uid, dict(behind))
    work.session.flush()
    return [row.natural_key for row in rows]


def passes(work: Work, row: Outbox) -> None:
    """The moment of what is withheld has come: whoever must take it for said may."""
    row.state, row.sent_at = PASSED, work.now
