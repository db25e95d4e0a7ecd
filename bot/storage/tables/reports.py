"""A report: its history, who works on it, and who is told when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import ID, SEQUENCE, Base, Moment


class Report(Base):
    """One report. `severity`, `state` and `area` are plain for routing; what was told is sealed.

    `kept_until`: when an ended report's time of keeping is over; `erased_at`: since then what was told and done is
    gone, the row and its journal stay. `sent_at`: when the words that made it a report came, `received_at` when it was
    one.
    """

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
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    received_at: Mapped[datetime] = mapped_column(Moment)
    clock_from: Mapped[datetime] = mapped_column(Moment)
    moved_at: Mapped[datetime] = mapped_column(Moment)
    acknowledged_at: Mapped[datetime | None] = mapped_column(Moment)
    acknowledged_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    holder: Mapped[str | None] = mapped_column(ID)
    severity_by: Mapped[str | None] = mapped_column(String(26))
    first_action_at: Mapped[datetime | None] = mapped_column(Moment)
    watched_since: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    close_reason: Mapped[str | None] = mapped_column(String(16))
    feedback_due: Mapped[datetime | None] = mapped_column(Moment)
    kept_until: Mapped[datetime | None] = mapped_column(Moment)
    erased_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (
        Index("reports_by_area", "area", "state"),
        Index("reports_feedback", "feedback_due"),
        Index("reports_kept", "state", "kept_until"),
        Index("reports_of_conversation", "conversation", "received_at"),
    )


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
    """Who may read and act on a report because it was routed, alerted or escalated to them (roles.yml: assigned).

    `area`: the division of the post it came with; who is moved to another post leaves the assignment behind.
    """

    __tablename__ = "assignments"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    report: Mapped[str] = mapped_column(ForeignKey("reports.uid"))
    account: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    role: Mapped[str] = mapped_column(String(24))
    area: Mapped[str | None] = mapped_column(String(12))
    since: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (UniqueConstraint("report", "account"), Index("assignments_of_account", "account"))


class AlertStep(Base):
    """One planned moment of telling a role about a report unless somebody acknowledges before (natural key).

    `reason`: the deadline that is then over, or the mode (`care.alerting.Step`); `told`: how many were told at
    `done_at`.
    """

    __tablename__ = "alert_steps"
    natural_key: Mapped[str] = mapped_column(String(120), primary_key=True)
    report: Mapped[str] = mapped_column(ForeignKey("reports.uid"))
    role: Mapped[str] = mapped_column(String(24))
    kind: Mapped[str] = mapped_column(String(12))
    due_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(12), default="due")
    reason: Mapped[str | None] = mapped_column(String(40))
    told: Mapped[int | None] = mapped_column(Integer)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (Index("alert_steps_due", "state", "due_at"), Index("alert_steps_of", "report"))


class LegalHold(Base):
    """A report that must be kept whatever its time of keeping says: a court, a prosecutor or an audit wants it."""

    __tablename__ = "legal_holds"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    report: Mapped[str] = mapped_column(ForeignKey("reports.uid"))
    reason_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    since: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (Index("legal_holds_of", "report", "until"),)
