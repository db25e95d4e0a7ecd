"""What a director says to the record of a visit while it is open: a slip put right, or that it is to be stored."""

from __future__ import annotations

from typing import Any

from bot.reading import visit_record_said
from bot.services.mail import mailbox
from bot.services.visits import asking as visit_asking
from bot.services.work import Work
from bot.storage.tables import Draft

OWN_WORDS = ("words", "own")
"""Questions whose answer is whatever is said."""


def answered(work: Work, draft: Draft, inbox_id: int, kept: dict[str, Any], text: str) -> bool:
    """Answer such words; the open question comes after it. False: they are none of it."""
    key, args = "", {}
    if (words := visit_asking.put_right(kept, str(draft.asked), text, work.today)) is not None:
        key, args = "visit.put_right", {"words": words}
    elif visit_record_said.stores_it(text) and draft.asked not in OWN_WORDS:
        key = "visit.almost"
    if key:
        mailbox.say(work, draft.conversation, key, args, reply_to=inbox_id)
    return bool(key)
