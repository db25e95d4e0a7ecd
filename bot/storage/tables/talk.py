"""What was heard and said, and what is being asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import ID, SEQUENCE, Base, Moment, by_bytes

_RAW, _SEALED = text("raw_sealed IS NOT NULL"), text("args_sealed IS NOT NULL")


class Conversation(Base):
    """One talk with one chat. The id is random; `address_*` lead back to a Telegram chat while that is allowed.

    `language`: "en" while English is written there, "ch" while a child is spoken to (`texts.TO_A_CHILD`).
    """

    __tablename__ = "conversations"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    address_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    token_key: Mapped[str | None] = mapped_column(String(64))
    flow: Mapped[str | None] = mapped_column(String(24))
    episode: Mapped[int] = mapped_column(Integer, default=1)
    unclear_turns: Mapped[int] = mapped_column(Integer, default=0)
    language: Mapped[str | None] = mapped_column(String(2))
    unreachable_at: Mapped[datetime | None] = mapped_column(Moment)
    address_until: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("conversations_until", "address_until"),)


class Inbox(Base):
    """Everything that arrived, kept before it is acknowledged. `raw_sealed` is erased once processed.

    `position`: the place among its channel's updates, where they can arrive in another order than they were written.
    """

    __tablename__ = "inbox"
    id: Mapped[int] = mapped_column(SEQUENCE, primary_key=True, autoincrement=True)
    uid: Mapped[str] = mapped_column(ID, unique=True)
    update_key: Mapped[str] = mapped_column(String(100), unique=True)
    channel: Mapped[str] = mapped_column(String(16))
    conversation: Mapped[str | None] = mapped_column(ForeignKey("conversations.uid"))
    raw_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    received_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(12), default="kept")
    effect: Mapped[str | None] = mapped_column(String(24))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    claim: Mapped[int] = mapped_column(Integer, default=0)
    claimed_until: Mapped[datetime | None] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    position: Mapped[int | None] = mapped_column(BigInteger)
    __table_args__ = (
        Index("inbox_open", "state", "id"),
        Index("inbox_by_conversation", "conversation", "id"),
        Index("inbox_raw", "received_at", sqlite_where=_RAW, postgresql_where=_RAW),
    )


class Outbox(Base):
    """Everything we say: a text key and encrypted arguments; words are rendered when they are sent.

    `taken_as`: the channel's own number of what it took. `edits`: the id of what was said before and reads so from now.
    """

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(SEQUENCE, primary_key=True, autoincrement=True)
    uid: Mapped[str] = mapped_column(ID, unique=True)
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.uid"))
    reply_to: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"))
    natural_key: Mapped[str | None] = mapped_column(by_bytes(120), unique=True)
    key: Mapped[str] = mapped_column(by_bytes(80))
    args_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    push: Mapped[bool] = mapped_column(Boolean, default=False)
    priority: Mapped[int] = mapped_column(Integer, default=1)
    not_before: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(12), default="due")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    claim: Mapped[int] = mapped_column(Integer, default=0)
    claimed_until: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    taken_as: Mapped[str | None] = mapped_column(String(20))
    edits: Mapped[int | None] = mapped_column(SEQUENCE)
    __table_args__ = (
        Index("outbox_due", "state", "priority", "not_before"),
        Index("outbox_by_conversation", "conversation", "id"),
        Index("outbox_by_reply", "reply_to"),
        Index("outbox_unerased", "key", "created_at", sqlite_where=_SEALED, postgresql_where=_SEALED),
    )


class Draft(Base):
    """The answers given so far in one flow of one conversation; the truth that Rasa's memory only caches."""

    __tablename__ = "drafts"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.uid"))
    flow: Mapped[str] = mapped_column(String(24))
    asked: Mapped[str | None] = mapped_column(String(24))
    fields_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(12), default="open")
    report: Mapped[str | None] = mapped_column(ForeignKey("reports.uid"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    next_due: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (
        Index("drafts_open", "conversation", "flow", "state"),
        Index("drafts_due", "state", "next_due"),
    )
