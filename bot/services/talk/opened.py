"""What is open in a conversation, as our drafts know it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services import drafts
from bot.services.work import Work
from bot.storage.tables import Conversation


@dataclass(frozen=True)
class Open:
    """What is open in a conversation: the flow and the field that was asked; both None when nothing is."""

    flow: str | None
    asked: str | None


def whats_open(work: Work, conversation: str) -> Open:
    """The open flow as our drafts know it; Rasa's memory is rebuilt from this."""
    row = work.session.get(Conversation, conversation)
    draft = drafts.current(work, conversation, row.flow) if row is not None and row.flow else None
    return Open(draft.flow, draft.asked) if draft is not None else Open(None, None)
