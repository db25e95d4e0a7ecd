"""Work that waits for an office: what a family handed over, what staff must look at, with a day by which it is due."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import ID, Base, Moment


class CareTask(Base):
    """A task of the office that answers for a place.

    `kind`: what is to be done, e.g. "eligibility" (a family asks for its case to be looked at) or "eligibility_review"
    (it disagrees with a first indication). `area`: code of the place; `child` once it is on file; `conversation`: who
    asked, None when nobody did. `payload_sealed`: JSON with everything personal. `state`: open, taken,
    done or withdrawn. `outcome`: what became of it, with a sealed note of whoever finished it.
    `natural_key`: the same happening makes one task only.
    """

    __tablename__ = "care_tasks"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    area: Mapped[str] = mapped_column(String(12))
    child: Mapped[str | None] = mapped_column(ForeignKey("children.uid"))
    conversation: Mapped[str | None] = mapped_column(ForeignKey("conversations.uid"))
    payload_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(12), default="open")
    created_at: Mapped[datetime] = mapped_column(Moment)
    due_on: Mapped[date | None] = mapped_column(Date)
    taken_at: Mapped[datetime | None] = mapped_column(Moment)
    taken_by: Mapped[str | None] = mapped_column(ID)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    done_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.uid"))
    outcome: Mapped[str | None] = mapped_column(String(24))
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    natural_key: Mapped[str | None] = mapped_column(String(80), unique=True)
    __table_args__ = (
        Index("care_tasks_open", "state", "area", "due_on"),
        Index("care_tasks_of_child", "child", "kind"),
        Index("care_tasks_of_conversation", "conversation"),
    )
