"""The statements every message needs, built once: composing one costs more than running it."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import NamedTuple, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Executable,
    Select,
    Table,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from bot.services.mail import withholding
from bot.storage.asked import Question
from bot.storage.once import insert_once
from bot.storage.tables import Inbox, Moment, Outbox

_INBOX, _OUTBOX = cast("Table", Inbox.__table__), cast("Table", Outbox.__table__)


@cache
def keep_new(dialect: str) -> Executable:
    """Keep an update, unless its key is known; its id."""
    return insert_once(dialect, _INBOX, "update_key").returning(_INBOX.c.id)


@cache
def keep_and_take(dialect: str) -> Executable:
    """The same, and take it unless an earlier one of its talk is not done; id and number of the claim (0: none)."""
    before = _INBOX.alias()  # all that is kept already is earlier
    earlier = exists().where(before.c.conversation == bindparam("whose"), before.c.state == "kept")
    until = bindparam("until", type_=Moment)
    taken = {
        "claim": case((earlier, 0), else_=1),
        "attempts": case((earlier, 0), else_=1),
        "claimed_until": case((earlier, None), else_=until),
    }
    return insert_once(dialect, _INBOX, "update_key").values(taken).returning(_INBOX.c.id, _INBOX.c.claim)


@cache
def say_new(dialect: str) -> Executable:
    """Put rows into the outbox, except under a natural key that is known."""
    return insert_once(dialect, _OUTBOX, "natural_key")


@cache
def take_one() -> Executable:
    """Take a kept row that is free and whose turn it is."""
    now, earlier = bindparam("now", type_=Moment), _INBOX.alias()
    its_turn = ~exists().where(
        earlier.c.conversation == _INBOX.c.conversation,
        func.coalesce(earlier.c.position, earlier.c.id) < func.coalesce(_INBOX.c.position, _INBOX.c.id),
        earlier.c.state == "kept",
    )
    free = or_(_INBOX.c.claimed_until.is_(None), _INBOX.c.claimed_until <= now)
    return (
        update(_INBOX)
        .where(_INBOX.c.id == bindparam("wanted"), _INBOX.c.state == "kept", free, its_turn)
        .values(
            claim=_INBOX.c.claim + 1,
            attempts=_INBOX.c.attempts + 1,
            claimed_until=bindparam("until", type_=Moment),
        )
        .returning(
            *(_INBOX.c[name] for name in ("claim", "conversation", "channel", "received_at", "uid", "raw_sealed"))
        )
    )


@cache
def note_effect() -> Executable:
    """Note the one effect of a row that has none."""
    free = (_INBOX.c.id == bindparam("wanted"), _INBOX.c.effect.is_(None))
    return update(_INBOX).where(*free).values(effect=bindparam("noted"))


@cache
def finish_one(keep_raw: bool, noting: bool) -> Executable:
    """End a row that one holds, with or without its raw text, and note its effect where `noting`."""
    ours = (_INBOX.c.id == bindparam("wanted"), _INBOX.c.claim == bindparam("number"), _INBOX.c.state == "kept")
    done = (
        update(_INBOX)
        .where(*ours)
        .values(state=bindparam("end"), done_at=bindparam("now", type_=Moment), claimed_until=None)
    )
    noted = done.values(effect=bindparam("noted")) if noting else done
    return noted if keep_raw else noted.values(raw_sealed=None)


@cache
def replies() -> Select[Outbox]:
    """What was said in answer to a row."""
    return select(Outbox).where(Outbox.reply_to == bindparam("wanted")).order_by(Outbox.id)


@cache
def hand_over_replies() -> ReturningUpdate[Outbox]:
    """Record what was said in answer to a row, and was not withdrawn, as handed over."""
    first = func.coalesce(Outbox.sent_at, bindparam("now", type_=Moment))
    given = (Outbox.reply_to == bindparam("wanted"), Outbox.state != "withdrawn")
    handed = update(Outbox).where(*given).values(state="sent", sent_at=first).returning(Outbox)
    return handed.execution_options(synchronize_session=False)


@cache
def hand_over() -> Executable:
    """Record these as handed over."""
    these = (_OUTBOX.c.id.in_(bindparam("these", expanding=True)), _OUTBOX.c.sent_at.is_(None))
    return update(_OUTBOX).where(*these).values(state="sent", sent_at=bindparam("now", type_=Moment))


def said_before(
    conversation: str | BindParameter[str], inbox_id: int | BindParameter[int]
) -> tuple[ColumnElement[bool], ...]:
    """What was said in a conversation, but in answer to this very message."""
    return (
        Outbox.conversation == conversation,
        or_(Outbox.reply_to.is_(None), Outbox.reply_to != inbox_id),
        *(Outbox.state != state for state in withholding.UNSAID),  # a list would be spelled out at every call
        Outbox.edits.is_(None),
    )


class Said(NamedTuple):
    """One thing said, as far as those who read it again need it."""

    id: int
    uid: str
    key: str
    natural_key: str | None
    args_sealed: bytes | None
    reply_to: int | None
    created_at: datetime


OF_SAID = tuple(_OUTBOX.c[name] for name in Said._fields)
LAST_SAID = Question(
    select(*OF_SAID).where(*said_before(bindparam("here"), bindparam("message"))).order_by(Outbox.id.desc()).limit(1),
    (Outbox,),
)
"""The last thing said `here`, but in answer to this very `message`: a row of `Said`."""
LATELY = 20
KEYS_SAID = Question(
    select(Outbox.key, Outbox.created_at)
    .where(*said_before(bindparam("here"), bindparam("message")))
    .order_by(Outbox.id.desc())
    .limit(LATELY),
    (Outbox,),
)
"""The same of the last LATELY things said, the last first: under which key, and when."""
