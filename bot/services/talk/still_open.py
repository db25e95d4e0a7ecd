"""An open question after something beside it: only what it is about, with its buttons, and not twice running."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot import texts
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import Draft, Outbox

STILL = "open.still"
IN_SIGHT = timedelta(hours=24)
LATELY = 12
"""So many things said ago the buttons of the question are looked for."""


def still_open(work: Work, draft: Draft, inbox_id: int, field: str, key: str = STILL) -> None:
    """Say shortly what is still open, with the buttons of the question, unless that was said just before. An empty
    `field`: it has no name and is not said again."""
    if not field or key in mailbox.keys_said(work, draft.conversation, inbox_id, work.now - IN_SIGHT, most=1):
        return
    args: dict[str, Any] = {} if key != STILL else {"field": field, "choices": _buttons(work, draft)}
    mailbox.say(work, draft.conversation, key, args, reply_to=inbox_id)


def _buttons(work: Work, draft: Draft) -> list[list[str]]:
    """The buttons of what was asked last here, which still answer it."""
    said = select(Outbox).where(Outbox.conversation == draft.conversation).order_by(Outbox.id.desc()).limit(LATELY)
    for row in work.session.scalars(said):
        choices = texts.render(row.key, mailbox.args_of(work, row)).choices
        if choices and any(one.value.startswith(f"{draft.flow}.") for one in choices):
            return [[one.label, one.value, one.style] for one in choices]
    return []
