"""What was said unasked reads otherwise from now: the message itself is changed, and nobody's phone rings for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select

from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import Outbox

_EDITS = (
    select(Outbox)
    .where(
        Outbox.natural_key >= bindparam("start"),
        Outbox.natural_key < bindparam("beyond"),
        Outbox.edits == bindparam("said"),
    )
    .order_by(Outbox.natural_key.desc())
    .limit(1)
)
"""The edits of one thing said, the last first."""


def edit(work: Work, said: Outbox, key: str, args: Mapping[str, Any]) -> None:
    """Let something that was said read so. Nothing happens when it does already; an edit not carried out yet is
    replaced."""
    last = _last(work, said)
    if last is not None and (last.key, mailbox.args_of(work, last)) == (key, dict(args)):
        return
    if last is None or last.sent_at is not None or last.claimed_until is not None:
        number = 1 if last is None else int(str(last.natural_key).rpartition(":")[2]) + 1
        last = Outbox(
            uid=opaque_id(),
            conversation=said.conversation,
            natural_key=f"{said.natural_key}:edit:{number:04}",
            priority=mailbox.LATER,
            not_before=work.now,
            created_at=work.now,
            edits=said.id,
        )
        work.session.add(last)
    last.key, last.args_sealed = key, work.seal("outbox.args", last.uid, dict(args))
    work.session.flush()


def _last(work: Work, said: Outbox) -> Outbox | None:
    start = f"{said.natural_key}:edit:"
    return work.session.scalar(_EDITS, {"start": start, "beyond": f"{start}~", "said": said.id})


def waits(work: Work, row: Outbox) -> bool:
    """Whether what a row edits is on its way still: then it is edited when it has arrived."""
    return work.session.get_one(Outbox, row.edits).state == "due"


def number_of(work: Work, row: Outbox) -> str | None:
    """The channel's number of what a row edits; None: it was never told."""
    return work.session.get_one(Outbox, row.edits).taken_as
