"""All tables. Personal text and identifiers stand only in columns of type LargeBinary named `*_sealed`.

Every sealed column is bound to its row by the row's `uid` (see `crypto.Vault`). Moments are UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

ID = String(26)
SEQUENCE = BigInteger().with_variant(Integer, "sqlite")


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on every database. A naive datetime is refused: nobody may guess its zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware → naive UTC for the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Naive UTC from the database → aware."""
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Common base of all tables."""


class Conversation(Base):
    """One talk with one chat. The id is random; `address_*` lead back to a Telegram chat while that is allowed."""

    __tablename__ = "conversations"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    address_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    token_key: Mapped[str | None] = mapped_column(String(64))
    flow: Mapped[str | None] = mapped_column(String(24))
    episode: Mapped[int] = mapped_column(Integer, default=1)
    unclear_turns: Mapped[int] = mapped_column(Integer, default=0)
    unreachable_at: Mapped[datetime | None] = mapped_column(Moment)
    address_until: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    heard_at: Mapped[datetime] = mapped_column(Moment)


class Inbox(Base):
    """Everything that arrived, kept before it is acknowledged. `raw_sealed` is erased once processed."""

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
    __table_args__ = (Index("inbox_open", "state", "id"), Index("inbox_by_conversation", "conversation", "id"))


class Outbox(Base):
    """Everything we say: a text key and encrypted arguments; words are rendered when they are sent."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(SEQUENCE, primary_key=True, autoincrement=True)
    uid: Mapped[str] = mapped_column(ID, unique=True)
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.uid"))
    reply_to: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"))
    natural_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    key: Mapped[str] = mapped_column(String(80))
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
    __table_args__ = (
        Index("outbox_due", "state", "priority", "not_before"),
        Index("outbox_by_conversation", "conversation", "id"),
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


class Report(Base):
    """One report. `severity`, `state` and `area` are plain for routing; what was told is sealed."""

    __tablename__ = "reports"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    number: Mapped[str] = mapped_column(String(12), unique=True)
    conversation: Mapped[str | None] = mapped_column(ForeignKey("conversations.uid"))
    follow_up: Mapped[bool] = mapped_column(Boolean, default=False)
    state: Mapped[str] = mapped_column(String(24))
    severity: Mapped[str] = mapped_column(String(2))
    area: Mapped[str | None] = mapped_column(String(12))
    conflicted: Mapped[str] = mapped_column(String(200), default="")
    told_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    code_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    pin_salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    pin_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    received_at: Mapped[datetime] = mapped_column(Moment)
    clock_from: Mapped[datetime] = mapped_column(Moment)
    moved_at: Mapped[datetime] = mapped_column(Moment)
    acknowledged_at: Mapped[datetime | None] = mapped_column(Moment)
    acknowledged_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    __table_args__ = (Index("reports_by_area", "area", "state"),)


class ReportMove(Base):
    """The history of a report: every move that was made, by whom and when."""

    __tablename__ = "report_moves"
    id: Mapped[int] = mapped_column(SEQUENCE, primary_key=True, autoincrement=True)
    uid: Mapped[str] = mapped_column(ID, unique=True)
    report: Mapped[str] = mapped_column(ForeignKey("reports.uid"))
    made: Mapped[str] = mapped_column(String(24))
    from_state: Mapped[str] = mapped_column(String(24))
    to_state: Mapped[str] = mapped_column(String(24))
    actor: Mapped[str] = mapped_column(String(26))
    actor_role: Mapped[str] = mapped_column(String(24))
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("report_moves_of", "report", "id"),)


class Assignment(Base):
    """Who may read and act on a report because it was routed, alerted or escalated to them (roles.yml: assigned)."""

    __tablename__ = "assignments"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    report: Mapped[str] = mapped_column(ForeignKey("reports.uid"))
    account: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    role: Mapped[str] = mapped_column(String(24))
    since: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (UniqueConstraint("report", "account"), Index("assignments_of_account", "account"))


class AlertStep(Base):
    """One planned moment of telling a role about a report unless somebody acknowledges before (natural key)."""

    __tablename__ = "alert_steps"
    natural_key: Mapped[str] = mapped_column(String(120), primary_key=True)
    report: Mapped[str] = mapped_column(ForeignKey("reports.uid"))
    role: Mapped[str] = mapped_column(String(24))
    kind: Mapped[str] = mapped_column(String(12))
    due_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(12), default="due")
    __table_args__ = (Index("alert_steps_due", "state", "due_at"), Index("alert_steps_of", "report"))


class Account(Base):
    """A staff member: bound to one conversation by a one-time invite code."""

    __tablename__ = "accounts"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(12), default="invited")
    conversation: Mapped[str | None] = mapped_column(ForeignKey("conversations.uid"), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    bound_at: Mapped[datetime | None] = mapped_column(Moment)
    suspended_at: Mapped[datetime | None] = mapped_column(Moment)


class Post(Base):
    """A role in an area with validity; a scope covers every division code that begins with it (roles.yml)."""

    __tablename__ = "posts"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    role: Mapped[str] = mapped_column(String(24))
    area: Mapped[str] = mapped_column(String(12))
    department: Mapped[str | None] = mapped_column(String(32))
    since: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (Index("posts_by_area", "role", "area"), Index("posts_of_account", "account"))


class Invite(Base):
    """A one-time invite code, kept only as a keyed hash."""

    __tablename__ = "invites"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    code_key: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)


class Attempt(Base):
    """A wrong guess of a code, counted per conversation, per code and globally."""

    __tablename__ = "attempts"
    id: Mapped[int] = mapped_column(SEQUENCE, primary_key=True, autoincrement=True)
    door: Mapped[str] = mapped_column(String(12))
    who: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("attempts_recent", "door", "who", "at"),)


class JournalEntry(Base):
    """Append-only record of acts, each row holding the hash of the one before. Ids and codes only, no content."""

    __tablename__ = "journal"
    seq: Mapped[int] = mapped_column(SEQUENCE, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(40))
    act: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(60))
    detail: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class Lease(Base):
    """Who holds a duty that only one process may do at a time, and until when."""

    __tablename__ = "leases"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(40))
    until: Mapped[datetime] = mapped_column(Moment)


class Mark(Base):
    """Small facts about the database itself, such as the sealed word that proves the key file is the right one."""

    __tablename__ = "marks"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[bytes] = mapped_column(LargeBinary)
