"""Who works here, in which post, and the doors they came through."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import ID, SEQUENCE, Base, Moment


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


class PageLink(Base):
    """A one-time link to the staff page, sent to the bound chat only (staff.page_link.life)."""

    __tablename__ = "page_links"
    token_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.uid"))
    goes_to: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)


class PageSession(Base):
    """A staff member signed in to the page in one browser (staff.page_login.length)."""

    __tablename__ = "page_sessions"
    token_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.uid"))
    form_key: Mapped[str] = mapped_column(String(64))
    began_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (Index("page_sessions_of", "account", "ended_at"),)


class Duty(Base):
    """Who is on duty for a county from one moment to another, and the deputy."""

    __tablename__ = "duties"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    area: Mapped[str] = mapped_column(String(12))
    account: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    deputy: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    since: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("duties_by_area", "area", "since"),)


class BrokenGlass(Base):
    """An emergency look at what is otherwise closed to a role; lasts some hours and is reviewed afterwards.

    At a report, or at the file of a child.
    """

    __tablename__ = "broken_glass"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.uid"))
    resource: Mapped[str] = mapped_column(String(32))
    report: Mapped[str | None] = mapped_column(ForeignKey("reports.uid"))
    child: Mapped[str | None] = mapped_column(ForeignKey("children.uid"))
    purpose_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment)
    reviewed_at: Mapped[datetime | None] = mapped_column(Moment)
    reviewed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    verdict: Mapped[str | None] = mapped_column(String(12))
    __table_args__ = (Index("broken_glass_open", "reviewed_at", "at"),)
