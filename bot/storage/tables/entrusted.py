"""委托照护: who looks after a child while the parents are away, every step, papers given, duties accepted."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import ID, Base, Moment


class CareArrangement(Base):
    """One arrangement of care for a child.

    `area`: code of the village where the child lives; `child` once it is on file; `conversation`: the parent who asked.
    `state`: a state of the policy's machine; `replaces`: the arrangement in force that this one is to follow.
    `candidate`: the how-manieth person named; papers and acknowledgements belong to one of them. `carer_person`: that
    person once invited, `carer_conversation` where the invitation was used. `data_sealed`: JSON with the parties and
    everything told; `due_on`: the day by which the next step is due; `of_age_on`: from when on the child is 18;
    `ask_again_on`: by when a child whose objection was overridden is asked again, until it was.
    """

    __tablename__ = "care_arrangements"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    child: Mapped[str | None] = mapped_column(ForeignKey("children.uid"))
    conversation: Mapped[str | None] = mapped_column(ForeignKey("conversations.uid"))
    area: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(24))
    replaces: Mapped[str | None] = mapped_column(ForeignKey("care_arrangements.uid"))
    candidate: Mapped[int] = mapped_column(Integer, default=1)
    carer_person: Mapped[str | None] = mapped_column(ForeignKey("people.uid"))
    carer_conversation: Mapped[str | None] = mapped_column(ForeignKey("conversations.uid"))
    data_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    due_on: Mapped[date | None] = mapped_column(Date)
    of_age_on: Mapped[date | None] = mapped_column(Date)
    ask_again_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("care_arrangements_by_area", "area", "state"),
        Index("care_arrangements_due", "due_on"),
        Index("care_arrangements_of_child", "child"),
        Index("care_arrangements_replacing", "replaces"),
        Index("care_arrangements_of_conversation", "conversation"),
        Index("care_arrangements_of_carer", "carer_person"),
        Index("care_arrangements_carer_talks", "carer_conversation"),
        Index("care_arrangements_of_age", "of_age_on"),
        Index("care_arrangements_ask_again", "ask_again_on"),
    )


class ArrangementMove(Base):
    """One move of an arrangement; never changed afterwards. `actor`: an account, a conversation or "system"."""

    __tablename__ = "arrangement_moves"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    arrangement: Mapped[str] = mapped_column(ForeignKey("care_arrangements.uid"))
    number: Mapped[int] = mapped_column(Integer)
    event: Mapped[str] = mapped_column(String(32))
    from_state: Mapped[str] = mapped_column(String(24))
    to_state: Mapped[str] = mapped_column(String(24))
    role: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(String(32))
    told_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (
        Index("arrangement_moves_of", "arrangement", "number", unique=True),
        Index("arrangement_moves_by", "actor", "at"),
    )


class CareNotice(Base):
    """The written notice (WBF-23) of one candidate's care: to `school` or `committee`, when, and what proves it."""

    __tablename__ = "care_notices"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    arrangement: Mapped[str] = mapped_column(ForeignKey("care_arrangements.uid"))
    candidate: Mapped[int] = mapped_column(Integer)
    recipient: Mapped[str] = mapped_column(String(12))
    delivered_on: Mapped[date] = mapped_column(Date)
    proof_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    recorded_by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("care_notices_of", "arrangement", "candidate", "recipient", unique=True),)


class CareAcknowledgement(Base):
    """The carer was told the duties and accepted them (JL-3.5.c).

    `recorded_by`: the account that explained them, or the carer's own conversation.
    """

    __tablename__ = "care_acknowledgements"
    uid: Mapped[str] = mapped_column(ID, primary_key=True)
    arrangement: Mapped[str] = mapped_column(ForeignKey("care_arrangements.uid"))
    candidate: Mapped[int] = mapped_column(Integer)
    recorded_by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("care_acknowledgements_of", "arrangement", "candidate", unique=True),)
