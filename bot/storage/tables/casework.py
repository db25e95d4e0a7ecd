"""What staff do with a report: hand it on, ask back, note, link, record the police; and the evidence brought."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import ID, Base, Moment


class Transfer(Base):
    """One handing-on of a report; the holder stays responsible until the receiver accepts (reports.yml transfer).

    The receiver is an account, whoever holds `to_role` for `to_area`, or a department without accounts: then only
    `department`, and a task for the county to call. `state`: offered, accepted, refused, void.
    """

    __tablename__ = "transfers"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    report: Mapped[str] = mapped_column(ForeignKey("reports.uid"))
    from_account: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    to_account: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    to_role: Mapped[str | None] = mapped_column(String(24))
    to_area: Mapped[str | None] = mapped_column(String(12))
    department: Mapped[str | None] = mapped_column(String(32))
    reason_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(12), default="offered")
    offered_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    answer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    __table_args__ = (Index("transfers_of", "report", "offered_at"),)


class Question(Base):
    """Something staff asks the reporter back, and the answer. One nudge when an answer waits."""

    __tablename__ = "questions"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    report: Mapped[str] = mapped_column(ForeignKey("reports.uid"))
    asked_by: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    answer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    nudged_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (Index("questions_of", "report", "asked_at"), Index("questions_open", "answered_at", "asked_at"))


class Note(Base):
    """A working note of staff, or a result for the reporter (`kind`: note, result, plan, feedback)."""

    __tablename__ = "notes"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    report: Mapped[str] = mapped_column(ForeignKey("reports.uid"))
    kind: Mapped[str] = mapped_column(String(12))
    author: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("notes_of", "report", "at"),)


class PoliceReport(Base):
    """That the police were told: which station, when, the receipt number, and who recorded it (QZBG-2)."""

    __tablename__ = "police_reports"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    report: Mapped[str] = mapped_column(ForeignKey("reports.uid"))
    station_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    number_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    told_at: Mapped[datetime] = mapped_column(Moment)
    recorded_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("police_reports_of", "report", "recorded_at"),)


class ReportLink(Base):
    """Two reports that may be about the same child ("similar", proposed or confirmed) or event ("duplicate")."""

    __tablename__ = "report_links"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    report: Mapped[str] = mapped_column(ForeignKey("reports.uid"))
    other: Mapped[str] = mapped_column(ForeignKey("reports.uid"))
    kind: Mapped[str] = mapped_column(String(12))
    by: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (UniqueConstraint("report", "other"), Index("report_links_other", "other"))


class ReportChild(Base):
    """A child on file whom a report is about, as a member of staff found; who linked it, and when."""

    __tablename__ = "report_children"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    report: Mapped[str] = mapped_column(ForeignKey("reports.uid"))
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    by: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (UniqueConstraint("report", "child"), Index("report_children_child", "child"))


class Closing(Base):
    """A proposal to close that needs a second person. `state`: open, confirmed, refused, void (reports.yml close)."""

    __tablename__ = "closings"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    report: Mapped[str] = mapped_column(ForeignKey("reports.uid"))
    reason: Mapped[str] = mapped_column(String(16))
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    checked: Mapped[bool] = mapped_column(Boolean)
    proposed_by: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(12), default="open")
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (Index("closings_of", "report", "proposed_at"),)


class Attachment(Base):
    """A photo, voice note or file: the original as it came, and a working copy re-encoded without metadata.

    It belongs to a draft until that becomes a report. `state`: waiting, ready (both copies; of a document only the
    original), refused. While `bytes_original` is None, `original_sealed` holds where the original is to be fetched.
    """

    __tablename__ = "attachments"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.uid"))
    draft: Mapped[str | None] = mapped_column(ForeignKey("drafts.uid"))
    report: Mapped[str | None] = mapped_column(ForeignKey("reports.uid"))
    inbox: Mapped[int | None] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12))
    refusal: Mapped[str | None] = mapped_column(String(24))
    media_type: Mapped[str | None] = mapped_column(String(64))
    bytes_original: Mapped[int | None] = mapped_column(Integer)
    digest_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    original_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    working_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    working_type: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (
        Index("attachments_of_report", "report", "at"),
        Index("attachments_of_draft", "draft"),
        Index("attachments_of_message", "inbox"),
    )


class Takeover(Base):
    """A staff member writes in the same talk; meanwhile the bot steps back (danger and hotlines excepted)."""

    __tablename__ = "takeovers"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    report: Mapped[str] = mapped_column(ForeignKey("reports.uid"))
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.uid"))
    account: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    began_at: Mapped[datetime] = mapped_column(Moment)
    first_words_at: Mapped[datetime | None] = mapped_column(Moment)
    last_words_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (
        Index("takeovers_open", "ended_at", "conversation"),
        Index("takeovers_of_report", "report"),
    )


class CallTask(Base):
    """A department without accounts: the county must call it and record whom it reached and when."""

    __tablename__ = "call_tasks"
    natural_key: Mapped[str] = mapped_column(String(80), primary_key=True)
    report: Mapped[str] = mapped_column(ForeignKey("reports.uid"))
    target: Mapped[str] = mapped_column(String(32))
    opened_at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    done_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    spoke_with_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    __table_args__ = (Index("call_tasks_of", "report", "target"),)
