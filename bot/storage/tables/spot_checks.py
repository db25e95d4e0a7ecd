"""The yearly check of files: which were drawn with which seed, what was found, what is to be corrected by when."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import ID, Base, Moment


class SpotCheck(Base):
    """The check of one county in one year. `seed`: with it and the files anybody can draw the same sample again."""

    __tablename__ = "spot_checks"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    county: Mapped[str] = mapped_column(String(6))
    year: Mapped[int] = mapped_column(Integer)
    seed: Mapped[str] = mapped_column(String(64))
    files: Mapped[int] = mapped_column(Integer)
    drawn_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    drawn_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("spot_check_of", "county", "year", unique=True),)


class SpotCheckFile(Base):
    """One drawn file: open, fine, or correct (something is to be corrected by `due`, then fine)."""

    __tablename__ = "spot_check_files"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    spot_check: Mapped[str] = mapped_column(ForeignKey("spot_checks.uid"))
    child: Mapped[str] = mapped_column(ForeignKey("children.uid"))
    why: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(8), default="open")
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    due: Mapped[date | None] = mapped_column(Date)
    by: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (Index("spot_check_files_of", "spot_check", "state"), Index("spot_check_files_by_child", "child"))
